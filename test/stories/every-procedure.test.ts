import assert from 'node:assert/strict'
import { before, after, describe, test } from 'node:test'
import type { Actor, Officer } from '../../src/platform/actor.ts'
import { createCtx, type Ctx } from '../../src/platform/ctx.ts'
import { newId } from '../../src/platform/ids.ts'
import { runDue } from '../../src/platform/jobs.ts'
import type { Node } from '../../src/platform/node.ts'
import { testDatabase, type TestDatabase } from '../../src/platform/testing/database.ts'
import { testNode } from '../../src/platform/testing/node.ts'
import { modules } from '../../src/app.ts'
import { getCurrentProcedure } from '../../src/modules/catalogue/index.ts'
import { listDocuments } from '../../src/modules/documents/index.ts'
import { acceptDossier } from '../../src/modules/dossiers/accept-dossier.ts'
import { applicantOf } from '../../src/modules/dossiers/answers-of.ts'
import { completeStep } from '../../src/modules/dossiers/complete-step.ts'
import { findContent, findDossier } from '../../src/modules/dossiers/dossiers.store.ts'
import { contributionRegister, type ContributionRegister } from '../../src/modules/dossiers/insured/testing.ts'
import { draftResult } from '../../src/modules/dossiers/papers/build-result.ts'
import { signResult } from '../../src/modules/dossiers/sign-result.ts'
import { submitDossier } from '../../src/modules/dossiers/submit-dossier.ts'
import { compareComponents, componentsOfCase, findForm, loadUnits, placeOf, sampleAnswers, shippedDefinitions, validateAnswers, withCalculations } from '../../src/modules/forms/index.ts'
import { drainFollowers } from '../../src/modules/ledger/index.ts'
import { competentAgency } from '../../src/modules/organisations/index.ts'
import { listTasks } from '../../src/modules/process/index.ts'

/** The procedures that run from end to end, with the node that decides and the number its result bears. */
const table: readonly [code: string, form: string, node: string, number: RegExp][] = [
  ['1.001193', 'birth-registration', 'H21', /^\d+\/2026$/],
  ['3.000347', 'driving-licence-exchange', 'G01', /^\d+\/QĐ-CSGT$/],
  ['1.001612', 'household-business', 'H21', /^\d+\/2026\/ĐKHKD$/],
  ['1.000656', 'death-registration', 'H21', /^\d+\/2026\/TLKT$/],
  ['1.000894', 'marriage-registration', 'H21', /^\d+\/2026$/],
  ['1.004873', 'marital-status', 'H21', /^\d+\/UBND-XNTTHN$/],
  ['1.004222', 'permanent-residence', 'G01', /^\d+\/TB$/],
  ['1.004194', 'temporary-residence', 'G01', /^\d+\/TB$/],
  ['2.001610', 'private-enterprise', 'H21', /^\d+\/2026\/ĐKDN$/],
  ['1.013225', 'building-permit', 'H21', /^\d+\/GPXD$/],
  ['2.000815', 'certified-copy', 'H21', /^\d+$/],
  ['1.002759', 'health-insurance-card', 'G24', /^\d+\/TBHYT$/],
  ['1.001939', 'child-insurance-card', 'G24', /^\d+\/TBHYT$/],
  ['1.003197', 'residence-removal', 'G01', /^\d+\/TB$/],
  ['2.001283', 'funeral-support', 'H21', /^\d+\/QĐ$/],
  ['9.000001', 'workers-confirmation', 'G24', /^\d+\/QĐ$/],
  ['9.000002', 'wage-loan-appraisal', 'H21', /^\d+\/QĐ$/],
  ['9.000003', 'wage-loan-decision', 'H21', /^\d+\/QĐ$/],
  ['9.000004', 'wage-loan', 'H21', /^\d+\/QĐ$/],
]

// Friday, 20 November 2026, 09:00 in Vietnam.
const now = new Date('2026-11-20T02:00:00Z')
const communes = [{ code: '23575', province: '52' }]
/** As the tax system gives it; only the certificate of an enterprise bears it. */
const enterpriseCode = '5900000019'
const permissions = new Set(['dossiers.view', 'dossiers.receive', 'dossiers.handle'])

/** Declarations of linked groups, which dossiers/linked takes through their parts. */
const ofGroups = new Set(['linked-birth', 'linked-death', 'linked-wage-loan'])

test('every shipped form has its procedure here', () => {
  assert.deepEqual(table.map(([, form]) => form).sort(), shippedDefinitions.map((d) => d.key).filter((key) => !ofGroups.has(key)).sort())
  assert.ok(table.length >= 12)
})

