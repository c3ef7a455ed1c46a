import { z } from 'zod'
import { datedTable } from '../../../platform/dated-table.ts'
import type { Db } from '../../../platform/db.ts'
import { administrativeUnitTable, agencyKinds, agencyLevels, agencyTable, isUnitName, listAgencies, nodeOfAgency, provinceOf } from '../../organisations/index.ts'
import { listNames, type EntryFacts, type ListColumn, type ListName, type SharedList } from './list-definition.ts'

const limit = 1200
const text = z.string().trim().min(1).max(limit)
const optional = z.string().trim().max(limit).nullable().transform((value) => value || null)
const oneOf = (choices: readonly string[]) => z.enum(choices as [string, ...string[]])
const agencyCode = z.string().regex(/^[GH]\d{2}(\.\d{2,3})*$/)
const procedureCode = z.string().regex(/^\d\.\d{6}(\.\d{3}\.\d{2}\.\d{2}\.[GH]\d{2})?$/)
const unitCode = z.string().regex(/^\d{2,5}$/)
const orNone = (schema: z.ZodType<string>) => z.preprocess((value) => value || null, schema.nullable())

const nameVi: ListColumn = { field: 'nameVi', schema: text, shown: true }
const nameEn: ListColumn = { field: 'nameEn', schema: optional }
const owner: ListColumn = { field: 'ownerCode', schema: agencyCode, refers: 'agency', shown: true }
const source: ListColumn = { field: 'source', schema: optional }
const choice = (field: string, choices: readonly string[], shown = false): ListColumn => ({ field, schema: oneOf(choices), choices, shown })

const owned = (_db: Db, _key: string, values: Readonly<Record<string, string | null>>): Promise<EntryFacts> => Promise.resolve({ owner: values.ownerCode ?? null, province: null })
const nobodys = (): Promise<EntryFacts> => Promise.resolve({ owner: null, province: null })
const named = { nameVi: 'name_vi', nameEn: 'name_en' }

/** Who answers for a unit: the People's Committee of its province. */
async function factsOfUnit(db: Db, key: string, parent: string | null): Promise<EntryFacts> {
  const at = new Date()
  const province = key.length === 2 ? key : await provinceOf(db, parent ?? key, at)
  const [committee] = province ? await listAgencies(db, { kind: 'peoples-committee', level: 'province', administrativeUnitCode: province, at }) : []
  return { owner: committee?.code ?? null, province: null }
}

async function factsOfResult(db: Db, key: string, procedure: string | null, ownerCode: string | null): Promise<EntryFacts> {
  const [row] = procedure ? await db<{ owner: string | null }[]>`SELECT owner_code AS owner FROM catalogue.procedure WHERE code = ${procedure}` : []
  return { owner: ownerCode ?? fromCode(key), province: row?.owner?.startsWith('H') ? nodeOfAgency(row.owner) : null }
}

/** A service is declared only after its onboarding, which rests on an approved re-engineering (S4 art. 26 and 27). */
async function onboarded(db: Db, key: string): Promise<{ field: string; key: string } | undefined> {
  const cases = await db`SELECT 1 FROM catalogue.onboarding WHERE service_code = ${key} AND state = 'confirmed'`
  return cases.length > 0 ? undefined : { field: 'key', key: 'catalogue.lists.invalid.notOnboarded' }
}

/** 'KQ.G15.000031' names its agency itself. */
const fromCode = (key: string): string | null => /^KQ\.([GH]\d{2})\./.exec(key)?.[1] ?? null

