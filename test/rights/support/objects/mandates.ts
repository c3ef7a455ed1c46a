import { learnMandates } from '../../../../src/modules/identity/index.ts'
import { acceptMandate } from '../../../../src/modules/identity/mandates/accept-mandate.ts'
import { insertMandateDraft, type DraftAnswers } from '../../../../src/modules/identity/mandates/mandate-drafts.store.ts'
import { insertMandate, keepWard } from '../../../../src/modules/identity/mandates/mandates.store.ts'
import { offerMandate } from '../../../../src/modules/identity/mandates/offer-mandate.ts'
import { recogniseOrganisation } from '../../../../src/modules/identity/mandates/recognise-organisation.ts'
import type { ActingRight } from '../../../../src/modules/identity/mandates/mandate.ts'
import type { Side as Party } from '../../../../src/modules/identity/mandates/mandate.ts'
import { systemCtx, transact } from '../../../../src/platform/ctx.ts'
import { civilDate } from '../../../../src/platform/i18n.ts'
import { newId } from '../../../../src/platform/ids.ts'
import type { Node } from '../../../../src/platform/node.ts'
import { idOf, markers, type Seat, type Side } from '../seats.ts'
import type { House } from '../house.ts'
import { idNumber, next, person, thirdPerson, type Make, type MakeFor, type PersonCtx } from './made.ts'

interface Terms { rights: readonly ActingRight[]; procedure?: string }

/** Mandates in force: at the national node as rows of its own, at a province as the national node told at a log-in. Whoever was named before and is not now no longer acts. */
export async function giveMandate(node: Node, { acting, represented }: { acting: string; represented: Seat }, given: readonly Terms[]): Promise<string[]> {
  const ids = given.map(() => newId())
  const ctx = systemCtx(node, 'test')
  const [starts, ends] = [new Date('2026-01-01T00:00:00Z'), new Date(Date.now() + 86_400_000 * 30)]
  const actor = represented.ctx.actor as PersonCtx['actor']
  if (node.config.kind === 'local') {
    const claims = given.map(({ rights, procedure }, i) => ({ id: ids[i]!, kind: 'person', represented: { kind: 'person', subject: actor.subject, name: actor.name, facts: {} }, scope: procedure ? 'procedures' : 'all', codes: procedure ? [procedure] : [], rights, from: starts.toISOString(), to: ends.toISOString() }))
    await transact(ctx, (tx) => learnMandates(tx, acting, claims, ctx.now))
    return ids
  }
  await transact(ctx, async (tx) => {
    for (const [i, { rights, procedure }] of given.entries()) {
      await insertMandate(tx, {
        id: ids[i]!, kind: 'person', actingAccountId: acting, representedAccountId: actor.id, organisationId: null, wardId: null, offeredBy: 'represented', offeredAccountId: actor.id, invitedIdNumber: null, invitedName: null, relation: 'relative',
        scope: procedure ? 'procedures' : 'all', scopeCodes: procedure ? [procedure] : [], rights: [...rights], startsAt: starts, expiresAt: ends, lapsesAt: null, state: 'accepted', offeredAt: ctx.now, actingConfirmedAt: ctx.now, representedConfirmedAt: ctx.now, paper: null, endedAt: null,
      })
    }
  })
  return ids
}

/** One mandate of each wish, each for a procedure of its own, so that no two are the same. */
async function offer(from: PersonCtx, side: Party, to: { idNumber: string; name: string }): Promise<string> {
  const outcome = await offerMandate(from, from.actor, { kind: 'person', side, idNumber: to.idNumber, fullName: to.name, relation: 'relative', scope: { kind: 'procedures', codes: [`9.${String(next()).padStart(6, '0')}`] }, rights: ['submit'], from: civilDate(from.now), to: civilDate(new Date(from.now.getTime() + 86_400_000 * 20)) })
  if (outcome.kind !== 'offered') throw new Error(JSON.stringify(outcome))
  return outcome.mandateId
}

