import { createContext } from 'preact'
import { useContext } from 'preact/hooks'
import type { PageContext } from './page-context.ts'

export interface RenderedPage extends PageContext {
  /** Scripts that components asked for while they were rendered. */
  readonly wanted: Set<string>
}

export const PageScope = createContext<RenderedPage | undefined>(undefined)

/** The page that is being rendered. Throws outside of renderDocument() and renderFragment(). */
export function usePage(): PageContext {
  const page = useContext(PageScope)
  if (!page) throw new Error('A component that needs the page was rendered without one. Use renderDocument() or renderFragment().')
  return page
}

/** Asks for an island's script on this page. The page must work without it. */
export function useIsland(name: string): void {
  useContext(PageScope)?.wanted.add(name)
}

/** A text in the reader's language. */
export function useLocal(): (text: { readonly vi: string; readonly en: string }) => string {
  const { lang } = usePage()
  return (text) => text[lang]
}
