import type { Db } from '../../../platform/db.ts'
import type { FieldError } from '../../../platform/errors.ts'
import { contentHash } from '../../../platform/canonical-json.ts'
import { procedureContentSchema, type ProcedureInput } from '../content.ts'
import type { Decision, ItemAction } from './decision.ts'
import { readFacts, type EntryFacts } from './decision.store.ts'
import { baseCodeOf, localPartSchema, ownerOfCode } from './local-part.ts'

export interface ItemInput { code: string; action: ItemAction; content?: unknown }
export interface CheckedItem { code: string; action: ItemAction; content: unknown; baseVersion: number | null; baseHash: string | null }

/** Mistakes have the code of their entry as `params.code`. */
export interface CheckedItems { items: CheckedItem[]; errors: FieldError[] }

const codePattern = /^\d\.\d{6}(\.\d{3}\.\d{2}\.\d{2}\.[GH]\d{2})?$/

/** Checks entries against the catalogue as it stands: whose they are, whether they exist, and their content. One look for all. */
export async function checkItems(db: Db, decision: Pick<Decision, 'issuer'>, inputs: readonly ItemInput[]): Promise<CheckedItems> {
  const facts = await readFacts(db, inputs.flatMap((i) => [i.code, baseCodeOf(i.code), ...membersOf(i.content)]))
  const items: CheckedItem[] = []
  const errors: FieldError[] = []
  for (const input of inputs) {
    const checked = checkItem(decision.issuer, input, facts)
    if ('errors' in checked) errors.push(...checked.errors.map((e) => ({ ...e, params: { code: input.code, ...e.params } })))
    else items.push(checked)
  }
  return { items, errors }
}

type Checked = CheckedItem | { errors: FieldError[] }
const wrong = (field: string, key: string, params?: Record<string, string | number>): Checked => ({ errors: [{ field, key, ...(params ? { params } : {}) }] })

function checkItem(issuer: string, { code, action, content }: ItemInput, facts: ReadonlyMap<string, EntryFacts>): Checked {
  if (!codePattern.test(code)) return wrong('code', 'catalogue.decisions.item.codeWrong')
  const owner = ownerOfCode(code)
  if (owner ? owner !== issuer : issuer.startsWith('H')) return wrong('code', 'catalogue.decisions.item.codeOther', { issuer })
  const entry = facts.get(code)
  if (entry?.isAbolished) return wrong('code', 'catalogue.decisions.item.abolished')
  if (action === 'localise') return checkLocal(issuer, code, content, facts.get(baseCodeOf(code)))
  if (owner && facts.has(baseCodeOf(code))) return wrong('code', 'catalogue.decisions.item.isCopy')
  if (action === 'link') return checkLink(issuer, { code, action, content }, entry, facts)
  if (action === 'create') return entry ? wrong('code', 'catalogue.decisions.item.exists') : checkContent(issuer, { code, action, content }, undefined)
  if (!entry) return wrong('code', 'catalogue.decisions.item.unknown')
  if (entry.owner !== null && entry.owner !== issuer) return wrong('code', 'catalogue.decisions.item.ownerOther', { owner: entry.owner })
  if (action === 'abolish') return { code, action, content: null, baseVersion: entry.version, baseHash: entry.hash }
  return checkContent(issuer, { code, action, content }, entry)
}

function checkContent(issuer: string, { code, action, content }: ItemInput, entry: EntryFacts | undefined): Checked {
  const parsed = procedureContentSchema.safeParse(content)
  if (!parsed.success) return contentMistakes(parsed.error.issues)
  if (parsed.data.code !== code) return wrong('content', 'catalogue.decisions.item.codeDiffers')
  if (parsed.data.owner?.code !== undefined && parsed.data.owner.code !== issuer) return wrong('content', 'catalogue.decisions.item.ownerOther', { owner: parsed.data.owner.code })
  if ((action === 'link') !== (parsed.data.linked !== undefined)) return wrong('content', action === 'link' ? 'catalogue.decisions.item.membersMissing' : 'catalogue.decisions.item.isLink')
  if (entry && contentHash(parsed.data) === entry.hash) return wrong('content', 'catalogue.decisions.item.unchanged')
  return { code, action, content: parsed.data, baseVersion: entry?.version ?? null, baseHash: entry?.hash ?? null }
}

/** A group is new or amended; its members are in force, and each comes after those on which it depends: so no circle. */
function checkLink(issuer: string, input: ItemInput, entry: EntryFacts | undefined, facts: ReadonlyMap<string, EntryFacts>): Checked {
  if (entry && entry.owner !== null && entry.owner !== issuer) return wrong('code', 'catalogue.decisions.item.ownerOther', { owner: entry.owner })
  const checked = checkContent(issuer, input, entry)
  if ('errors' in checked) return checked
  const seen = new Set<string>()
  for (const { code, after } of (checked.content as ProcedureInput).linked!.members) {
    const member = facts.get(code)
    if (!member || member.isAbolished || code === input.code) return wrong('content', 'catalogue.decisions.item.memberUnknown', { member: code })
    if (seen.has(code)) return wrong('content', 'catalogue.decisions.item.memberTwice', { member: code })
    const early = after.find((one) => !seen.has(one))
    if (early) return wrong('content', 'catalogue.decisions.item.memberOrder', { member: code, after: early })
    seen.add(code)
  }
  return checked
}

/** Codes that a content names as members of its group, before it is known to be well formed. */
function membersOf(content: unknown): string[] {
  const members = (content as { linked?: { members?: unknown } } | null | undefined)?.linked?.members
  return Array.isArray(members) ? members.flatMap((m: { code?: unknown }) => (typeof m?.code === 'string' ? [m.code] : [])) : []
}

function checkLocal(issuer: string, code: string, content: unknown, original: EntryFacts | undefined): Checked {
  if (!issuer.startsWith('H') || ownerOfCode(code) !== issuer) return wrong('code', 'catalogue.decisions.item.codeOther', { issuer })
  if (!original) return wrong('code', 'catalogue.decisions.item.noOriginal')
  if (original.isAbolished) return wrong('code', 'catalogue.decisions.item.abolished')
  const parsed = localPartSchema.safeParse(content ?? {})
  if (!parsed.success) return contentMistakes(parsed.error.issues)
  const strange = (parsed.data.methods ?? []).find((m) => !original.channels.includes(m.channel))
  if (strange) return wrong('content', 'catalogue.decisions.item.channelUnknown', { channel: strange.channel })
  return { code, action: 'localise', content: parsed.data, baseVersion: original.version, baseHash: original.hash }
}

function contentMistakes(issues: readonly { path: readonly PropertyKey[]; message: string }[]): Checked {
  return { errors: issues.slice(0, 8).map((i) => ({ field: 'content', key: 'catalogue.decisions.item.contentWrong', params: { where: i.path.join('.') || '–', what: i.message } })) }
}
