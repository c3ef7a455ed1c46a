import type { Ctx } from '../../../platform/ctx.ts'
import type { Option } from '../../../ui/index.ts'
import { agencyName, listAgencies } from '../../organisations/index.ts'

/** Agencies of this node to which a dossier may go, but the one that has it. */
export async function listReceivers(ctx: Ctx, except?: string): Promise<Option[]> {
  const agencies = await listAgencies(ctx.db, { nodeCode: ctx.node.config.code, at: ctx.now })
  return agencies.filter((a) => a.code !== except).map((a) => ({ value: a.code, text: `${agencyName(a, ctx.lang)} (${a.code})` }))
}
