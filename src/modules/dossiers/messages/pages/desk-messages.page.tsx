import type { VNode } from 'preact'
import { isPermitted } from '../../../../platform/actor.ts'
import type { FieldError } from '../../../../platform/errors.ts'
import { file, page, redirect, type Reply } from '../../../../platform/http/reply.ts'
import type { Req, Route } from '../../../../platform/http/route.ts'
import { BackLink, Button, ErrorSummary, Form, usePage } from '../../../../ui/index.ts'
import { officerNames } from '../../../identity/index.ts'
import type { Dossier } from '../../dossier.ts'
import { errors } from '../../dossiers.errors.ts'
import { findContent } from '../../dossiers.store.ts'
import { deskDossierHref } from '../../pages/desk/hrefs.ts'
import { readDossierOfDesk, recordReading } from '../../pages/desk/read-desk-dossier.ts'
import { answerMessage } from '../answer-message.ts'
import type { Message } from '../message.ts'
import { listMessages } from '../message.store.ts'
import { readMessages } from '../read-messages.ts'
import { settleMessages } from '../settle-messages.ts'
import { Conversation, MessageFields } from './conversation.tsx'
import { deskMessageFileHref, deskMessageFilePath, deskMessagesHref, deskMessagesPath, settleHref, settlePath } from './hrefs.ts'
import { readMessageForm } from './read-message-form.ts'

/** The officers' side of the conversation about a dossier. */
export const deskMessageRoutes: Route[] = [
  { method: 'GET', path: deskMessagesPath, access: { permission: 'dossiers.view' }, handler: async (req) => {
    const dossier = await readDossierOfDesk(req)
    const reply = await show(req, dossier, '', [])
    await readMessages(req.ctx, dossier, 'office')
    return reply
  } },
  { method: 'POST', path: deskMessagesPath, access: { permission: 'dossiers.handle' }, bodyLimit: 60 * 1024 * 1024, handler: async (req) => {
    const dossier = await readDossierOfDesk(req)
    const { mistakes, ...input } = await readMessageForm(req)
    if (mistakes.length > 0) return show(req, dossier, input.body, mistakes)
    await answerMessage(req.ctx, { dossierId: dossier.id, ...input })
    return redirect(deskMessagesHref(dossier.id))
  } },
  { method: 'POST', path: settlePath, access: { permission: 'dossiers.handle' }, handler: async (req) => {
    const dossier = await readDossierOfDesk(req)
    await settleMessages(req.ctx, { dossierId: dossier.id })
    return redirect(deskMessagesHref(dossier.id))
  } },
  { method: 'GET', path: deskMessageFilePath, access: { permission: 'dossiers.view' }, kind: 'raw', handler: async (req) => {
    const dossier = await readDossierOfDesk(req)
    const found = (await listMessages(req.ctx.db, dossier.id)).flatMap((m) => m.files).find((f) => f.id === req.params.file)
    if (!found) throw errors.NOT_FOUND()
    await recordReading(req, dossier)
    return file(await req.ctx.node.files.get(found.fileId), { type: found.mimeType, name: found.fileName })
  } },
]

async function show(req: Req, dossier: Dossier, body: string, mistakes: FieldError[]): Promise<Reply> {
  const { db, t } = req.ctx
  await recordReading(req, dossier)
  const [messages, content] = await Promise.all([listMessages(db, dossier.id), findContent(db, dossier.id)])
  const names = await officerNames(db, messages.map((m) => m.author))
  return page(<DeskMessages {...{ dossier, messages, names, body, mistakes }} person={content?.applicant.name ?? ''} />, { title: t('dossiers.messages.title'), layout: 'desk', status: mistakes.length > 0 ? 400 : 200 })
}

interface Props { dossier: Dossier; messages: Message[]; names: ReadonlyMap<string, string>; person: string; body: string; mistakes: FieldError[] }

function DeskMessages({ dossier: d, messages, names, person, body, mistakes }: Props): VNode {
  const { t, actor } = usePage()
  const nameOf = (m: Message): string => (m.side === 'person' ? person : (names.get(m.author.replace(/^officer:/, '')) ?? t('dossiers.messages.office')))
  const waits = messages.some((m) => m.side === 'person' && !m.settledAt)
  return (
    <>
      <BackLink href={deskDossierHref(d.id)}>{d.code ?? d.reference}</BackLink>
      <ErrorSummary errors={mistakes} />
      <h1 class="govuk-heading-l">{t('dossiers.messages.title')}</h1>
      <Conversation messages={messages} nameOf={nameOf} fileHref={(id) => deskMessageFileHref(d.id, id)} />
      {isPermitted(actor, 'dossiers.handle') && (
        <>
          <MessageFields label={t('dossiers.messages.answer')} hint={t('dossiers.messages.answerHint')} body={body} mistakes={mistakes} />
          {waits && <Form action={settleHref(d.id)}><p class="govuk-body">{t('dossiers.messages.settleHint')}</p><Button kind="secondary">{t('dossiers.messages.settle')}</Button></Form>}
        </>
      )}
    </>
  )
}
