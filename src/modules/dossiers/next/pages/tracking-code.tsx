import QRCode from 'qrcode'
import type { VNode } from 'preact'
import type { Ctx } from '../../../../platform/ctx.ts'
import { usePage } from '../../../../ui/index.ts'
import type { Dossier } from '../../dossier.ts'
import { markOf } from '../../papers/paper-base.ts'

/** The QR code of a dossier, as on its slip: it leads to the public page that shows code and degree of completion only. */
export interface Tracking { url: string; code: string; picture: string }

export async function trackingOf(ctx: Ctx, dossier: Dossier): Promise<Tracking> {
  const mark = markOf(ctx, dossier)
  return { ...mark, picture: await QRCode.toDataURL(mark.url, { errorCorrectionLevel: 'M', margin: 4, width: 180 }) }
}

export function TrackingCode({ tracking }: { tracking: Tracking }): VNode {
  const { t } = usePage()
  return (
    <>
      <p><img src={tracking.picture} width={180} height={180} alt={t('dossiers.next.qr', { code: tracking.code })} /></p>
      <p class="govuk-body">{t('dossiers.next.qrText')} <a class="govuk-link" href={tracking.url}>{t('dossiers.next.qrLink')}</a></p>
    </>
  )
}
