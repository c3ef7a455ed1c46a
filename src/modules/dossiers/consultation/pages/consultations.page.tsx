import type { VNode } from 'preact'
import type { FieldError } from '../../../../platform/errors.ts'
import { file, page, redirect, type Reply } from '../../../../platform/http/reply.ts'
import type { Req, Route } from '../../../../platform/http/route.ts'
import { formatDateTime } from '../../../../platform/i18n.ts'
import { isId } from '../../../../platform/ids.ts'
import { BackLink, Button, Deadline, EmptyState, ErrorSummary, fieldErrors, FileUpload, Form, SummaryList, Table, Tag, Textarea, usePage } from '../../../../ui/index.ts'
import { procedureNames } from '../../../catalogue/index.ts'
import { agencyName, findAgency, nodeOfAgency } from '../../../organisations/index.ts'
import { assertOfDesk } from '../../desk-scope.ts'
import { errors } from '../../dossiers.errors.ts'
import { findDossier } from '../../dossiers.store.ts'
import { officerOf } from '../../pages/desk/inbox.page.tsx'
import { answerOpinion } from '../answer-opinion.ts'
import { findConsultation, listAsked, listConsultationFiles, type Consultation, type ConsultationFile } from '../consultation.store.ts'
import { keepUploads } from '../keep-uploads.ts'
import { answerable, mayAnswer } from '../may-answer.ts'
import { FileLinks } from './dossier-parts.tsx'
import { consultationFilePath, consultationHref, consultationPath, consultationsPath } from './hrefs.ts'

const access = { permission: 'dossiers.handle' } as const
const shown = 100

/** Opinions that other agencies ask of ours. */
export const consultationRoutes: Route[] = [
  { method: 'GET', path: consultationsPath, access, handler: async (req) => {
    const { db, t, lang, now } = req.ctx
    const [asked, mayBeAnswered] = await Promise.all([listAsked(db, officerOf(req).agencyCode, shown), answerable(req.ctx)])
    const rows = asked.filter(mayBeAnswered)
    const names = await procedureNames(db, rows.map((c) => c.procedureCode), lang)
    const agencies = new Map(await Promise.all([...new Set(rows.map((c) => c.askingAgency))].map(async (code): Promise<[string, string]> => [code, await agencyNameOf(req, code)])))
    return page(<Asked rows={rows} names={names} agencies={agencies} now={now} />, { title: t('dossiers.consultation.asked'), layout: 'desk' })
  } },
  { method: 'GET', path: consultationPath, access, handler: async (req) => show(req, await readAsked(req), []) },
  { method: 'POST', path: consultationPath, access, bodyLimit: 40 * 1024 * 1024, handler: async (req) => {
    const consultation = await readAsked(req)
    const kept = await keepUploads(req, 'answerFiles', 'answer')
    const mistakes = kept.mistakes.length > 0 ? kept.mistakes : await answerOpinion(req.ctx, { id: consultation.id, answer: req.form.get('answer'), files: kept.files })
    return mistakes.length > 0 ? show(req, consultation, mistakes) : redirect(consultationHref(consultation.id))
  } },
  { method: 'GET', path: consultationFilePath, access: { permission: 'dossiers.view' }, kind: 'raw', handler: async (req) => {
    const consultation = await readEither(req)
    const found = (await listConsultationFiles(req.ctx.db, [consultation.id])).find((f) => f.id === req.params.file)
    if (!found) throw errors.NOT_FOUND()
    return file(await req.ctx.node.files.get(found.fileId), { type: found.mimeType, name: found.fileName, inline: /^(image\/(png|jpeg)|application\/pdf)$/.test(found.mimeType) })
  } },
]

async function agencyNameOf({ ctx }: Req, code: string): Promise<string> {
  const agency = await findAgency(ctx.db, code, ctx.now)
  return agency ? agencyName(agency, ctx.lang) : code
}

/** The question in the address, where it was asked of the officer's agency. @throws NOT_FOUND */
async function readAsked(req: Req): Promise<Consultation> {
  const consultation = isId(req.params.id) ? await findConsultation(req.ctx.db, req.params.id) : undefined
  if (!consultation || !(await mayAnswer(req.ctx, consultation))) throw errors.NOT_FOUND()
  return consultation
}

