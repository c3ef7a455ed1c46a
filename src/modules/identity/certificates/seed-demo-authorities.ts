import { systemCtx, transact, type Ctx } from '../../../platform/ctx.ts'
import type { Node } from '../../../platform/node.ts'
import { demoAuthority, officerCertificate, pem, softwareKeyPolicy } from '../../../stand-ins/demo-certificates.ts'
import { demoOfficers } from '../../../stand-ins/demo-people.ts'
import { findSecrets } from '../officers/officer.store.ts'
import { bindCertificate } from './bind-certificate.ts'
import { insertTrustedAuthority, type Vouched } from './trusted-authority.store.ts'

const purposes: Readonly<Record<'root' | 'public' | 'duty', readonly Vouched[]>> = { root: [], public: ['person', 'organisation'], duty: ['officer'] }

/** A demo node trusts the stand-in authorities, and its administrators have their certificates bound. A second run changes nothing. */
export async function seedDemoAuthorities(node: Node): Promise<void> {
  const { config } = node
  if (!config.demo || config.production || !config.standIns.authorityUrl) return
  const ctx = systemCtx(node, 'seed')
  await transact(ctx, async (tx) => {
    for (const which of ['root', 'public', 'duty'] as const) {
      const { label, certificate } = demoAuthority(which)
      await insertTrustedAuthority(tx, { name: label, certificate, purposes: purposes[which], revocationUrl: `${config.standIns.authorityUrl}/crl/${which}.crl`, softwarePolicies: [softwareKeyPolicy], validFrom: '2025-01-01', basis: 'DEMO' })
    }
  })
  for (const officer of demoOfficers.filter((o) => o.node === config.code && o.role.endsWith('-admin'))) await bindOnce(ctx, officer)
}

async function bindOnce(ctx: Ctx, officer: (typeof demoOfficers)[number]): Promise<void> {
  const found = await findSecrets(ctx.db, officer.login)
  const [had] = found ? await ctx.db`SELECT 1 FROM identity.officer_certificate WHERE officer_id = ${found.id}` : []
  if (found && !had) await transact(ctx, (tx) => bindCertificate(tx, ctx, { officerId: found.id, pem: pem(officerCertificate(officer).certificate), isUnchecked: true }))
}
