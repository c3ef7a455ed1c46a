import type { ComponentChildren, VNode } from 'preact'
import type { Req } from '../../../platform/http/route.ts'
import { InsetText, useIsland, usePage } from '../../../ui/index.ts'
import { passkeySite } from './passkey-site.ts'

/** Where the page must be opened instead, when the browser is at another address than the one for which passkeys are made. */
export function otherSite(req: Req): string | undefined {
  const { origin } = passkeySite(req.ctx.node.config)
  return req.headers.host === undefined || new URL(origin).host === req.headers.host ? undefined : `${origin}${req.raw.url}`
}

/** The form that the browser fills in with a passkey; hidden until the script knows that this browser can. Without scripts it says so. */
export function PasskeyBox({ act, options, elsewhere, children }: { act: 'create' | 'get'; options: object; elsewhere: string | undefined; children: ComponentChildren }): VNode {
  const { t } = usePage()
  useIsland('passkey')
  if (elsewhere) return <InsetText>{t('identity.passkey.elsewhere')} <a class="govuk-link" href={elsewhere}>{new URL(elsewhere).origin}</a></InsetText>
  return (
    <div data-passkey={act} data-options={JSON.stringify(options)}>
      <div role="alert" data-passkey-failed hidden><p class="govuk-error-message">{t('identity.passkey.failed')}</p></div>
      <div data-passkey-form hidden>{children}</div>
      <div data-passkey-none><InsetText>{t('identity.passkey.no_script')}</InsetText></div>
    </div>
  )
}
