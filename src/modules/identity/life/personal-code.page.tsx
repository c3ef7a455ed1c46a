import QRCode from 'qrcode'
import { z } from 'zod'
import type { VNode } from 'preact'
import type { Person } from '../../../platform/actor.ts'
import type { Ctx } from '../../../platform/ctx.ts'
import { json, page } from '../../../platform/http/reply.ts'
import type { Route } from '../../../platform/http/route.ts'
import { formatTime } from '../../../platform/i18n.ts'
import { BackLink, Button, Form, InsetText, usePage } from '../../../ui/index.ts'
import { errors } from '../identity.errors.ts'
import { accountHome, personalCodePath } from './hrefs.ts'
import { answerPersonalCode, makePersonalCode, type PersonalCode } from './personal-code.ts'

/** The person's code for desk and kiosk, made when asked for and shown once: the answer to the POST is the page itself, and nothing keeps it. */
export const personalCodeRoutes: readonly Route[] = [
  { method: 'GET', path: '/tai-khoan/ma-ca-nhan', access: 'person', handler: ({ ctx }) => page(<Code />, { title: ctx.t('identity.life.code.title') }) },
  { method: 'POST', path: '/tai-khoan/ma-ca-nhan', access: 'person', handler: async ({ ctx }) => {
    const code = await makePersonalCode(ctx as Ctx & { actor: Person })
    const picture = await QRCode.toDataURL(code.text, { errorCorrectionLevel: 'M', margin: 4, width: 320 })
    return page(<Code shown={{ ...code, picture }} />, { title: ctx.t('identity.life.code.title') })
  } },
]

const askSchema = z.object({ from: z.string().max(10), question: z.string().max(4000) })

/** Other nodes ask here; the signature in the question is the proof. Every wrong question gets the same answer. */
export const personalCodeNodeRoutes: readonly Route[] = [
  { method: 'POST', path: '/exchange/v1/personal-code', access: 'node', kind: 'exchange', handler: async ({ ctx, json: body }) => {
    const asked = askSchema.safeParse(parsed(body))
    const answer = asked.success ? await answerPersonalCode(ctx.node, asked.data, ctx.now) : undefined
    if (!answer) throw errors.CODE_NOT_FOUND()
    return json({ answer })
  } },
]

function parsed(body: unknown): unknown {
  try {
    return JSON.parse(String(body))
  } catch {
    return undefined
  }
}

function Code({ shown }: { shown?: PersonalCode & { picture: string } }): VNode {
  const { t } = usePage()
  return (
    <div class="govuk-grid-row"><div class="govuk-grid-column-two-thirds">
      <BackLink href={accountHome} />
      <h1 class="govuk-heading-l">{t('identity.life.code.title')}</h1>
      <p class="govuk-body">{t('identity.life.code.lead')}</p>
      {shown && (
        <div role="status">
          <p><img src={shown.picture} width={320} height={320} alt={t('identity.life.code.picture')} /></p>
          <p class="govuk-body">{t('identity.life.code.letters')} <strong class="govuk-!-font-size-36">{shown.letters}</strong></p>
          <p class="govuk-body">{t('identity.life.code.until', { at: formatTime(shown.expiresAt) })}</p>
        </div>
      )}
      <Form action={personalCodePath}><Button kind={shown ? 'secondary' : 'primary'}>{t(shown ? 'identity.life.code.new' : 'identity.life.code.make')}</Button></Form>
      <InsetText>{t('identity.life.code.careful')}</InsetText>
    </div></div>
  )
}
