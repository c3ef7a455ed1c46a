import type { VNode } from 'preact'
import { InsetText, LinkButton, usePage } from '../../../ui/index.ts'
import type { LogInWay, OpenWay } from './log-in-ways.ts'
import { wayHref, type Purpose } from './way-addresses.ts'

export interface WaysProps { open: readonly OpenWay[]; purpose: Purpose; returnTo: string }

/** The other ways that are open today, as plain links. */
export function OtherWays({ open, purpose, returnTo, except }: WaysProps & { except: LogInWay }): VNode | null {
  const { t } = usePage()
  const links = hrefs(open.filter(({ way }) => way !== except), purpose, returnTo)
  if (links.length === 0) return null
  return (
    <>
      <h2 class="govuk-heading-m">{t(`identity.ways.other.${purpose}`)}</h2>
      <WayList links={links} purpose={purpose} />
    </>
  )
}

/** Where the form of the telephone is closed: one button and its rule where one way is left, else a list. */
export function OpenWays({ open, purpose, returnTo }: WaysProps): VNode {
  const { t } = usePage()
  const main = open.filter(({ way }) => way !== 'passkey')
  const [only] = main
  if (main.length === 1 && only!.way === 'identity-provider') {
    const rest = hrefs(open.filter(({ way }) => way === 'passkey'), purpose, returnTo)
    return (
      <>
        <InsetText>{t('identity.ways.only_identity', { basis: only!.basis })}</InsetText>
        <p class="govuk-body">{t('identity.ways.only_identity_how')}</p>
        <p><LinkButton href={wayHref('identity-provider', purpose, returnTo)!}>{t('identity.ways.identity_button')}</LinkButton></p>
        {rest.length > 0 && <WayList links={rest} purpose={purpose} />}
      </>
    )
  }
  const links = hrefs(open, purpose, returnTo)
  if (links.length === 0) return <InsetText>{t('identity.ways.none')}</InsetText>
  return (
    <>
      <p class="govuk-body">{t(`identity.ways.choose.${purpose}`)}</p>
      <WayList links={links} purpose={purpose} />
    </>
  )
}

interface Link { way: LogInWay; href: string }

const hrefs = (open: readonly OpenWay[], purpose: Purpose, returnTo: string): Link[] => open.flatMap(({ way }) => {
  const href = wayHref(way, purpose, returnTo)
  return href ? [{ way, href }] : []
})

function WayList({ links, purpose }: { links: readonly Link[]; purpose: Purpose }): VNode {
  const { t } = usePage()
  return <ul class="govuk-list govuk-list--spaced">{links.map(({ way, href }) => <li><a class="govuk-link" href={href}>{t(`identity.ways.link.${purpose}.${way}`)}</a></li>)}</ul>
}
