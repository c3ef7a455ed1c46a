import type { ComponentChildren, VNode } from 'preact'
import { formatTime } from '../../platform/i18n.ts'
import { NotificationBanner } from '../components/messages.tsx'
import { LanguageSwitch, SkipLink } from '../components/navigation.tsx'
import { Emblem } from '../emblem.tsx'
import { useIsland, useLocal, usePage } from '../use-page.ts'
import { AccountMenu } from './account-menu.tsx'
import { HelpPhone } from './help-phone.tsx'
import type { NavItem } from '../page-context.ts'
import { allowedItems, currentItem, groupItems } from './nav-items.ts'

/** Pages for officers: one narrow bar, navigation at the left, all the rest for the work. */
export function DeskLayout({ children }: { children: ComponentChildren }): VNode {
  useIsland('desk-keys')
  return (
    <>
      <SkipLink />
      <DeskBar />
      <div class="mc-desk__body">
        <DeskNav />
        <main class="mc-desk__main" id="main" tabIndex={-1}><Alarm />{children}<SessionEnd /></main>
      </div>
    </>
  )
}

function Alarm(): VNode | null {
  const { alarm } = usePage()
  return alarm === undefined ? null : <NotificationBanner id="alarm" heading={alarm} />
}

/** Said before it happens, to who runs no scripts as well. */
function SessionEnd(): VNode | null {
  const { t, actor } = usePage()
  return actor.kind === 'officer' && actor.idleUntil ? <p class="govuk-hint">{t('ui.desk.endsAt', { at: formatTime(actor.idleUntil) })}</p> : null
}

function DeskBar(): VNode {
  const { brand, links = {}, unitName, demo, t } = usePage()
  const local = useLocal()
  return (
    <header class="mc-desk__bar">
      <a class="mc-desk__home" href={links.desk ?? links.home ?? '/'}><Emblem brand={brand} size={28} /><span>{local(brand.shortName ?? brand.name)}</span></a>
      {demo && <span class="mc-desk__demo">{t('ui.demo.short')}</span>}
      <div class="mc-desk__tools">{unitName && <span class="mc-desk__unit">{unitName}</span>}<AccountMenu /><LanguageSwitch /></div>
    </header>
  )
}

/** More items than this are folded under their headings. */
const shownAtOnce = 8

/**
 * A short list as it is; a long one by headings, of which the one where the reader is stands open. Where it does not fit beside the work, a line with the
 * place and a button that brings the list: a popover, which browsers open, close and move the focus into without scripts. A browser that knows none shows the list.
 */
function DeskNav(): VNode {
  const { t, nav, path, actor } = usePage()
  const items = allowedItems(nav, actor)
  const current = currentItem(items, path)
  return (
    <div class="mc-desk__side">
      <nav aria-label={t('ui.nav')}>
        <p class="mc-desk__here">
          <button type="button" class="mc-desk__open" popovertarget="menu">{t('ui.desk.menu')}</button>
          {current && <span>{t(current.key)}</span>}
        </p>
        <div class="mc-desk__menu" id="menu" popover="auto">
          {items.length <= shownAtOnce ? <DeskItems items={items} current={current} /> : groupItems(items).map(({ group, items: own }) => (
            <details class="mc-desk__group" open={current !== undefined && own.includes(current)}>
              <summary class="mc-desk__heading">{t(`ui.desk.group.${group}`)}</summary>
              <DeskItems items={own} current={current} />
            </details>
          ))}
        </div>
      </nav>
      <footer class="mc-desk__help">{t('ui.help.title')}<br /><HelpPhone /></footer>
    </div>
  )
}

function DeskItems({ items, current }: { items: readonly NavItem[]; current: NavItem | undefined }): VNode {
  const { t, path } = usePage()
  return (
    <ul class="mc-desk__nav">
      {items.map((item) => (
        <li><a class="mc-desk__link" href={item.href} aria-current={item === current ? (item.href === path ? 'page' : 'true') : undefined}>
          {t(item.key)}{item.count !== undefined && <span class="mc-desk__count">{item.count}</span>}
        </a></li>
      ))}
    </ul>
  )
}
