import type { VNode } from 'preact'
import { isRefusal, type FieldError } from '../../../../platform/errors.ts'
import { file, page, redirect, type Reply } from '../../../../platform/http/reply.ts'
import type { Req, Route } from '../../../../platform/http/route.ts'
import { BackLink, ErrorSummary, InsetText, NotificationBanner, usePage } from '../../../../ui/index.ts'
import { agencyName, findAgency } from '../../../organisations/index.ts'
import type { Dossier } from '../../dossier.ts'
import { errors } from '../../dossiers.errors.ts'
import { mayActOn, mayReceive } from '../../on-behalf.ts'
import { ownDossierHref } from '../../pages/portal/hrefs.ts'
import { readOwn } from '../../pages/portal/own-dossier.page.tsx'
import { personOf } from '../../pages/portal/read-draft.ts'
import type { Message } from '../message.ts'
import { listMessages } from '../message.store.ts'
import { readMessages } from '../read-messages.ts'
import { writeMessage } from '../write-message.ts'
import { Conversation, MessageFields } from './conversation.tsx'
import { ownMessageFileHref, ownMessageFilePath, ownMessagesHref, ownMessagesPath } from './hrefs.ts'
import { readMessageForm } from './read-message-form.ts'

/** The person and the unit that handles the dossier write to each other. */
export const ownMessageRoutes: Route[] = [
  { method: 'GET', path: ownMessagesPath, access: 'person', handler: async (req) => {
    const dossier = await readOwn(req)
    const reply = await show(req, dossier, '', [])
    if (await mayReceive(req.ctx, personOf(req), dossier)) await readMessages(req.ctx, dossier, 'person')
    return reply
  } },
  { method: 'POST', path: ownMessagesPath, access: 'person', bodyLimit: 60 * 1024 * 1024, handler: async (req) => {
    const dossier = await readOwn(req)
    if (!(await mayActOn(req.ctx, personOf(req), 'submit', dossier))) throw errors.OUT_OF_MANDATE({ name: (personOf(req).actingFor ?? personOf(req)).name })
    const { mistakes, ...input } = await readMessageForm(req)
    if (mistakes.length > 0) return show(req, dossier, input.body, mistakes)
    try {
      await writeMessage(req.ctx, { dossierId: dossier.id, ...input })
    } catch (error) {
      if (!isRefusal(error, 'TOO_MANY_MESSAGES')) throw error
      return show(req, dossier, input.body, [{ field: 'body', key: error.key, params: error.params }])
    }
    return redirect(`${ownMessagesHref(dossier.id)}?gui=1`)
  } },
  { method: 'GET', path: ownMessageFilePath, access: 'person', kind: 'raw', handler: async (req) => {
    const dossier = await readOwn(req)
    const found = (await listMessages(req.ctx.db, dossier.id)).flatMap((m) => m.files).find((f) => f.id === req.params.file)
    if (!found || !(await mayReceive(req.ctx, personOf(req), dossier))) throw errors.NOT_FOUND()
    return file(await req.ctx.node.files.get(found.fileId), { type: found.mimeType, name: found.fileName })
  } },
]

async function show(req: Req, dossier: Dossier, body: string, mistakes: FieldError[]): Promise<Reply> {
  const { ctx } = req
  const [receives, mayWrite, agency] = await Promise.all([mayReceive(ctx, personOf(req), dossier), mayActOn(ctx, personOf(req), 'submit', dossier), findAgency(ctx.db, dossier.agencyCode, ctx.now)])
  const messages = receives ? await listMessages(ctx.db, dossier.id) : undefined
  return page(<OwnMessages {...{ dossier, messages, mayWrite, body, mistakes }} agency={agency ? agencyName(agency, ctx.lang) : dossier.agencyCode} sent={req.query.gui === '1'} />, { title: ctx.t('dossiers.messages.title'), status: mistakes.length > 0 ? 400 : 200 })
}

interface Props { dossier: Dossier; messages: Message[] | undefined; mayWrite: boolean; agency: string; body: string; mistakes: FieldError[]; sent: boolean }

function OwnMessages({ dossier: d, messages, mayWrite, agency, body, mistakes, sent }: Props): VNode {
  const { t } = usePage()
  return (
    <>
      <BackLink href={ownDossierHref(d.id)}>{d.code ?? d.reference}</BackLink>
      <ErrorSummary errors={mistakes} />
      {sent && <NotificationBanner type="success" heading={t('dossiers.messages.sent')} />}
      <h1 class="govuk-heading-xl">{t('dossiers.messages.title')}</h1>
      <p class="govuk-body">{t('dossiers.messages.lead', { agency })}</p>
      {messages ? <Conversation messages={messages} nameOf={(m) => (m.side === 'office' ? agency : t('dossiers.messages.you'))} fileHref={(id) => ownMessageFileHref(d.id, id)} /> : <InsetText>{t('dossiers.messages.notReceived')}</InsetText>}
      {mayWrite && <MessageFields label={t('dossiers.messages.write')} hint={t('dossiers.messages.writeHint')} body={body} mistakes={mistakes} />}
    </>
  )
}
