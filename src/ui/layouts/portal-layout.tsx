import type { ComponentChildren, VNode } from 'preact'
import { LanguageSwitch, SkipLink } from '../components/navigation.tsx'
import { SearchBox } from '../components/search-box.tsx'
import { Emblem } from '../emblem.tsx'
import { useLocal, usePage } from '../use-page.ts'
import { ActingBar } from './acting-bar.tsx'
import { AccountMenu } from './account-menu.tsx'
import { allowedItems, currentItem } from './nav-items.ts'
import { PortalFooter } from './portal-footer.tsx'

/** Pages for people: head with the node's face, navigation, the page, help. */
export function PortalLayout({ children }: { children: ComponentChildren }): VNode {
  return (
    <>
      <SkipLink />
      <PortalHeader />
      <PortalNav />
      <ActingBar />
      <div class="govuk-width-container">
        <main class="govuk-main-wrapper" id="main" tabIndex={-1}>{children}</main>
      </div>
      <PortalFooter />
    </>
  )
}

function PortalHeader(): VNode {
  const { t, brand, links = {}, demo } = usePage()
  const local = useLocal()
  return (
    <header class="mc-header">
      {demo && <p class="mc-demo">{t('ui.demo')}</p>}
      <div class="mc-header__bar govuk-width-container">
        <a class="mc-header__home" href={links.home ?? '/'}><Emblem brand={brand} /><span class="mc-header__name">{local(brand.name)}</span></a>
        <div class="mc-header__tools"><LanguageSwitch /><AccountMenu /></div>
      </div>
    </header>
  )
}

function PortalNav(): VNode {
  const { t, nav, path, actor, links = {}, query } = usePage()
  const items = allowedItems(nav, actor)
  const current = currentItem(items, path)
  const showSearch = links.search && path !== (links.home ?? '/') && path !== links.search
  return (
    <div class="mc-nav">
      <div class="mc-nav__bar govuk-width-container">
        <nav aria-label={t('ui.nav')}>
          <ul class="mc-nav__list">
            {items.map((item) => <li class="mc-nav__item"><a class="mc-nav__link" href={item.href} aria-current={item === current ? (item.href === path ? 'page' : 'true') : undefined}>{t(item.key)}{item.count ? ` (${item.count})` : ''}</a></li>)}
          </ul>
        </nav>
        {showSearch && <SearchBox action={links.search!} compact id="head-search" value={query.q ?? ''} placeholder={t('ui.search.placeholder')} />}
      </div>
    </div>
  )
}
