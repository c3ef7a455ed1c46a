import type { VNode } from 'preact'
import { useLocal, usePage } from '../use-page.ts'
import { HelpPhone } from './help-phone.tsx'

/** Help first, then the kinds of public information, the other nodes and the small print. */
export function PortalFooter(): VNode {
  const { t, brand, information = [], links = {}, nodes = [] } = usePage()
  const local = useLocal()
  const small = ([['help', links.help], ['accessibility', links.accessibility], ['privacy', links.privacy]] as const).filter(([, href]) => href)
  return (
    <footer class="mc-footer">
      <div class="govuk-width-container mc-footer__bar">
        <div class="mc-footer__columns">
          <section class="mc-footer__help">
            <h2 class="govuk-heading-s">{t('ui.help.title')}</h2>
            <p class="mc-footer__phone"><HelpPhone /></p>
            <p>{t('ui.help.hours')}</p>
          </section>
          {information.length > 0 && (
            <nav class="mc-footer__information" aria-labelledby="footer-information">
              <h2 class="govuk-heading-s" id="footer-information">{t('ui.information')}</h2>
              <ul>{information.map((item) => <li><a href={item.href}>{t(item.key)}</a></li>)}</ul>
            </nav>
          )}
          {nodes.length > 0 && (
            <nav class="mc-footer__nodes" aria-labelledby="footer-nodes">
              <h2 class="govuk-heading-s" id="footer-nodes">{t('ui.nodes')}</h2>
              <ul>{nodes.map((node) => <li>{node.current ? <span aria-current="true">{local(node.name)}</span> : <a href={node.href}>{local(node.name)}</a>}</li>)}</ul>
            </nav>
          )}
        </div>
        <div class="mc-footer__small">
          <p>{local(brand.name)}</p>
          {small.length > 0 && <ul>{small.map(([key, href]) => <li><a href={href}>{t(`ui.footer.${key}`)}</a></li>)}</ul>}
        </div>
      </div>
    </footer>
  )
}
