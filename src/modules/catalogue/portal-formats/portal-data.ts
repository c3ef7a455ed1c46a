import type { Db } from '../../../platform/db.ts'
import { civilDate } from '../../../platform/i18n.ts'
import { listAgencies, listCommunes, listProvinces, unitsOnDate } from '../../organisations/index.ts'
import { subjects, type ProcedureInput } from '../content.ts'
import { subjectNames } from '../open-data/cpsv-ap-things.ts'
import { readExportedVersion } from '../open-data/read-export.ts'
import { findCurrentRow } from '../procedure.store.ts'
import { countries } from './countries.ts'
import type { PortalClient } from './portal-client.store.ts'
import { levelNames } from './procedure-message.ts'
import { PortalRefusal } from './portal-errors.ts'
import { writeListed, writeProcedure } from './write-procedure.ts'

export interface PortalRequest { db: Db; now: Date; client: PortalClient; params: Readonly<Record<string, unknown>> }
export type PortalService = (request: PortalRequest) => Promise<object[]> | object[]

const text = (value: unknown): string => (typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '')

/** What systems of agencies may pull, by the names of the national portal. */
const portalServices: Readonly<Record<string, PortalService>> = {
  LayDanhSachTTHC: async ({ db, now }) => await listProcedures(db, civilDate(now)),
  LayThuTuc: async ({ db, now, params }) => [await oneProcedure(db, civilDate(now), text(params.maTTHC))],
  LayDanhMucCoQuan: async ({ db, now }) => (await listAgencies(db, { at: now })).map((a) => ({ MADONVI: a.code, TENDONVI: a.nameVi, CAPDONVI: levelNames[a.level][0] })),
  LayDanhMucLinhVuc: async ({ db, now }) => await db<{ MALINHVUC: string; TENLINHVUC: string; MANGANH: string }[]>`
    SELECT s.code AS "MALINHVUC", s.name_vi AS "TENLINHVUC", coalesce(s.ministry_code, '') AS "MANGANH" FROM catalogue.sector s WHERE s.valid_to IS NULL OR s.valid_to > ${civilDate(now)} ORDER BY s.code`,
  LayDanhMucTinhThanh: async ({ db, now }) => (await listProvinces(db, now)).map((p) => ({ MATINHTHANH: p.code, TENTINHTHANH: p.fullName })),
  // There are no districts since 1 July 2025: an empty list, so that older clients go on.
  LayDanhMucQuanHuyen: () => [],
  LayDanhMucPhuongXa: async ({ db, now, params }) => {
    const province = text(params.maTinhThanh)
    const communes = province ? await listCommunes(db, province, now) : (await unitsOnDate(db, now)).filter((u) => u.level === 'commune')
    return communes.map((c) => ({ MAPHUONGXA: c.code, TENPHUONGXA: c.fullName, MATINHTHANH: c.parentCode ?? '' }))
  },
  LayDanhMucQuocGia: () => countries().map(([code, name]) => ({ MAQUOCGIA: code, TENQUOCGIA: name })),
  LayDanhMucGioiTinh: () => [{ MAGIOITINH: '1', TENGIOITINH: 'Nam' }, { MAGIOITINH: '2', TENGIOITINH: 'Nữ' }],
  LayDanhMucDoiTuong: () => subjects.map((s, i) => ({ MADOITUONG: String(i + 1), TENDOITUONG: subjectNames[s].vi })),
  LayDanhMucCapThucHien: () => Object.values(levelNames).map(([code, name]) => ({ CAPTHUCHIEN: code, TENCAP: name })),
}

const more = new Map<string, PortalService>()

/** A module above this one answers a service of the national portal too: dossiers are not this module's. */
export function providePortalServices(services: Readonly<Record<string, PortalService>>): void {
  for (const [name, service] of Object.entries(services)) more.set(name, service)
}

export const findPortalService = (name: string): PortalService | undefined => (Object.hasOwn(portalServices, name) ? portalServices[name] : more.get(name))
export const portalServiceNames = (): string[] => [...Object.keys(portalServices), ...more.keys()]

type Listed = Pick<ProcedureInput, 'code' | 'name' | 'owner' | 'sector' | 'levels'> & { version: number; decisionNumber: string | null }

/** Every procedure in force, by code. The heads only: contents of thousands would be tens of megabytes. */
async function listProcedures(db: Db, today: string): Promise<object[]> {
  const rows = await db<Listed[]>`
    SELECT v.code, v.version, v.decision_number AS "decisionNumber", v.content->'name' AS name, v.content->'owner' AS owner, v.content->'sector' AS sector, v.content->'levels' AS levels
    FROM catalogue.procedure_version v LEFT JOIN catalogue.procedure p ON p.code = v.code
    WHERE v.valid_from <= ${today} AND (v.valid_to IS NULL OR v.valid_to > ${today}) AND (p.abolished_on IS NULL OR p.abolished_on > ${today}) ORDER BY v.code`
  return rows.map((row) => writeListed(row, { version: row.version, decisionNumber: row.decisionNumber, inForce: true }))
}

async function oneProcedure(db: Db, today: string, code: string): Promise<object> {
  if (code === '') throw new PortalRefusal('PARAMETER', 'maTTHC')
  const head = await findCurrentRow(db, code, today)
  const row = head && (await readExportedVersion(db, code, head.version, today))
  if (!row) throw new PortalRefusal('NOT_FOUND', code.slice(0, 40))
  return writeProcedure(row.content, { version: row.version, decisionNumber: row.decisionNumber, inForce: row.status === 'in-force' })
}
