import { groupBy, type Damage } from './damage.ts'
import type { Acknowledged } from './file-dossiers.ts'
import { findMessageDamage } from './find-message-damage.ts'
import type { CountryFacts, EventRow, NodeFacts } from './observe.ts'

export interface Promised { filed: readonly Acknowledged[]; accepted: readonly string[] }

/** Every way in which what the country holds differs from what people and officers were told; empty when nothing was lost, doubled or disordered. */
export function findDamage(facts: CountryFacts, promised: Promised): Damage[] {
  return [
    ...findFilingDamage(facts, promised),
    ...findMirrorDamage(facts),
    ...(['national', 'province'] as const).flatMap((node) => [...findLedgerDamage(node, facts), ...findRest(node, facts[node])]),
    ...findExchangeDamage(facts.national, facts.province, 'VN', 'H21'),
    ...findExchangeDamage(facts.province, facts.national, 'H21', 'VN'),
    ...findReceptionDamage(facts, promised),
    ...findMessageDamage(facts, promised.filed),
  ]
}

/** Each acknowledged filing once where it is handled and where it was filed, and no dossier that nobody filed. */
function findFilingDamage({ national, province }: CountryFacts, { filed }: Promised): Damage[] {
  const damages: Damage[] = []
  const promisedIds = new Set(filed.map((f) => f.id))
  if (promisedIds.size !== filed.length) damages.push({ name: 'filings-merged', about: `${filed.length} filings led to ${promisedIds.size} dossiers` })
  const handled = groupBy(province.dossiers, (d) => d.reference)
  const atOrigin = { national: groupBy(national.dossiers, (d) => d.filingKey ?? ''), province: groupBy(province.dossiers, (d) => d.filingKey ?? '') }
  for (const f of filed) {
    const found = (handled.get(f.reference) ?? []).filter((d) => d.id === f.id)
    const key = f.node === 'province' ? `api:${f.accountId}:${f.key}` : `exchange:${f.id}`
    if (found.length === 0) damages.push({ name: 'filing-lost', about: `${f.reference} (${f.key})` })
    else if (found[0]!.filingKey !== key) damages.push({ name: 'filing-key-differs', about: `${f.reference}: ${found[0]!.filingKey}` })
    const own = atOrigin[f.node].get(`api:${f.accountId}:${f.key}`) ?? []
    if (own.length !== 1 || own[0]!.id !== f.id) damages.push({ name: 'filing-lost-at-origin', about: `${f.reference}: ${own.length} at ${f.node}` })
  }
  for (const d of [...province.dossiers, ...national.dossiers]) if (!promisedIds.has(d.id)) damages.push({ name: 'filing-unknown', about: `${d.reference} (${d.filingKey}) was promised to nobody` })
  return damages
}

/** Each dossier once at the national node, in the state in which it is where it is handled. */
function findMirrorDamage({ national, province }: CountryFacts): Damage[] {
  const mirrors = groupBy(national.dossiers, (d) => d.id)
  const missing = province.dossiers.flatMap((d): Damage[] => {
    const [mirror] = mirrors.get(d.id) ?? []
    if (!mirror) return [{ name: 'mirror-missing', about: d.reference }]
    const same = mirror.reference === d.reference && mirror.state === d.state && mirror.code === d.code && mirror.eventSeq === d.eventSeq && mirror.nodeCode === d.nodeCode
    return same ? [] : [{ name: 'mirror-differs', about: `${d.reference}: ${mirror.state} ${mirror.eventSeq} instead of ${d.state} ${d.eventSeq}` }]
  })
  const handled = new Set(province.dossiers.map((d) => d.id))
  return [...missing, ...national.dossiers.filter((d) => !handled.has(d.id)).map((d) => ({ name: 'mirror-of-nothing', about: d.reference }))]
}

/** The steps of each dossier in order, from the first, each once, as many as the dossier counts. */
function findLedgerDamage(node: 'national' | 'province', facts: CountryFacts): Damage[] {
  const steps = groupBy(facts[node].events.filter((e) => e.seq !== null), (e) => e.subject)
  const known = new Set(facts[node].dossiers.map((d) => d.id))
  const strange = [...steps.keys()].filter((subject) => !known.has(subject)).map((subject) => ({ name: 'event-of-nothing', about: `${subject} at ${node}` }))
  return [...strange, ...facts[node].dossiers.flatMap((d) => findDisorder(steps.get(d.id) ?? [], d.eventSeq, `${d.reference} at ${node}`))]
}

