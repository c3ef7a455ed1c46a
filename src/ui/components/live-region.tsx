import type { ComponentChildren, VNode } from 'preact'
import { useIsland, usePage } from '../use-page.ts'

/**
 * Figures that move while the page is open. Elements inside with data-live="key" take the text that the stream sends for the key
 * ({"key": "1.234"} as a message); an event "refresh" fetches the page again and exchanges the elements that have an id and data-live-part.
 * Without a script the page shows the figures as of its loading, and a link to load it again.
 */
export function LiveRegion({ source, at, children }: { source: string; at: string; children: ComponentChildren }): VNode {
  const { t, path } = usePage()
  useIsland('live')
  return (
    <div data-live-source={source}>
      <p class="mc-live"><span data-live-on={t('ui.live.on')} data-live-lost={t('ui.live.lost')}>{t('ui.live.at', { at })} <a class="govuk-link" href={path}>{t('ui.live.reload')}</a></span></p>
      {children}
    </div>
  )
}
