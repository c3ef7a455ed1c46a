import assert from 'node:assert/strict'
import { test } from 'node:test'
import { transact } from '../../../../platform/ctx.ts'
import { isRefusal } from '../../../../platform/errors.ts'
import { authenticate } from '../../access/authenticate.ts'
import { createSession } from '../../access/session.store.ts'
import { listOwnRequests } from '../requests/data-request.ts'
import { acceptTerms, findTerms, listAcceptances, seedTerms, shippedTerms, termsHash } from '../terms/terms.ts'
import { lifeNode } from '../testing/life-node.ts'
import { giveConsent, hasConsent, listConsents, withdrawConsent } from './consents.ts'

test('a withdrawn consent counts from that instant; third parties have twenty days', async (t) => {
  const life = await lifeNode(t, '2026-11-27T09:00')
  const account = await life.openAccount('052090000011')
  const has = (moment: string): Promise<boolean> => hasConsent(life.node.db, account.id, 'share-between-agencies', new Date(`${moment}+07:00`))
  assert.equal(await has('2026-11-27T09:00:00'), false, 'nothing is given beforehand')
  await giveConsent(life.asPerson(account), 'share-between-agencies')
  life.at('2026-11-27T09:00:01')
  await withdrawConsent(life.asPerson(account), 'share-between-agencies')
  assert.deepEqual([await has('2026-11-27T08:59:59'), await has('2026-11-27T09:00:00'), await has('2026-11-27T09:00:01')], [false, true, false])
  const [request] = await listOwnRequests(life.node.db, life.node, account.id)
  assert.deepEqual([request!.kind, request!.state, request!.dueBy.toISOString()], ['withdrawal', 'accepted', '2026-12-17T17:00:00.000Z'], 'the end of the twentieth day in Vietnam')
  life.at(new Date(request!.dueBy.getTime() - 1))
  await life.work()
  assert.ok(!(await life.events(request!.id)).includes('data_request_overdue'))
  life.at(request!.dueBy)
  await life.work()
  await life.work()
  assert.deepEqual(await life.events(request!.id), ['data_requested', 'data_request_overdue'])
})

test('where nobody else has the data the withdrawal is done at once; the history keeps all with its proof', async (t) => {
  const life = await lifeNode(t)
  const account = await life.openAccount('052090000011')
  await Promise.all([1, 2].map(() => giveConsent(life.asPerson(account), 'service-surveys')))
  await withdrawConsent(life.asPerson(account), 'service-surveys')
  await withdrawConsent(life.asPerson(account), 'service-surveys')
  assert.deepEqual((await listOwnRequests(life.node.db, life.node, account.id)).map((r) => r.state), ['done'])
  const history = await listConsents(life.node.db, account.id)
  assert.deepEqual(history.map((r) => r.given), [false, true], 'two tabs give one consent')
  assert.match(history[0]!.textHash, /^[0-9a-f]{64}$/)
  await assert.rejects(life.node.db`UPDATE identity.consent_record SET given = true`, /permission denied/)
  await assert.rejects(giveConsent(life.asPerson(account), 'advertising'), (e) => isRefusal(e, 'PURPOSE_NOT_OPEN'))
})

test('a consent ends after a year', async (t) => {
  const life = await lifeNode(t, '2026-11-27T09:00')
  const account = await life.openAccount('052090000011')
  await giveConsent(life.asPerson(account), 'service-surveys')
  assert.equal(await hasConsent(life.node.db, account.id, 'service-surveys', new Date('2027-11-27T08:59:59+07:00')), true)
  assert.equal(await hasConsent(life.node.db, account.id, 'service-surveys', new Date('2027-11-27T09:00:00+07:00')), false)
})

test('new terms are asked for at the first log-in after their day, never in the middle of a session', async (t) => {
  const life = await lifeNode(t, '2026-07-19T23:45')
  const account = await life.openAccount('052090000011')
  const open = async (): Promise<string> => (await life.node.db.begin((tx) => createSession(tx as never, { kind: 'person', accountId: account.id, assurance: 2, methods: [], now: life.node.now() }))).token
  const mustSee = async (token: string): Promise<string | undefined> => {
    const actor = await authenticate(life.node, { cookies: {}, authorization: `Bearer ${token}` })
    return actor.kind === 'person' ? actor.mustSee : assert.fail('logged in')
  }
  const first = await open()
  assert.equal(await mustSee(first), '/tai-khoan/dieu-khoan')
  const terms = (await findTerms(life.node.db, { at: life.node.now() }))!
  assert.equal(terms.version, 1)
  await transact(life.asPerson(account), (tx) => acceptTerms(tx, life.asPerson(account), account.id, terms))
  assert.equal(await mustSee(first), undefined)
  life.at('2026-07-20T00:00')
  assert.equal(await mustSee(first), undefined, 'who is in the middle of something goes on')
  assert.equal(await mustSee(await open()), '/tai-khoan/dieu-khoan')
  const [kept] = await listAcceptances(life.node.db, account.id)
  assert.deepEqual([kept!.version, kept!.textHash], [1, termsHash(shippedTerms()[0]!, 'vi')])
})

test('a published version of the terms cannot be changed', async (t) => {
  const life = await lifeNode(t)
  await seedTerms(life.node)
  await life.database.owner`UPDATE identity.terms_version SET hash_vi = 'another' WHERE version = 2`
  await assert.rejects(seedTerms(life.node), /version and day/)
  await assert.rejects(life.node.db`DELETE FROM identity.terms_version`, /permission denied/)
})
