import { systemCtx, transact } from '../../platform/ctx.ts'
import type { Node } from '../../platform/node.ts'
import { demoCitizens, demoOfficers, demoRegistered, type DemoOfficer } from '../../stand-ins/demo-people.ts'
import { competentAgency, findAgency } from '../organisations/index.ts'
import { insertAccount } from './citizens/account.store.ts'
import { acceptTerms, findTerms } from './life/terms/terms.ts'
import { addOfficer } from './officers/add-officer.ts'

/** Gives a demo node its officers and, at the national node, some citizens. A second run changes nothing. */
export async function seedDemoPeople(node: Node): Promise<void> {
  if (!node.config.demo || node.config.production) return
  const ctx = systemCtx(node, 'seed')
  for (const officer of demoOfficers.filter((o) => o.node === node.config.code)) {
    await addOfficer(ctx, { ...officer, agencyCode: await agencyOf(node, officer), roles: [officer.role] })
  }
  if (node.config.kind !== 'national') return
  const terms = await findTerms(node.db, { at: ctx.now })
  for (const citizen of demoCitizens.filter((c) => demoRegistered.has(c.idNumber))) {
    await transact(ctx, async (tx) => {
      const account = await insertAccount(tx, node.config.code, { ...citizen, assurance: 2 }, ctx.now)
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