/** Somebody from outside offers to act for the person of that side, whose word it waits for. */
const mandateOffer: Make = async (house, side) => ({ id: await offer(await thirdPerson(house), 'acting', markers[side]) })
/** What a person has offered himself is not for him to accept. */
const ownOffer: MakeFor = async (house, seat) => ({ id: await offer({ ...seat.ctx, now: new Date() } as PersonCtx, 'represented', { idNumber: idNumber(), name: 'Bùi Văn Người Ngoài' }) })

const mandate: Make = async (house, side) => {
  const { id } = await mandateOffer(house, side)
  const ctx = person(house, side)
  await acceptMandate(ctx, ctx.actor, id!)
  return { id: id! }
}

/** The person of that side may act for somebody from outside. */
const actingRight: Make = async (house, side) => {
  const outside = await thirdPerson(house)
  const [mandateId] = await giveMandate(house.node, { acting: idOf(house.seat(side === 'own' ? 'owner' : 'stranger')), represented: { ...house.seat('owner'), ctx: outside } }, [{ rights: ['fill-in', 'submit'] }])
  return { mandate: mandateId! }
}

const organisationOf = async (house: House, side: Side): Promise<string> => {
  const ctx = systemCtx(house.node, 'test')
  const opened = await transact(ctx, (tx) => recogniseOrganisation(tx, ctx, { taxCode: side === 'own' ? '5900000019' : '5900000026', name: `Công ty của ${markers[side].name}`, representativeAccountId: person(house, side).actor.id }))
  return opened.organisationId
}
const organisation: Make = async (house, side) => ({ id: await organisationOf(house, side) })

const answers = (more: Partial<DraftAnswers> = {}): DraftAnswers => ({
  kind: 'person', side: 'represented', idNumber: idNumber(), fullName: 'Bùi Văn Người Ngoài', relation: 'relative', scope: 'all', rights: ['submit'], from: civilDate(new Date()), to: civilDate(new Date(Date.now() + 86_400_000 * 20)), ...more,
})
const keepDraft = async (house: House, side: Side, given: DraftAnswers): Promise<string> => transact(person(house, side), (tx) => insertMandateDraft(tx, person(house, side).actor.id, given, new Date()))

const mandateDraft: Make = async (house, side) => ({ draft: await keepDraft(house, side, answers()) })
/** A draft that names staff of an organisation which the other person represents. */
const staffElsewhere: Make = async (house, side) => ({ draft: await keepDraft(house, side, answers({ kind: 'staff', relation: 'staff', organisationId: await organisationOf(house, side === 'own' ? 'other' : 'own') })) })

/** A guardian of whom the register knows nothing: an officer compares the paper. */
const paper: Make = async (house) => {
  const ctx = systemCtx(house.node, 'test')
  const guardian = await thirdPerson(house)
  const id = newId()
  await transact(ctx, async (tx) => {
    const ward = await keepWard(tx, { id: newId(), idNumber: idNumber(), fullName: 'Bùi Văn Nhỏ', birthDate: '2018-01-01' }, ctx.now)
    await insertMandate(tx, {
      id, kind: 'child', actingAccountId: guardian.actor.id, representedAccountId: null, organisationId: null, wardId: ward.id, offeredBy: 'acting', offeredAccountId: guardian.actor.id, invitedIdNumber: null, invitedName: null, relation: 'guardian',
      scope: 'all', scopeCodes: [], rights: ['submit'], startsAt: ctx.now, expiresAt: new Date(ctx.now.getTime() + 86_400_000), lapsesAt: new Date(ctx.now.getTime() + 86_400_000), state: 'awaiting-paper', offeredAt: ctx.now, actingConfirmedAt: ctx.now, representedConfirmedAt: null, paper: null, endedAt: null,
    })
  })
  return { id }
}

export const mandateMakers = { mandateOffer, mandate, actingRight, organisation, mandateDraft, staffElsewhere, paper } as const
export const mandateMakersFor = { ownOffer } as const
