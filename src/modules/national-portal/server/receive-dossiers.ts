import type { Ctx } from '../../../platform/ctx.ts'
import type { Db, Tx } from '../../../platform/db.ts'
import { sha256 } from '../../../platform/ids.ts'
import { translator } from '../../../platform/i18n.ts'
import { getCurrentProcedure, PortalRefusal, type PortalBody, type PortalClient, type PortalRequest } from '../../catalogue/index.ts'
import { findDossierByCode, keepApart, keepReported, keepReportedStep, type Dossier, type Kept, type ReportedDossier } from '../../dossiers/index.ts'
import { accountForSubject, findAccountByIdNumber, subjectForNode } from '../../identity/index.ts'
import { nodeOfAgency } from '../../organisations/index.ts'
import { checkDossier, checkProgress, dossierNumber, type Problem } from '../messages/check-message.ts'
import { loadCodes, type Codes } from '../messages/code-lists.ts'
import { mostEntries, type DossierMessage, type ProgressMessage } from '../messages/portal-message.ts'
import { portalTime, readPortalTime } from '../messages/portal-time.ts'
import { problemWords } from '../pages/problem-words.ts'
import { agencyOfNumber } from './agency-of-number.ts'

const t = translator('vi')

/** Who tells, and by which codes it is read. */
export interface Telling { readonly ctx: Ctx; readonly client: PortalClient; readonly codes: Codes }

/** Takes dossiers (DongBoHoSoMC): all of a message, or none and the portal's reason. @throws {PortalRefusal} INVALID, TOO_LONG, AGENCY, EXISTS, NOT_FOUND, SIGNED */
export async function receiveDossiers(tx: Tx, telling: Telling, body: PortalBody): Promise<void> {
  const isUpdating = body.isUpdating === 'True' || body.isUpdating === true
  const messages = entriesOf(body).map((entry) => checked<DossierMessage>(entry, checkDossier(entry, telling.codes)))
  await keepApart(tx, messages.map((m) => m.MaHoSo))
  for (const message of messages) {
    settle(await keepReported(tx, telling.ctx, await readDossier(tx, telling, message), isUpdating ? 'known' : 'new'), message.MaHoSo)
  }
}

/** Takes steps of dossiers (CapNhatTienDoHoSoMC). @throws as `receiveDossiers` */
export async function receiveProgress(tx: Tx, { ctx, client, codes }: Telling, body: PortalBody): Promise<void> {
  const messages = entriesOf(body).map((entry) => checked<ProgressMessage>(entry, checkProgress(entry, codes)))
  await keepApart(tx, messages.map((m) => m.MaHoSo))
  for (const m of messages) {
    const step = { at: readPortalTime(m.ThoiDiemXuLy)!, state: codes.oursOf('TrangThaiHoSo', m.TrangThai) as Dossier['state'], words: m.NoiDungXuLy, unit: m.PhongBanXuLy ?? '' }
    const digest = sha256([m.MaHoSo, m.ThoiDiemXuLy, m.TrangThai, m.NoiDungXuLy, m.NguoiXuLy, step.unit].join('\n'))
    settle(await keepReportedStep(tx, ctx, m.MaHoSo, client.agencyCode, { ...step, digest }), m.MaHoSo)
  }
}

function entriesOf({ data }: PortalBody): Readonly<Record<string, unknown>>[] {
  if (!Array.isArray(data) || data.length === 0) throw new PortalRefusal('PARAMETER', 'data')
  if (data.length > mostEntries) throw new PortalRefusal('TOO_LONG')
  return data.map((entry: unknown) => {
    if (typeof entry !== 'object' || entry === null || Array.isArray(entry)) throw new PortalRefusal('MALFORMED')
    return entry as Record<string, unknown>
  })
}

/** @throws {PortalRefusal} INVALID with the number of the dossier and a sentence for each field, without what stands in it */
function checked<M>(entry: Readonly<Record<string, unknown>>, problems: readonly Problem[]): M {
  if (problems.length === 0) return entry as M
  const number = typeof entry.MaHoSo === 'string' && dossierNumber.test(entry.MaHoSo) ? entry.MaHoSo : '?'
  throw new PortalRefusal('INVALID', `${number}: ${problems.slice(0, 5).map((p) => problemWords(t, p)).join(' ')}`)
}

function settle(kept: Kept, number: string): void {
  if (kept === 'kept') return
  const reasons = { exists: 'EXISTS', unknown: 'NOT_FOUND', signed: 'SIGNED', foreign: 'AGENCY' } as const
  throw new PortalRefusal(reasons[kept], number)
}

