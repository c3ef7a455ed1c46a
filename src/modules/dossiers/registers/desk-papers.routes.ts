import { file } from '../../../platform/http/reply.ts'
import type { Req, Route } from '../../../platform/http/route.ts'
import { civilDate, formatDateTime } from '../../../platform/i18n.ts'
import { procedureNames } from '../../catalogue/index.ts'
import { findOfficialForm, listDocuments, renderPdf, type TemplateData } from '../../documents/index.ts'
import { deskReach } from '../desk-scope.ts'
import { dossierStates } from '../dossier-states.ts'
import { errors } from '../dossiers.errors.ts'
import { listDeskDossiers } from '../dossiers.store.ts'
import { buildSlip } from '../papers/build-slip.ts'
import { officerOf } from '../pages/desk/inbox.page.tsx'
import { readDossierOfDesk, recordReading } from '../pages/desk/read-desk-dossier.ts'
import { agenciesOf } from '../pages/desk/read-inbox.ts'
import { formatOf, listFile, mostRows } from './list-file.ts'
import { listOwners } from './register.store.ts'

export const controlSlipPath = '/desk/dossiers/:id/control-slip'
export const controlSlipHref = (id: string): string => `/desk/dossiers/${id}/control-slip`
export const inboxExportPath = '/desk/export'
export const handOverPath = '/desk/result-hand-over'

/** Papers made when somebody asks: the control slip as the dossier stands now, and an officer's list as a file. */
export const deskPaperRoutes: Route[] = [
  { method: 'GET', path: controlSlipPath, access: { permission: 'dossiers.view' }, kind: 'raw', handler: async (req) => {
    const dossier = await readDossierOfDesk(req)
    const form = await findOfficialForm(req.ctx.db, 'control-slip', civilDate(req.ctx.now))
    if (!dossier.receivedAt || !form) throw errors.NOT_FOUND()
    await recordReading(req, dossier)
    const slip = await buildSlip(req.ctx, 'control-slip', dossier, { name: officerOf(req).name, at: req.ctx.now, sealedAt: req.ctx.now }, form) as TemplateData<'control-slip'>
    // Unsigned: the sealed one is kept with the dossier when its way has ended.
    return file(await renderPdf(req.ctx.node, 'control-slip', { ...slip, signature: { ...slip.signature, signedAt: null } }), { type: 'application/pdf', name: `control-slip-${dossier.code}.pdf`, inline: true })
  } },
  { method: 'GET', path: handOverPath, access: { permission: 'dossiers.view' }, audit: 'dossiers.register', kind: 'raw', handler: exportHandOver },
  { method: 'GET', path: inboxExportPath, access: { permission: 'dossiers.view' }, audit: 'dossiers.inbox', kind: 'raw', handler: exportInbox },
]

/** The list "all" with its filters, as a file. */
async function exportInbox(req: Req) {
  const { ctx, query } = req
  const { t, lang, db, now } = ctx
  const format = formatOf(query.format)
  const state = query.state && query.state in dossierStates ? query.state : ''
  const text = (query.q ?? '').slice(0, 60)
  const reach = await deskReach(ctx, 'dossiers.view')
  const { rows } = await listDeskDossiers(db, ctx.node.config.code, { reach, ...(state ? { states: [state] } : {}), ...(text ? { text, agencies: await agenciesOf(req, reach) } : {}), ...(query.procedure ? { procedureCode: query.procedure.slice(0, 40) } : {}), sort: query.sort === 'submitted' ? 'submitted' : 'due', limit: mostRows[format] + 1, offset: 0 })
  const names = await procedureNames(db, [...new Set(rows.map((d) => d.procedureCode))], lang)
  const at = (date: Date | null): string => (date ? formatDateTime(date) : '')
  const columns = [['number', 1], ['code', 4], ['procedure', 6], ['state', 4], ['submitted', 3], ['received', 3], ['due', 3], ['returned', 3]] as const
  return listFile(ctx, format, {
    name: 'ho-so', title: t('dossiers.desk.title'), chosen: [t('dossiers.list.madeAt', { at: formatDateTime(now) }), ...(state ? [t(`dossiers.state.${state}`)] : []), ...(text ? [text] : [])],
    columns: columns.map(([name, width]) => [t(`dossiers.list.column.${name}`), width]),
    rows: rows.map((d, i) => [String(i + 1), d.code ?? d.reference, names.get(d.procedureCode) ?? d.procedureCode, t(`dossiers.state.${d.state}`), at(d.submittedAt), at(d.receivedAt), at(d.dueAt), at(d.returnedAt)]),
  })
}

/** Results that are ready to be handed to the one-stop desk ("phiếu bàn giao kết quả"). */
async function exportHandOver({ ctx, query }: Req) {
  const { t, lang, db, now } = ctx
  const format = formatOf(query.format)
  const { rows } = await listDeskDossiers(db, ctx.node.config.code, { reach: await deskReach(ctx, 'dossiers.view'), states: ['finished'], sort: 'submitted', limit: mostRows[format] + 1, offset: 0 })
  const [names, owners, papers] = await Promise.all([procedureNames(db, [...new Set(rows.map((d) => d.procedureCode))], lang), listOwners(db, rows.map((d) => d.id)), Promise.all(rows.map((d) => listDocuments(db, d.id)))])
  const columns = [['number', 1], ['code', 4], ['procedure', 5], ['result', 5], ['owner', 4], ['address', 5], ['fee', 1.5], ['byPost', 1.5]] as const
  return listFile(ctx, format, {
    name: 'ban-giao-ket-qua', title: t('dossiers.handOver.title'), chosen: [t('dossiers.list.madeAt', { at: formatDateTime(now) })], signers: [t('dossiers.handOver.giver'), t('dossiers.handOver.taker')],
    columns: columns.map(([name, width]) => [t(`dossiers.list.column.${name}`), width]),
    rows: rows.map((d, i) => {
      const result = papers[i]!.findLast((doc) => doc.kind === 'result')
      return [String(i + 1), d.code ?? d.reference, names.get(d.procedureCode) ?? d.procedureCode, [result?.title, result?.number].filter(Boolean).join(', '), owners.get(d.id)?.name ?? '', owners.get(d.id)?.address ?? '', '', d.returnWay === 'post' ? 'X' : '']
    }),
  })
}