describe('every procedure', () => {
  let database: TestDatabase
  let register: ContributionRegister
  const nodes = new Map<string, Node>()
  before(async () => {
    database = await testDatabase()
    for (const code of ['H21', 'G01', 'G24']) nodes.set(code, testNode(database.db, { modules, now: () => now, code }))
    register = await contributionRegister([...nodes.values()])
    for (const m of modules) await m.seed?.(nodes.get('H21')!)
  })
  after(async () => {
    for (const m of modules) await m.stop?.(nodes.get('H21')!)
    await register.stop()
    await database[Symbol.asyncDispose]()
  })

  for (const [i, [code, key, nodeCode, number]] of table.entries()) {
    test(`${code} ${key}: filed, accepted, handled step by step, signed and returned; it asks for no paper that is not published`, async () => {
      const node = nodes.get(nodeCode)!
      const { db } = node
      const procedure = (await getCurrentProcedure(db, code))!
      const form = (await findForm(db, key))!
      const { service, components } = procedure.content
      assert.deepEqual([service!.formKey, service!.processKey], [key, key])
      const published = components.map((c) => c.name.vi)
      const compared = compareComponents(form, published)
      assert.deepEqual(compared.unpublished, [], 'components that the procedure does not publish')
      // What only somebody else than the parents or owner brings is asked for at the desk.
      if (i > 2) assert.deepEqual(compared.leftOut, [], 'published components that the form knows no case for')

      const units = await loadUnits(db, now, form)
      const answers = sampleAnswers(form, i + 1, { now, communes })
      assert.deepEqual(validateAnswers(form, answers, { now, units }), [])
      assert.deepEqual(withCalculations(form, answers), answers)
      const asked = componentsOfCase(form, answers)
      assert.ok(asked.length > 0 && asked.every((c) => published.includes(c.name)))

      const person: Actor = { kind: 'person', id: newId(), subject: `s-${key}`, name: 'Nguyễn Văn Thử Nghiệm', assurance: 2, methods: ['otp'], authenticatedAt: now, sessionId: newId() }
      await db`INSERT INTO identity.account (id, subject, id_number, full_name, birth_date, phone, assurance, created_at, updated_at) VALUES (${person.id}, ${person.subject}, ${`0520900001${String(i).padStart(2, '0')}`}, ${person.name}, '1990-03-12', ${`09000001${String(i).padStart(2, '0')}`}, 2, now(), now())`
      const { id } = await submitDossier(createCtx(node, { actor: person }), {
        procedure, form: { key, version: form.definition.version }, answers, applicant: applicantOf(form, answers, units, person.name), files: [], placeCode: placeOf(form, answers) ?? null, returnWay: 'online', channel: 'online', filingKey: newId(),
      })
      const filed = (await findDossier(db, id))!
      const agency = await competentAgency(db, { ...service!.competence, communeCode: '23575', at: now })
      assert.deepEqual([filed.nodeCode, filed.agencyCode], [nodeCode, agency!.code])
      assert.ok((await findContent(db, id))!.applicant.idNumber.length === 12)

      const officer = (role: string): Ctx => {
        const who: Officer = { kind: 'officer', id: newId(), name: 'Dương Lãnh Đạo Mẫu', agencyCode: agency!.code, unitId: null, roles: [role], permissions, methods: ['pwd', 'otp'], authenticatedAt: now, sessionId: newId() }
        return createCtx(node, { actor: who })
      }
      await acceptDossier(officer('one-stop'), { dossierId: id })
      // Some processes begin with work that needs no person.
      await runDue(node)
      const acts: (string | null)[] = []
      for (let step = 0; step < 15; step++) {
        const [task] = await listTasks(db, { subject: id, open: true })
        if (!task) break
        acts.push(task.act)
        const ctx = officer(task.role)
        const outcome = task.outcomes.find((o) => o.value === 'enough' || o.value === 'approved')?.value
        if (key === 'private-enterprise' && task.act === 'draft-result') {
          const draft = await draftResult(ctx, (await findDossier(db, id))!, {})
          assert.doesNotMatch(JSON.stringify(draft.data.enterpriseCode), /\d/, 'nothing else stands for the number')
          await assert.rejects(completeStep(ctx, { dossierId: id, taskId: task.id, draft }), { code: 'ENTERPRISE_CODE_MISSING' })
        }
        if (key === 'private-enterprise' && task.act === 'sign') {
          await db`UPDATE dossiers.result_draft SET data = data || '{"enterpriseCode": "052090000104"}' WHERE dossier_id = ${id}`
          await assert.rejects(signResult(ctx, { dossierId: id, taskId: task.id }), { code: 'ENTERPRISE_CODE_MISSING' })
          await db`UPDATE dossiers.result_draft SET data = data || ${db.json({ enterpriseCode })} WHERE dossier_id = ${id}`
        }
        if (task.act === 'sign') await signResult(ctx, { dossierId: id, taskId: task.id })
        else await completeStep(ctx, { dossierId: id, taskId: task.id, ...(outcome && { outcome }), ...(task.act === 'draft-result' ? { draft: await draftResult(ctx, (await findDossier(db, id))!, { enterpriseCode }) } : {}) })
      }
      assert.ok(acts.includes('draft-result') && acts.includes('sign') && acts.at(-1) === 'return', acts.join())
      assert.equal((await findDossier(db, id))!.state, 'returned')
      await drainFollowers(node)
      await runDue(node)
      const result = (await listDocuments(db, id)).find((d) => d.kind === 'result')
      assert.match(result!.number ?? '', number)
    })
  }
})
