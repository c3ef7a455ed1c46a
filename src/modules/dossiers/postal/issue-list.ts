import { systemCtx, transact } from '../../../platform/ctx.ts'
import { civilDate, formatDateTime } from '../../../platform/i18n.ts'
import type { JobHandler } from '../../../platform/jobs.ts'
import { procedureNames } from '../../catalogue/index.ts'
import { findDocumentByKey, renderPdf, signPdf, storeDocument } from '../../documents/index.ts'
import { officerNames } from '../../identity/index.ts'
import { findAdministrativeUnit, findAgency, getAgency } from '../../organisations/index.ts'
import { findDossiers } from '../dossiers.store.ts'
import { findList, listItems } from './postal.store.ts'

export const postalMinutesQueue = 'dossiers.postal-minutes'
export const postalMinutesKey = (listId: string): string => `postal-list:${listId}`

/** Typesets and seals a list that both sides have signed, once however often the job runs. */
const issueList: JobHandler = async (node, payload) => {
  const ctx = systemCtx(node, postalMinutesQueue)
  const list = await findList(ctx.db, String(payload.listId))
  if (!list?.takenAt || !list.takenBy || (await findDocumentByKey(ctx.db, postalMinutesKey(list.id)))) return
  const items = await listItems(ctx.db, list.id)
  const dossiers = new Map((await findDossiers(ctx.db, items.map((i) => i.dossierId))).map((d) => [d.id, d]))
  const [agency, names, procedures] = await Promise.all([getAgency(ctx.db, list.agencyCode, ctx.now), officerNames(ctx.db, [list.givenBy, list.takenBy]), procedureNames(ctx.db, [...new Set([...dossiers.values()].map((d) => d.procedureCode))], 'vi')])
  const [superior, place] = await Promise.all([agency.parentCode ? findAgency(ctx.db, agency.parentCode, ctx.now) : undefined, agency.administrativeUnitCode ? findAdministrativeUnit(ctx.db, agency.administrativeUnitCode, ctx.now) : undefined])
  const signed = (who: string, at: Date): string => `${names.get(who) ?? '–'}, ${formatDateTime(at)}`
  const columns = [['number', 1], ['code', 4], ['procedure', 7], ['there', 2]] as const
  const title = ctx.t(`dossiers.postal.paper.${list.direction}`)
  const pdf = await renderPdf(node, 'dossier-list', {
    head: { superior: superior?.nameVi ?? null, agency: agency.nameVi, number: null, place: place?.name ?? 'Hà Nội', date: civilDate(list.takenAt) },
    form: null, title, chosen: [ctx.t('dossiers.postal.giver', { who: signed(list.givenBy, list.givenAt) }), ctx.t('dossiers.postal.taker', { who: signed(list.takenBy, list.takenAt) })],
    columns: columns.map(([name, width]) => ({ title: ctx.t(`dossiers.postal.paper.column.${name}`), width })),
    rows: items.map((item, i) => {
      const dossier = dossiers.get(item.dossierId)
      return [String(i + 1), dossier?.code ?? dossier?.reference ?? item.dossierId, dossier ? procedures.get(dossier.procedureCode) ?? dossier.procedureCode : '–', ctx.t(item.isThere ? 'dossiers.postal.there' : 'dossiers.postal.missing')]
    }),
    signers: [],
  })
  const bytes = await signPdf(node, pdf, { signer: { agencyCode: agency.code, name: agency.nameVi } })
  await transact(ctx, (tx) => storeDocument(tx, ctx, { kind: 'postal-list', subject: list.id, title, bytes, signedAt: ctx.now, key: postalMinutesKey(list.id), fileName: `postal-list-${list.id.slice(0, 13)}.pdf` }))
}

export const postalJobs = { [postalMinutesQueue]: issueList }
