import type { ComponentChildren, VNode } from 'preact'
import { LanguageSwitch, SkipLink } from '../components/navigation.tsx'
import { Emblem } from '../emblem.tsx'
import { useLocal, usePage } from '../use-page.ts'
import { HelpPhone } from './help-phone.tsx'

/** One task and nothing beside it: log-in, consent. */
export function BareLayout({ children }: { children: ComponentChildren }): VNode {
  const { t, brand, links = {} } = usePage()
  const local = useLocal()
  return (
    <>
      <SkipLink />
      <header class="mc-bare__head">
        <a class="mc-bare__home" href={links.home ?? '/'}><Emblem brand={brand} size={56} /><span>{local(brand.name)}</span></a>
        <LanguageSwitch />
      </header>
      <main class="mc-bare__main" id="main" tabIndex={-1}>{children}</main>
      <footer class="mc-bare__foot"><p>{t('ui.help.title')} <HelpPhone /></p></footer>
    </>
  )
}
