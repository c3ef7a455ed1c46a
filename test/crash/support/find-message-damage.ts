import { groupBy, type Damage } from './damage.ts'
import type { Acknowledged } from './file-dossiers.ts'
import type { CountryFacts } from './observe.ts'

/** Each acknowledged filing was told to its owner by one text message, and no message came twice. */
export function findMessageDamage(facts: CountryFacts, filed: readonly Acknowledged[]): Damage[] {
  const damages: Damage[] = []
  const sms = facts.gateway.filter((m) => m.channel === 'sms')
  for (const [key, twice] of groupBy(sms, (m) => m.key ?? m.id)) if (twice.length > 1) damages.push({ name: 'told-twice', about: `message ${key} arrived ${twice.length} times` })
  for (const twice of groupBy(sms, (m) => `${m.to} ${m.text}`).values()) if (twice.length > 1) damages.push({ name: 'told-twice', about: `${twice.length} messages to ${twice[0]!.to} say the same` })
  const arrived = new Map(sms.map((m) => [m.key, m]))
  for (const node of ['national', 'province'] as const) {
    const submissions = groupBy(facts[node].events.filter((e) => e.type === 'dossier.submitted'), (e) => e.subject)
    const messages = new Map(facts[node].messages.map((m) => [m.key, m]))
    for (const f of filed.filter((filing) => filing.node === node)) {
      const told = (submissions.get(f.id) ?? []).flatMap((e) => messages.get(`sms:dossier-submitted:dossier.submitted:${e.position}`) ?? [])
      const received = told.filter((m) => m.state === 'delivered' && arrived.get(m.id)?.to === f.phone && arrived.get(m.id)?.text.includes(f.id))
      if (received.length === 0) damages.push({ name: 'not-told', about: `${f.reference}: ${told.map((m) => m.state).join(', ') || 'no message'}` })
      if (told.length > 1) damages.push({ name: 'told-twice', about: `${f.reference} has ${told.length} messages` })
    }
  }
  return damages
}
