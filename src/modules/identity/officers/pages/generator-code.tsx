import type { VNode } from 'preact'
import QRCode from 'qrcode'
import type { Ctx } from '../../../../platform/ctx.ts'
import { RawHtml, TextInput, usePage } from '../../../../ui/index.ts'

/** What a code generator is set up with: the drawing that a telephone reads, and the letters for one that cannot. */
export interface SetUpCode { svg: string; secret: string }

/** The otpauth address of the key URI format: name of the node, log-in name, secret. */
export async function qrOf(ctx: Ctx, login: string, secret: string): Promise<SetUpCode> {
  const issuer = ctx.node.config.shortName.vi
  const address = `otpauth://totp/${encodeURIComponent(issuer)}:${encodeURIComponent(login)}?secret=${secret}&issuer=${encodeURIComponent(issuer)}`
  const svg = await QRCode.toString(address, { type: 'svg', margin: 2, errorCorrectionLevel: 'M', width: 220 })
  return { svg: svg.replace('<svg ', `<svg role="img" aria-label="${ctx.t('identity.officers.generator.picture')}" `), secret: secret.replace(/(.{4})(?=.)/g, '$1 ') }
}

export function GeneratorCode({ code, error }: { code: SetUpCode; error: string | undefined }): VNode {
  const { t } = usePage()
  return (
    <>
      <p class="govuk-body">{t('identity.officers.generator.scan')}</p>
      <RawHtml html={code.svg} />
      <p class="govuk-body">{t('identity.officers.generator.by_hand')} <code>{code.secret}</code></p>
      <TextInput name="code" label={t('identity.officers.generator.code')} hint={t('identity.officers.generator.code_hint')} error={error} inputMode="numeric" autocomplete="one-time-code" spellcheck={false} width={10} code maxLength={12} />
    </>
  )
}
