import type { VNode } from 'preact'
import type { FieldError } from '../../../../platform/errors.ts'
import { file, page, redirect, type Reply } from '../../../../platform/http/reply.ts'
import type { Req, Route } from '../../../../platform/http/route.ts'
import { isId } from '../../../../platform/ids.ts'
import { BackLink, Button, EmptyState, ErrorSummary, fieldErrors, Form, Table, TextInput, usePage } from '../../../../ui/index.ts'
import { procedureNames } from '../../../catalogue/index.ts'
import { bytesOf, listDocuments, type StoredDocument } from '../../../documents/index.ts'
import { agencyName, findAgency } from '../../../organisations/index.ts'
import type { Dossier } from '../../dossier.ts'
import { errors } from '../../dossiers.errors.ts'
import { findDossiers } from '../../dossiers.store.ts'
import { recordReading } from '../../pages/desk/read-desk-dossier.ts'
import { officerCtx } from '../../reception/pages/read-visit.ts'
import { listToReturnHere } from '../places.store.ts'
import { findToReturn, returnHere } from '../return-here.ts'
import { returnHref, returnPaperHref, returnPaperPath, returnPath, returnsPath } from './hrefs.ts'

const access = { permission: 'dossiers.receive' } as const

/** Results of other agencies that people collect at this desk. */
export const returnsRoutes: Route[] = [
  { method: 'GET', path: returnsPath, access, audit: 'dossiers.inbox', handler: list },
  { method: 'GET', path: returnPath, access, handler: (req) => show(req, []) },
  { method: 'POST', path: returnPath, access, handler: async (req) => {
    const mistakes = await returnHere(officerCtx(req), { dossierId: idOf(req), recipient: req.form.get('recipient') })
    return mistakes.length > 0 ? show(req, mistakes) : redirect(returnsPath)
  } },
  { method: 'GET', path: returnPaperPath, access, kind: 'raw', handler: async (req) => {
    const dossier = await findToReturn(officerCtx(req), idOf(req))
    const paper = (await resultsOf(req, dossier)).find((doc) => doc.id === req.params.document)
    if (!paper) throw errors.NOT_FOUND()
    await recordReading(req, dossier)
    return file(await bytesOf(req.ctx, paper), { type: paper.mediaType, name: paper.fileName, inline: true })
  } },
]

function idOf({ params }: Req): string {
  if (!isId(params.id)) throw errors.NOT_FOUND()
  return params.id
}

/** The result in force and nothing else of the dossier. */
const resultsOf = async ({ ctx }: Req, dossier: Dossier): Promise<StoredDocument[]> => (await listDocuments(ctx.db, dossier.id)).filter((doc) => doc.kind === 'result' && !doc.revokedAt)

interface Row { dossier: Dossier; procedure: string; agency: string }

async function rowsOf({ ctx }: Req, dossiers: readonly Dossier[]): Promise<Row[]> {
  const names = await procedureNames(ctx.db, [...new Set(dossiers.map((d) => d.procedureCode))], ctx.lang)
  return Promise.all(dossiers.map(async (dossier) => {
    const agency = await findAgency(ctx.db, dossier.agencyCode, ctx.now)
    return { dossier, procedure: names.get(dossier.procedureCode) ?? dossier.procedureCode, agency: agency ? agencyName(agency, ctx.lang) : dossier.agencyCode }
  }))
}

async function list(req: Req): Promise<Reply> {
  const { db, node, actor, t } = officerCtx(req)
  const rows = await rowsOf(req, await findDossiers(db, await listToReturnHere(db, node.config.code, actor.agencyCode)))
  return page(<Returns rows={rows} />, { title: t('dossiers.places.returns'), layout: 'desk' })
}

function Returns({ rows }: { rows: Row[] }): VNode {
  const { t } = usePage()
  return (
    <>
      <h1 class="govuk-heading-l">{t('dossiers.places.returns')}</h1>
      <p class="govuk-body">{t('dossiers.places.returnsLead')}</p>
      {rows.length === 0 ? <EmptyState title={t('dossiers.places.noReturns')} /> : (
        <Table wide keys caption={t('dossiers.places.returns')} captionHidden columns={[{ header: t('dossiers.column.code') }, { header: t('dossiers.column.procedure') }, { header: t('dossiers.column.agency') }]}
          rows={rows.map(({ dossier: d, procedure, agency }) => ({ href: returnHref(d.id), cells: [<a class="govuk-link" href={returnHref(d.id)}>{d.code ?? d.reference}</a>, procedure, agency] }))} />
      )}
    </>
  )
}

async function show(req: Req, mistakes: FieldError[]): Promise<Reply> {
  const dossier = await findToReturn(officerCtx(req), idOf(req))
  const [[row], papers] = await Promise.all([rowsOf(req, [dossier]), resultsOf(req, dossier)])
  return page(<OneReturn row={row!} papers={papers} typed={req.form.get('recipient')} mistakes={mistakes} />, { title: req.ctx.t('dossiers.postal.deliver'), layout: 'desk', status: mistakes.length > 0 ? 400 : 200 })
}

function OneReturn({ row: { dossier: d, procedure, agency }, papers, typed, mistakes }: { row: Row; papers: StoredDocument[]; typed: string; mistakes: FieldError[] }): VNode {
  const { t } = usePage()
  return (
    <>
      <BackLink href={returnsPath}>{t('dossiers.places.returns')}</BackLink>
      <ErrorSummary errors={mistakes} />
      <h1 class="govuk-heading-l"><span class="govuk-caption-l">{d.code ?? d.reference}, {procedure}, {agency}</span>{t('dossiers.postal.deliver')}</h1>
      <ul class="govuk-list">{papers.map((doc) => <li><a class="govuk-link" href={returnPaperHref(d.id, doc.id)}>{doc.title} (PDF)</a></li>)}</ul>
      <p class="govuk-body">{t('dossiers.postal.deliverFinal')}</p>
      <Form action={returnHref(d.id)} autocomplete="off">
        <TextInput name="recipient" label={t('dossiers.postal.recipient')} hint={t('dossiers.postal.recipientHint')} value={typed} error={fieldErrors(mistakes, t).of('recipient')} maxLength={200} />
        <Button>{t('dossiers.postal.deliverButton')}</Button>
      </Form>
    </>
  )
}
