import { systemCtx, transact } from '../../platform/ctx.ts'
import type { Node } from '../../platform/node.ts'
import { demoCitizens, demoOfficers, demoRegistered, type DemoOfficer } from '../../stand-ins/demo-people.ts'
import { competentAgency, findAgency } from '../organisations/index.ts'
import { insertAccount } from './citizens/account.store.ts'
import { acceptTerms, findTerms } from './life/terms/terms.ts'
import { addOfficer } from './officers/add-officer.ts'
import { linkExternal } from './ways/external-identifier.store.ts'

/** Gives a demo node its officers and, at the national node, some citizens. A second run changes nothing. */
export async function seedDemoPeople(node: Node): Promise<void> {
  if (!node.config.demo || node.config.production) return
  const ctx = systemCtx(node, 'seed')
  for (const officer of demoOfficers.filter((o) => o.node === node.config.code)) {
    const agencyCode = await agencyOf(node, officer)
    await addOfficer(ctx, { ...officer, agencyCode, unitId: officer.unit ? `${agencyCode}.${officer.unit}` : null, roles: [officer.role], limits: { procedureCode: officer.procedureCode ?? null } })
  }
  // A demonstration that was off for two months opens again: its accounts are not switched off for want of use.
  await node.db`UPDATE identity.officer SET state_since = ${ctx.now} WHERE state = 'active' AND login = ANY (${demoOfficers.map((o) => o.login)})`
  if (node.config.kind !== 'national') return
  const terms = await findTerms(node.db, { at: ctx.now })
  for (const citizen of demoCitizens.filter((c) => demoRegistered.has(c.idNumber))) {
    await transact(ctx, async (tx) => {
      const account = await insertAccount(tx, node.config.code, { ...citizen, assurance: 2 }, ctx.now)
      if (account) await linkExternal(tx, { scheme: 'social-insurance', value: citizen.socialInsurance, accountId: account.id, now: ctx.now })
      // Invented people have read the terms, so that a demonstration begins with what the visitor came for.
      if (account && terms) await acceptTerms(tx, ctx, account.id, terms)
    })
  }
}

/** The commune's People's Committee, the traffic police for the operating officers of the Ministry of Public Security, else the node's own agency. */
async function agencyOf(node: Node, officer: DemoOfficer): Promise<string> {
  const at = node.now()
  if (officer.agencyCode) return officer.agencyCode
  if (officer.communeCode) return (await competentAgency(node.db, { level: 'commune', communeCode: officer.communeCode, at }))?.code ?? node.config.code
  if (officer.node === 'G01' && officer.role !== 'agency-admin') return (await findAgency(node.db, 'G01.08', at))?.code ?? node.config.code
  return node.config.code
}