const definitions: Record<ListName, Omit<SharedList, 'name'>> = {
  procedures: {
    clause: 1, changedBy: 'decision', keyPattern: /^\d\.\d{6}/, facts: owned,
    columns: [nameVi, nameEn, { field: 'sectorCode', schema: optional }, { ...owner, schema: optional }, choice('onlineLevel', ['full', 'partial', 'none'], true)],
    table: datedTable({ table: 'catalogue.procedure_entry', periods: 'one', searched: ['nameVi', 'nameEn'], columns: { ...named, sectorCode: 'sector_code', ownerCode: 'owner_code', onlineLevel: 'online_level' } }),
  },
  'online-services': {
    clause: 2, changedBy: 'act', keyPattern: /^\d\.\d{6}(\.\d{3}\.\d{2}\.\d{2}\.[GH]\d{2})?\.\d{2}$/, facts: owned,
    columns: [nameVi, nameEn, { field: 'procedureCode', schema: procedureCode, refers: 'procedure' }, choice('onlineLevel', ['full', 'partial'], true), owner],
    check: (key, { procedureCode: procedure }) => (procedure && !key.startsWith(`${procedure}.`) ? { field: 'procedureCode', key: 'catalogue.lists.invalid.notOfProcedure' } : undefined),
    admits: onboarded,
    table: datedTable({ table: 'catalogue.online_service', periods: 'many', searched: ['nameVi', 'nameEn'], columns: { ...named, procedureCode: 'procedure_code', onlineLevel: 'online_level', ownerCode: 'owner_code' } }),
  },
  agencies: {
    clause: 3, changedBy: 'act', keyPattern: /^(?=.{3,35}$)[GH]\d{2}(\.\d{2,3})*$/, facts: (_db, key) => Promise.resolve({ owner: key, province: null }),
    columns: [nameVi, { ...nameEn, schema: text }, choice('kind', agencyKinds, true), choice('level', agencyLevels), { field: 'parentCode', schema: orNone(agencyCode), refers: 'agency' }, { field: 'unitCode', schema: orNone(unitCode), refers: 'unit' }],
    check: (key, { parentCode }) => ((parentCode ?? '') === key.split('.').slice(0, -1).join('.') || (parentCode && key.startsWith(`${parentCode}.`)) ? undefined : { field: 'parentCode', key: 'catalogue.lists.invalid.notBelowParent' }),
    table: agencyTable,
  },
  'administrative-units': {
    clause: 4, changedBy: 'act', keyPattern: /^(\d{2}|\d{5})$/, facts: (db, key, values) => factsOfUnit(db, key, values.parentCode ?? null),
    columns: [{ field: 'fullName', schema: text, shown: true }, { field: 'parentCode', schema: orNone(unitCode), refers: 'unit', shown: true }],
    check: (key, { fullName, parentCode }) => (!isUnitName(key, fullName ?? '') ? { field: 'fullName', key: 'catalogue.lists.invalid.unitName' } : (key.length === 5) !== Boolean(parentCode) ? { field: 'parentCode', key: 'catalogue.lists.invalid.unitParent' } : undefined),
    table: administrativeUnitTable,
  },
  sectors: {
    clause: 5, changedBy: 'act', keyPattern: /^[\w.-]{2,90}$/, waits: true, facts: owned,
    columns: [nameVi, nameEn, owner],
    table: datedTable({ table: 'catalogue.sector', periods: 'one', searched: ['nameVi', 'nameEn'], columns: { ...named, ownerCode: 'ministry_code' } }),
  },
  'result-types': {
    clause: 6, changedBy: 'act', keyPattern: /^KQ(\d{4}|\.[GH]\d{2}\.\d{6})$/, waits: true, facts: (db, key, values) => factsOfResult(db, key, values.procedureCode ?? null, values.ownerCode ?? null),
    columns: [nameVi, nameEn, owner, { field: 'procedureCode', schema: orNone(procedureCode), refers: 'procedure' }, source],
    table: datedTable({ table: 'catalogue.document_type', periods: 'one', searched: ['nameVi', 'nameEn'], columns: { ...named, ownerCode: 'owner_code', procedureCode: 'procedure_code', source: 'source' } }),
  },
  accounts: {
    clause: 7, changedBy: 'act', keyPattern: /^[A-Z0-9]{2,12}-[0-9.]{4,30}$/, facts: owned,
    columns: [nameVi, choice('accountKind', ['treasury', 'commercial'], true), { field: 'holder', schema: text }, { field: 'institution', schema: text, shown: true }, owner],
    table: datedTable({ table: 'catalogue.collection_account', periods: 'many', searched: ['nameVi', 'holder', 'institution'], columns: { nameVi: 'name_vi', accountKind: 'kind', holder: 'holder', institution: 'institution', ownerCode: 'owner_code' } }),
  },
  'revenue-types': {
    clause: 8, changedBy: 'act', keyPattern: /^\d{4}(\.\d{2})?$/, facts: nobodys,
    columns: [nameVi, nameEn, { field: 'section', schema: optional, shown: true }, source],
    table: datedTable({ table: 'catalogue.revenue_type', periods: 'many', searched: ['nameVi', 'nameEn', 'section'], columns: { ...named, section: 'section', source: 'source' } }),
  },
  'payment-providers': {
    clause: 9, changedBy: 'act', keyPattern: /^(\d{6}|[A-Z][A-Z0-9]{1,11})$/, facts: nobodys,
    columns: [nameVi, { field: 'shortName', schema: text, shown: true }, choice('providerKind', ['bank', 'intermediary'], true), { field: 'swiftCode', schema: orNone(z.string().regex(/^[A-Z0-9]{8}([A-Z0-9]{3})?$/)) }],
    table: datedTable({ table: 'catalogue.payment_provider', periods: 'many', searched: ['nameVi', 'shortName'], columns: { nameVi: 'name_vi', shortName: 'short_name', providerKind: 'kind', swiftCode: 'swift_code' } }),
  },
  'master-data': {
    clause: null, changedBy: 'act', keyPattern: /^DC\d{4}$/, facts: nobodys,
    columns: [nameVi, nameEn, choice('subject', ['person', 'organisation'], true), source],
    table: datedTable({ table: 'catalogue.master_data_code', periods: 'many', searched: ['nameVi', 'nameEn'], columns: { ...named, subject: 'subject', source: 'source' } }),
  },
}

export const sharedLists: readonly SharedList[] = listNames.map((name) => ({ name, ...definitions[name] }))

export const findList = (name: string): SharedList | undefined => sharedLists.find((list) => list.name === name)
