import type { Tx } from '../../platform/db.ts'
import { systemCtx, type Ctx } from '../../platform/ctx.ts'
import type { LedgerEvent } from '../../platform/ledger-event.ts'
import type { Follower } from '../../platform/module.ts'
import type { Node } from '../../platform/node.ts'
import { findDocument } from '../documents/index.ts'
import { loadCalendar, type Step } from '../calendar/index.ts'
import { sendMany } from '../exchange/index.ts'
import type { Dossier, DossierFacts } from './dossier.ts'
import { readClockFacts } from './clock/clock.store.ts'
import { stepsOf } from './clock/explain-due.ts'
import { clockEvents, edges, transferEvent } from './dossier-states.ts'
import { listPaymentRequests } from './payment/payment.store.ts'
import { findDossiers, findReason, listSupplementRequests, type SupplementRequest } from './dossiers.store.ts'
import { toldNodes } from './told-nodes.ts'

export const stepEvents: readonly string[] = ['dossier.submitted', ...new Set(Object.values(edges).map((e) => e.event)), ...clockEvents, transferEvent]
/** After these the explanation of the date is another. */
const storied: ReadonlySet<string> = new Set([...clockEvents, ...Object.values(edges).filter((e) => e.clock === 'start' || e.clock === 'stop' || e.clock === 'resume').map((e) => e.event)])

/** What a handling node tells the national node and the node of filing about one step. */
export interface EventMessage {
  type: string
  at: string
  facts: DossierFacts
  returnWay: string
  owner: { node: string; subject: string } | null
  supplement: Omit<SupplementRequest, 'requestedAt' | 'answeredAt' | 'requestedBy' | 'answer'> | null
  reason: string | null
  /** What the applicant must pay; absent in messages of older nodes. */
  payment?: { id: string; name: string; amount: number; basis: string } | null
  /** How the date came about, where it is another than before; absent in messages of older nodes. */
  clock?: readonly Step[] | null
}

export interface LetterMessage { documentId: string; kind: string; title: string; number: string | null; signedAt: string | null; fileName: string; bytes: string; /** The paper whose place it takes, and why. */ replaces?: { documentId: string; reason: string } }

/** Steps whose written ground the owner reads, wherever he filed. */
export const reasonOfEvent: Readonly<Record<string, string>> = { [edges.refuse.event]: 'refuse', [transferEvent]: 'transfer', [edges['decline-withdrawal'].event]: 'decline-withdrawal' }

const helping = 25

/** Sends every step and every letter of the dossiers handled here up to the national node and to the node of filing. */
export function dossierFeed(node: Node): Follower {
  const own = node.config.code
  return {
    name: 'dossiers.feed',
    title: 'dossiers.follower.feed',
    types: [...stepEvents, 'dossier.letter_issued'],
    async handle(tx, events) {
      const ctx = systemCtx(node, 'dossiers.feed')
      const told = events.filter((e) => e.data.node === own && !e.data.mirrored)
      const dossiers = new Map((await findDossiers(tx, told.map((e) => e.subject))).map((d) => [d.id, d]))
      const stories = await readStories(tx, node, told.filter((e) => storied.has(e.type)).flatMap((e) => dossiers.get(e.subject) ?? []))
      // In helpings, since letters carry their bytes and hundreds of them at once would fill the memory.
      for (let from = 0; from < told.length; from += helping) {
        const messages = await Promise.all(told.slice(from, from + helping).map(async (event) => {
          const payload = await messageOf(tx, ctx, event, dossiers.get(event.subject), stories)
          return payload ? toldNodes(node, event.data.origin as string).map((to) => ({ to, subject: event.subject, ...payload })) : []
        }))
        await sendMany(tx, ctx, messages.flat())
      }
    },
  }
}

/** The message about one event, the same for every node that is told. */
async function messageOf(tx: Tx, ctx: Ctx, event: LedgerEvent, dossier: Dossier | undefined, stories: ReadonlyMap<string, readonly Step[]>): Promise<{ service: string; payload: unknown } | undefined> {
  if (event.type === 'dossier.letter_issued') {
    const letter = await letterOf(tx, ctx, event)
    return letter && { service: 'dossier.letter', payload: letter }
  }
  if (!dossier) return undefined
  const asked = event.type === edges['request-supplement'].event ? (await listSupplementRequests(tx, dossier.id)).at(-1) : undefined
  const due = event.type === edges['request-payment'].event ? (await listPaymentRequests(tx, dossier.id)).at(-1) : undefined
  const payload: EventMessage = {
    type: event.type, at: event.at.toISOString(), facts: factsAlone(event.data as DossierFacts & OwnMatters), returnWay: dossier.returnWay,
    owner: dossier.ownerNode && dossier.ownerSubject ? { node: dossier.ownerNode, subject: dossier.ownerSubject } : null,
    supplement: asked ? { id: asked.id, reason: asked.reason, items: asked.items } : null,
    payment: due ? { id: due.id, name: due.name, amount: due.amount, basis: due.basis } : null,
    reason: event.type in reasonOfEvent ? (await findReason(tx, dossier.id, reasonOfEvent[event.type]!)) ?? null : null,
    clock: storied.has(event.type) ? stories.get(dossier.id) ?? null : null,
  }
  return { service: 'dossier.event', payload }
}

/** The explanations of many dates, from one reading. */
async function readStories(tx: Tx, node: Node, dossiers: readonly Dossier[]): Promise<Map<string, readonly Step[]>> {
  if (dossiers.length === 0) return new Map()
  const calendar = await loadCalendar(node.db, tx)
  const facts = await readClockFacts(tx, [...new Set(dossiers)])
  return new Map(dossiers.flatMap((d) => (facts.has(d.id) ? [[d.id, stepsOf(calendar, d, facts.get(d.id)!)] as const] : [])))
}

interface OwnMatters { inPlaceOf?: string; provedAt?: string; from?: string }

/** Who stood in for whom, when the signer proved himself, and which agency had it before, are the handling node's own matters. */
function factsAlone({ inPlaceOf: _, provedAt: __, from: ___, ...facts }: DossierFacts & OwnMatters): DossierFacts {
  return facts
}

async function letterOf(tx: Tx, ctx: Ctx, event: LedgerEvent): Promise<LetterMessage | undefined> {
  const document = await findDocument(tx, String(event.data.documentId))
  if (!document?.fileId) return undefined
  const bytes = (await ctx.node.files.get(document.fileId)).toString('base64')
  const old = typeof event.data.replaces === 'string' ? await findDocument(tx, event.data.replaces) : undefined
  return { ...(old ? { replaces: { documentId: old.id, reason: old.revokedReason ?? '' } } : {}), documentId: document.id, kind: document.kind, title: document.title, number: document.number ?? null, signedAt: document.signedAt?.toISOString() ?? null, fileName: document.fileName, bytes }
}