function findDisorder(steps: readonly EventRow[], last: number, about: string): Damage[] {
  const damages: Damage[] = []
  const submitted = steps.filter((e) => e.type === 'dossier.submitted').length
  if (submitted !== 1) damages.push({ name: submitted === 0 ? 'submission-event-missing' : 'submission-event-doubled', about })
  const sequence = steps.map((e) => e.seq)
  if (sequence.some((seq, i) => i > 0 && seq! <= sequence[i - 1]!)) damages.push({ name: 'events-out-of-order', about: `${about}: ${sequence.join(', ')}` })
  else if (sequence.length !== last || sequence.some((seq, i) => seq !== i + 1)) damages.push({ name: 'events-incomplete', about: `${about}: ${sequence.join(', ')} of ${last}` })
  return damages
}

/** What one node sent to the other was handled there, each message once, and nothing else was. */
function findExchangeDamage(sender: NodeFacts, receiver: NodeFacts, from: string, to: string): Damage[] {
  const sent = sender.outbox.filter((m) => m.toNode === to)
  const received = new Map(receiver.inbox.filter((m) => m.sender === from).map((m) => [m.id, m]))
  const damages: Damage[] = sent.filter((m) => m.state !== 'delivered').map((m) => ({ name: 'message-not-delivered', about: `${m.id} to ${to} is ${m.state}` }))
  for (const m of sent) if (received.get(m.id)?.state !== 'handled') damages.push({ name: 'message-not-handled', about: `${m.id} from ${from} to ${to}` })
  const sentIds = new Set(sent.map((m) => m.id))
  for (const id of received.keys()) if (!sentIds.has(id)) damages.push({ name: 'message-never-sent', about: `${id} from ${from} to ${to}` })
  return damages
}

/** Each accepted dossier has a code, a process and a slip, once; the codes of an agency and day are 1, 2, 3 … */
function findReceptionDamage({ national, province }: CountryFacts, { accepted }: Promised): Damage[] {
  const damages: Damage[] = []
  const coded = province.dossiers.filter((d) => d.code !== null)
  const codedIds = new Set(coded.map((d) => d.id))
  for (const id of accepted) if (!codedIds.has(id)) damages.push({ name: 'acceptance-lost', about: id })
  for (const [series, dossiers] of groupBy(coded, (d) => d.code!.slice(0, d.code!.lastIndexOf('-')))) {
    const numbers = dossiers.map((d) => Number(d.code!.slice(series.length + 1))).sort((a, b) => a - b)
    if (numbers.some((n, i) => n !== i + 1)) damages.push({ name: 'codes-not-gapless', about: `${series}: ${numbers.join(', ')}` })
  }
  const given = province.runningNumbers.filter((r) => r.series.includes('/')).reduce((sum, r) => sum + r.last, 0)
  if (given !== coded.length) damages.push({ name: 'codes-not-gapless', about: `${given} numbers were given, ${coded.length} are in use` })
  const instances = groupBy(province.instances, (i) => i.subject)
  for (const d of coded) {
    const processes = instances.get(d.id)?.length ?? 0
    if (processes !== 1) damages.push({ name: 'process-not-once', about: `${d.code} has ${processes} processes` })
    damages.push(...findSlipDamage(d.id, d.code!, province, national))
  }
  return damages
}

function findSlipDamage(id: string, code: string, province: NodeFacts, national: NodeFacts): Damage[] {
  const slips = province.documents.filter((p) => p.subject === id && p.key.startsWith('slip:'))
  const copies = national.documents.filter((p) => p.subject === id && p.key.startsWith('mirror:'))
  const letters = (node: NodeFacts): number => node.events.filter((e) => e.type === 'dossier.letter_issued' && e.subject === id).length
  const counts = { slips: slips.length, told: letters(province), copies: copies.length, toldAtNational: letters(national) }
  const damages: Damage[] = []
  if (counts.slips !== 1 || counts.told !== 1) damages.push({ name: 'slip-not-once', about: `${code}: ${counts.slips} slips, ${counts.told} events` })
  if (counts.copies !== 1 || counts.toldAtNational !== 1 || copies[0]!.key !== `mirror:${slips[0]?.id}`) damages.push({ name: 'slip-copy-not-once', about: `${code}: ${counts.copies} copies, ${counts.toldAtNational} events` })
  return damages
}

function findRest(node: string, facts: NodeFacts): Damage[] {
  return [
    ...facts.figures.map((d) => ({ name: 'figures-differ', about: `${node}: ${JSON.stringify(d)}` })),
    ...facts.unfinished.map((what) => ({ name: 'work-left', about: `${node}: ${what}` })),
  ]
}
