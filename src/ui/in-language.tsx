import type { ComponentChildren, VNode } from 'preact'
import { useContext } from 'preact/hooks'
import type { Translate } from '../platform/i18n.ts'
import { PageScope } from './use-page.ts'

/** Part of a page in another language than the reader's: what somebody else will see. */
export function InLanguage({ t, children }: { t: Translate; children: ComponentChildren }): VNode {
  const page = useContext(PageScope)
  if (!page) throw new Error('InLanguage was rendered without a page. Use renderDocument() or renderFragment().')
  return <PageScope.Provider value={{ ...page, t, lang: t.lang }}><div lang={t.lang}>{children}</div></PageScope.Provider>
}
