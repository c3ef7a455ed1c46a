import type { Db } from '../../platform/db.ts'
import { civilDate } from '../../platform/i18n.ts'
import { compileForm, type Form } from './compile-form.ts'
import { errors } from './forms.errors.ts'
import { findCurrentVersion, findVersion, type FormVersion } from './forms.store.ts'

/** Forms by the hash of their content: the same definition is compiled once per process, whatever database it came from. */
const compiled = new Map<string, Form>()
/** What each pool answered: a given version for good, "the current one" for a moment. */
const known = new WeakMap<object, Map<string, { form: Form; until: number }>>()
const currentForMs = 2_000

/**
 * A form ready to use: the given version, or without one the version that new drafts get today. Kept in memory; a newly published current
 * version is seen within two seconds. Inside a transaction it always looks, so that an act sees what it published.
 */
export async function findForm(db: Db, key: string, version?: number): Promise<Form | undefined> {
  const cache = 'savepoint' in db ? undefined : cacheOf(db)
  const name = `${key}@${version ?? 'current'}`
  const kept = cache?.get(name)
  if (kept && kept.until > performance.now()) return kept.form
  const row = version === undefined ? await findCurrentVersion(db, key, civilDate(new Date())) : await findVersion(db, key, version)
  if (!row) return undefined
  const form = ready(row)
  cache?.set(name, { form, until: version === undefined ? performance.now() + currentForMs : Infinity })
  return form
}

/** @throws FORM_NOT_FOUND */
export async function getForm(db: Db, key: string, version?: number): Promise<Form> {
  const form = await findForm(db, key, version)
  if (!form) throw errors.FORM_NOT_FOUND()
  return form
}

function ready(row: FormVersion): Form {
  const form = compiled.get(row.hash) ?? compileForm(row.definition)
  compiled.set(row.hash, form)
  return form
}

function cacheOf(db: Db): Map<string, { form: Form; until: number }> {
  const cache = known.get(db) ?? new Map<string, { form: Form; until: number }>()
  known.set(db, cache)
  return cache
}