async function readDossier(tx: Tx, { ctx, client, codes }: Telling, m: DossierMessage): Promise<ReportedDossier> {
  const agencyCode = agencyOfNumber(m.MaHoSo) ?? client.agencyCode
  if (agencyCode !== client.agencyCode && !agencyCode.startsWith(`${client.agencyCode}.`)) throw new PortalRefusal('AGENCY', m.MaHoSo)
  const submittedAt = readPortalTime(m.NgayNopHoSo)!
  const procedure = await procedureOf(tx, m.MaTTHC, ctx.now)
  if (!procedure) throw new PortalRefusal('INVALID', `${m.MaHoSo}: ${problemWords(t, { field: 'MaTTHC', problem: 'not-a-code' })}`)
  const state = codes.oursOf('TrangThaiHoSo', m.TrangThaiHoSo) as Dossier['state']
  return {
    number: m.MaHoSo, system: client.username, systemAgency: client.agencyCode, agencyCode, agencyName: m.DonViXuLy, procedure, state, submittedAt,
    originNode: codes.oursOf('NoiNopHoSo', m.NoiNopHoSo) === 'portal' ? ctx.node.config.code : nodeOfAgency(client.agencyCode),
    channel: codes.oursOf('KenhThucHien', m.KenhThucHien) as Dossier['channel'], returnWay: codes.oursOf('HinhThuc', m.HinhThuc) as Dossier['returnWay'], account: await ownerOf(tx, client, m),
    receivedAt: timeOf(m.NgayTiepNhan), dueAt: timeOf(m.NgayHenTra), finishedAt: timeOf(state === 'not-accepted' ? m.NgayTuChoi : m.NgayKetThucXuLy), returnedAt: timeOf(m.NgayTra), supplements: m.DanhSachHoSoBoSung?.length ?? 0,
  }
}

const timeOf = (text: string | undefined): Date | null => readPortalTime(text) ?? null

/** The version of today; of a localised code that is not in the catalogue, that of the national one. */
async function procedureOf(db: Db, code: string, now: Date): Promise<ReportedDossier['procedure'] | undefined> {
  const found = (await getCurrentProcedure(db, code, now)) ?? (await getCurrentProcedure(db, code.split('.').slice(0, 2).join('.'), now))
  return found && { code: found.code, version: found.version }
}

/** The account here whose TechID was told; else that of the number, where the name is the same too. */
async function ownerOf(tx: Tx, client: PortalClient, m: DossierMessage): Promise<ReportedDossier['account']> {
  const node = nodeOfAgency(client.agencyCode)
  const byTechId = m.MaDoiTuong ? await accountForSubject(tx, node, m.MaDoiTuong) : undefined
  const byNumber = byTechId ? undefined : await findAccountByIdNumber(tx, m.SoGiayToChuHoSo)
  const account = byTechId ?? (byNumber && plain(byNumber.fullName) === plain(m.ChuHoSo ?? '') ? byNumber : undefined)
  return account && { id: account.id, node, subject: byTechId ? m.MaDoiTuong! : await subjectForNode(tx, account.id, node) }
}

const plain = (name: string): string => name.normalize('NFC').toLocaleLowerCase('vi').replace(/\s+/g, ' ').trim()

/** What is known here of a dossier of the asking agency (TraCuuHoSo, `maHoSo`); nothing where there is none. @throws {PortalRefusal} PARAMETER */
export async function lookUpDossier({ db, now, client, params }: PortalRequest): Promise<object[]> {
  const number = typeof params.maHoSo === 'string' ? params.maHoSo.trim() : ''
  if (!dossierNumber.test(number)) throw new PortalRefusal('PARAMETER', 'maHoSo')
  const d = await findDossierByCode(db, number)
  const isOwn = d && (d.agencyCode === client.agencyCode || d.agencyCode.startsWith(`${client.agencyCode}.`))
  if (!isOwn) return []
  const codes = await loadCodes(db, now)
  return [{
    MaHoSo: number, MaTTHC: d.procedureCode, KenhThucHien: codes.codeOf('KenhThucHien', d.channel), TrangThaiHoSo: codes.codeOf('TrangThaiHoSo', d.state), NgayNopHoSo: portalTime(d.submittedAt), NgayTiepNhan: portalTime(d.receivedAt), NgayHenTra: portalTime(d.dueAt),
    NgayKetThucXuLy: d.state === 'not-accepted' ? '' : portalTime(d.finishedAt), NgayTra: portalTime(d.returnedAt), NgayTuChoi: d.state === 'not-accepted' ? portalTime(d.finishedAt) : '',
  }]
}

/** The id by which the portal knows the owner of a number (TraCuuTechID, `mstorcmnd`): one for each asking agency, so that two of them cannot join their data by it. @throws {PortalRefusal} PARAMETER */
export async function lookUpAccount({ db, client, params }: PortalRequest): Promise<object[]> {
  const number = typeof params.mstorcmnd === 'string' ? params.mstorcmnd.trim() : ''
  if (number === '') throw new PortalRefusal('PARAMETER', 'mstorcmnd')
  const account = await findAccountByIdNumber(db, number)
  return account ? [{ TECHNICALID: await subjectForNode(db, account.id, nodeOfAgency(client.agencyCode)) }] : []
}
