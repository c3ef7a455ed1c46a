import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { root } from '../../platform/root.ts'
import type { Tx } from '../../platform/db.ts'
import { sha256 } from '../../platform/ids.ts'
import { publicChanged } from '../../platform/public-state.ts'
import { levelOfCode, partName } from './administrative-unit.ts'

const reform = '2025-07-01'
const bytes = (name: string): Buffer => readFileSync(join(root, 'src/modules/organisations/data', name))
const rows = (gz: Buffer): string[][] => gunzipSync(gz).toString('utf8').replace(/\n$/, '').split('\n').map((line) => line.split('\t'))

/** Loads the shipped tables of administrative units unless this edition is loaded already. Takes well under a second. */
export async function loadUnits(tx: Tx): Promise<boolean> {
  const units = bytes('administrative-units.tsv.gz')
  const successions = bytes('successions.tsv.gz')
  if (!(await isNewEdition(tx, 'administrative-units', sha256(Buffer.concat([units, successions])).toString('hex')))) return false
  await loadUnitRows(tx, rows(units))
  await loadSuccessionRows(tx, rows(successions))
  return true
}

/** True, and noted, when the table of that name was never loaded or in another edition. */
export async function isNewEdition(tx: Tx, name: string, hash: string): Promise<boolean> {
  const changed = await tx`
    INSERT INTO organisations.reference_table (name, hash) VALUES (${name}, ${hash})
    ON CONFLICT (name) DO UPDATE SET hash = excluded.hash, loaded_at = now() WHERE reference_table.hash <> excluded.hash RETURNING 1`
  if (changed.length > 0) publicChanged(tx)
  return changed.length > 0
}

async function loadUnitRows(tx: Tx, table: string[][]): Promise<void> {
  const parted = table.map(([code, fullName]) => partName(code!, fullName!))
  await tx`
    INSERT INTO organisations.administrative_unit (code, full_name, parent_code, valid_from, valid_to, level, type, name)
    SELECT code, full_name, nullif(parent, ''), coalesce(nullif(valid_from, ''), '-infinity')::date, nullif(valid_to, '')::date, level, type, name
    FROM unnest(${table.map((r) => r[0]!)}::text[], ${table.map((r) => r[1]!)}::text[], ${table.map((r) => r[2]!)}::text[], ${table.map((r) => r[3]!)}::text[],
      ${table.map((r) => r[4]!)}::text[], ${table.map((r) => levelOfCode(r[0]!))}::text[], ${parted.map((p) => p.type)}::text[], ${parted.map((p) => p.name)}::text[])
      AS u (code, full_name, parent, valid_from, valid_to, level, type, name)
    ON CONFLICT (code, valid_from) DO UPDATE SET full_name = excluded.full_name, name = excluded.name, type = excluded.type, parent_code = excluded.parent_code, valid_to = excluded.valid_to WHERE NOT administrative_unit.edited`
}

async function loadSuccessionRows(tx: Tx, table: string[][]): Promise<void> {
  const level = table.map(([, code]) => (code!.length === 2 ? 'province' : 'commune'))
  await tx`
    INSERT INTO organisations.administrative_unit_succession (old_code, new_code, whole, level, happened_on)
    SELECT old_code, new_code, bool_or(whole = '1'), level, ${reform}::date
    FROM unnest(${table.map((r) => r[0]!)}::text[], ${table.map((r) => r[1]!)}::text[], ${table.map((r) => r[2]!)}::text[], ${level}::text[]) AS s (old_code, new_code, whole, level)
    GROUP BY old_code, new_code, level
    ON CONFLICT (old_code, new_code, level, happened_on) DO UPDATE SET whole = excluded.whole`
}