/** For who was asked, and for whose dossier it is. @throws NOT_FOUND */
async function readEither(req: Req): Promise<Consultation> {
  const consultation = isId(req.params.id) ? await findConsultation(req.ctx.db, req.params.id) : undefined
  if (!consultation) throw errors.NOT_FOUND()
  if (await mayAnswer(req.ctx, consultation)) return consultation
  const dossier = nodeOfAgency(consultation.askingAgency) === req.ctx.node.config.code ? await findDossier(req.ctx.db, consultation.dossierId) : undefined
  if (!dossier) throw errors.NOT_FOUND()
  await assertOfDesk(req.ctx, dossier)
  return consultation
}

async function show(req: Req, consultation: Consultation, mistakes: FieldError[]): Promise<Reply> {
  const { db, lang, now, t } = req.ctx
  const [files, names, agency] = await Promise.all([listConsultationFiles(db, [consultation.id]), procedureNames(db, [consultation.procedureCode], lang), agencyNameOf(req, consultation.askingAgency)])
  return page(<Question consultation={consultation} files={files} procedure={names.get(consultation.procedureCode) ?? consultation.procedureCode} agency={agency} now={now} mistakes={mistakes} typed={req.form.get('answer')} />, { title: t('dossiers.consultation.title'), layout: 'desk', status: mistakes.length > 0 ? 400 : 200 })
}

function Asked({ rows, names, agencies, now }: { rows: Consultation[]; names: Map<string, string>; agencies: Map<string, string>; now: Date }): VNode {
  const { t } = usePage()
  return (
    <>
      <h1 class="govuk-heading-l">{t('dossiers.consultation.asked')}</h1>
      {rows.length === 0 ? <EmptyState title={t('dossiers.consultation.none')} /> : (
        <Table wide keys caption={t('dossiers.consultation.asked')} captionHidden columns={[{ header: t('dossiers.column.code') }, { header: t('dossiers.column.procedure') }, { header: t('dossiers.consultation.by') }, { header: t('dossiers.consultation.due') }]}
          rows={rows.map((c) => ({ href: consultationHref(c.id), late: !c.answeredAt && c.dueAt < now, cells: [<a class="govuk-link" href={consultationHref(c.id)}>{c.dossierCode}</a>, names.get(c.procedureCode) ?? c.procedureCode, agencies.get(c.askingAgency) ?? c.askingAgency, c.answeredAt ? <Tag tone="done">{t('dossiers.consultation.isAnswered')}</Tag> : <Deadline due={c.dueAt} now={now} />] }))} />
      )}
    </>
  )
}

interface QuestionProps { consultation: Consultation; files: ConsultationFile[]; procedure: string; agency: string; now: Date; mistakes: FieldError[]; typed: string }

function Question({ consultation: c, files, procedure, agency, now, mistakes, typed }: QuestionProps): VNode {
  const { t } = usePage()
  const errorOf = fieldErrors(mistakes, t)
  return (
    <>
      <BackLink href={consultationsPath}>{t('dossiers.consultation.asked')}</BackLink>
      <ErrorSummary errors={mistakes} />
      <h1 class="govuk-heading-l"><span class="govuk-caption-l">{procedure}</span>{c.dossierCode}</h1>
      <SummaryList rows={[
        { key: t('dossiers.consultation.by'), value: agency },
        { key: t('dossiers.consultation.askedAt'), value: formatDateTime(c.askedAt) },
        { key: t('dossiers.consultation.due'), value: <Deadline due={c.dueAt} now={c.answeredAt ?? now} state={c.answeredAt ? 'done' : 'running'} exact /> },
        { key: t('dossiers.consultation.question'), value: <span class="mc-answer">{c.question}</span> },
        ...(c.answeredAt ? [{ key: t('dossiers.consultation.answer'), value: <><span class="mc-answer">{c.answer}</span><br />{formatDateTime(c.answeredAt)}</> }] : []),
      ]} />
      <FileLinks consultation={c} files={files} />
      {!c.answeredAt && (
        <Form action={consultationHref(c.id)} files>
          <Textarea name="answer" label={t('dossiers.consultation.answer')} rows={5} value={typed} error={errorOf.of('answer')} />
          <FileUpload name="answerFiles" label={t('dossiers.consultation.files')} multiple error={errorOf.of('answerFiles')} />
          <Button>{t('dossiers.consultation.send')}</Button>
        </Form>
      )}
    </>
  )
}
