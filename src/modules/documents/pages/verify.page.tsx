import type { VNode } from 'preact'
import type { FieldError } from '../../../platform/errors.ts'
import { page, type Reply } from '../../../platform/http/reply.ts'
import type { Req, Route } from '../../../platform/http/route.ts'
import { Button, Details, ErrorSummary, FileUpload, Form, usePage } from '../../../ui/index.ts'
import { findDocumentByFile, type StoredDocument } from '../documents.store.ts'
import { currentTrust } from '../trust-root.ts'
import type { Verdict } from '../verification/verdict.ts'
import { verifyPdf } from '../verification/verify-pdf.ts'
import { VerdictView } from './verdict-view.tsx'

export const verifyPath = '/kiem-tra-van-ban'

/** Anyone may ask what a signed paper is worth. The file is judged and forgotten. */
export const verifyRoutes: Route[] = [
  { method: 'GET', path: '/kiem-tra-van-ban', access: 'public', handler: (req) => show(req, null) },
  { method: 'POST', path: '/kiem-tra-van-ban', access: 'public', handler: judge },
]

interface Judged { fileName: string; verdict: Verdict; known: StoredDocument | undefined }

async function judge(req: Req): Promise<Reply> {
  const { ctx } = req
  const upload = req.form.files.find((file) => file.field === 'file')
  if (!upload || (upload.fileName === '' && upload.bytes.length === 0)) return show(req, null, { field: 'file', key: 'documents.verify.no_file' })
  if (upload.truncated) return show(req, null, { field: 'file', key: 'documents.verify.too_large', params: { max: 10 } })
  const verdict = await verifyPdf(upload.bytes, await currentTrust(ctx.node, ctx.db))
  const [finding] = verdict.findings
  if (verdict.outcome === 'unreadable' && finding) return show(req, null, { field: 'file', ...finding })
  return show(req, { fileName: upload.fileName, verdict, known: await findDocumentByFile(ctx.db, verdict.sha256) })
}

function show(req: Req, judged: Judged | null, mistake?: FieldError): Reply {
  return page(<VerifyPage judged={judged} mistake={mistake} />, { title: req.ctx.t('documents.verify.title'), status: mistake ? 400 : 200 })
}

export function VerifyPage({ judged, mistake }: { judged: Judged | null; mistake?: FieldError | undefined }): VNode {
  const { t } = usePage()
  return (
    <>
      {mistake && <ErrorSummary errors={[mistake]} />}
      <h1 class="govuk-heading-xl">{t('documents.verify.title')}</h1>
      {judged && <VerdictView {...judged} />}
      {!judged && <p class="govuk-body-l">{t('documents.verify.intro')}</p>}
      {judged && <h2 class="govuk-heading-l">{t('documents.verify.another')}</h2>}
      <Form action={verifyPath} files>
        <FileUpload name="file" label={t('documents.verify.file')} hint={t('documents.verify.hint')} accept=".pdf,application/pdf" error={mistake && t(mistake.key, mistake.params)} />
        <Button>{t('documents.verify.button')}</Button>
      </Form>
      <Details summary={t('documents.verify.what')}>
        <p class="govuk-body">{t('documents.verify.what_integrity')}</p>
        <p class="govuk-body">{t('documents.verify.what_coverage')}</p>
        <p class="govuk-body">{t('documents.verify.what_trust')}</p>
      </Details>
    </>
  )
}
