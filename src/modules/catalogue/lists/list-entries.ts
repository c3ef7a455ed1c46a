import type { Db } from '../../../platform/db.ts'
import { errors } from '../catalogue.errors.ts'
import { findList } from './list-definitions.ts'

/** The entries of a shared catalogue that are valid on a day ('YYYY-MM-DD'), by code, with their names. @throws LIST_NOT_FOUND */
export async function listEntries(db: Db, name: string, day: string): Promise<{ key: string; name: { vi: string; en: string } }[]> {
  const list = findList(name)
  if (!list) throw errors.LIST_NOT_FOUND()
  const entries = await list.table.all(db, day)
  return entries.filter((e) => e.state === 'valid').map(({ key, values }) => {
    const vi = values.nameVi ?? values.fullName ?? key
    return { key, name: { vi, en: values.nameEn ?? vi } }
  })
}
