import type { VNode } from 'preact'
import type { FieldError } from '../../../../platform/errors.ts'
import { page, redirect, type Reply } from '../../../../platform/http/reply.ts'
import type { Req, Route } from '../../../../platform/http/route.ts'
import { BackLink, Button, ErrorSummary, fieldErrors, FileUpload, Form, InsetText, Textarea, usePage } from '../../../../ui/index.ts'
import { answerSupplement } from '../../answer-supplement.ts'
import type { Dossier } from '../../dossier.ts'
import { transition } from '../../dossier-states.ts'
import { keepUploads } from '../../keep-uploads.ts'
import { listSupplementRequests, type SupplementRequest } from '../../dossiers.store.ts'
import { assertMayAct } from '../../on-behalf.ts'
import { ownDossierHref, supplementPath } from './hrefs.ts'
import { readOwn } from './own-dossier.page.tsx'
import { personOf } from './read-draft.ts'

/** The applicant completes the dossier: words, files, or both. */
export const supplementRoutes: Route[] = [
  { method: 'GET', path: supplementPath, access: 'person', handler: async (req) => show(req, await readOpen(req), '', []) },
  { method: 'POST', path: supplementPath, access: 'person', bodyLimit: 120 * 1024 * 1024, handler: async (req) => {
    const dossier = await readOpen(req)
    const answer = req.form.get('answer')
    const { files, mistakes } = await keepUploads(req, 'supplement')
    if (answer === '' && req.form.files.length === 0) mistakes.push({ field: 'answer', key: 'dossiers.supplement.empty' })
    if (answer.length > 2000) mistakes.push({ field: 'answer', key: 'dossiers.supplement.tooLong', params: { max: 2000 } })
    if (mistakes.length > 0) return show(req, dossier, answer, mistakes)
    await answerSupplement(req.ctx, { dossierId: dossier.id, answer, files })
    return redirect(ownDossierHref(dossier.id))
  } },
]

/** Who may see a dossier and not act on it neither gets the form nor leaves files. @throws OUT_OF_MANDATE, MANDATE_ENDED */
async function readOpen(req: Req): Promise<Dossier> {
  const dossier = await readOwn(req)
  await assertMayAct(req.ctx, personOf(req), dossier)
  transition(dossier, 'answer-supplement')
  return dossier
}

async function show(req: Req, dossier: Dossier, answer: string, mistakes: FieldError[]): Promise<Reply> {
  const request = (await listSupplementRequests(req.ctx.db, dossier.id)).find((s) => !s.answeredAt)
  return page(<SupplementPage dossier={dossier} request={request} answer={answer} mistakes={mistakes} />, { title: req.ctx.t('dossiers.supplement.title'), status: mistakes.length > 0 ? 400 : 200 })
}

function SupplementPage({ dossier, request, answer, mistakes }: { dossier: Dossier; request: SupplementRequest | undefined; answer: string; mistakes: FieldError[] }): VNode {
  const { t } = usePage()
  const errorsOf = fieldErrors(mistakes, t)
  return (
    <>
      <BackLink href={ownDossierHref(dossier.id)} />
      <ErrorSummary errors={mistakes} />
      <h1 class="govuk-heading-xl">{t('dossiers.supplement.title')}</h1>
      {request ? (
        <InsetText>
          <p class="govuk-body">{request.reason}</p>
          {request.items.length > 0 && <ul class="govuk-list govuk-list--bullet">{request.items.map((item) => <li>{item}</li>)}</ul>}
        </InsetText>
      ) : <InsetText>{t('dossiers.own.answerSent')}</InsetText>}
      <Form files>
        <Textarea name="answer" label={t('dossiers.supplement.answer')} hint={t('dossiers.supplement.answerHint')} value={answer} error={errorsOf.of('answer')} />
        <FileUpload name="files" label={t('dossiers.supplement.files')} hint={t('dossiers.supplement.filesHint')} multiple error={errorsOf.of('files')} />
        <p class="govuk-body">{t('dossiers.supplement.clock')}</p>
        <Button>{t('dossiers.supplement.send')}</Button>
      </Form>
    </>
  )
}
