import type { Ctx } from '../../../../platform/ctx.ts'
import { isRefusal } from '../../../../platform/errors.ts'
import { redirect, type Reply } from '../../../../platform/http/reply.ts'
import type { Req } from '../../../../platform/http/route.ts'
import { proofState, proveAgain, proveByCertificate } from '../../../identity/index.ts'
import { showDossier } from './dossier.page.tsx'
import { deskDossierHref } from './hrefs.ts'

/**
 * Signs, after a new proof where the last one is too old: asked for on the dossier's page, with everything that was typed. `fields`: where a wrong code is shown, and what
 * hindered the signing after a right one.
 */
export async function withProof(req: Req, fields: { code: string; other: string }, sign: (ctx: Ctx) => Promise<unknown>): Promise<Reply> {
  const { ctx, form } = req
  if (ctx.actor.kind !== 'officer' || (await proofState(ctx.db, ctx.actor, ctx.now)).isFresh) {
    await sign(ctx)
    return redirect(deskDossierHref(req.params.id!))
  }
  const again = (key: string, params: Record<string, string | number> = {}): Promise<Reply> => showDossier(req, [{ field: fields.code, key, params }], form.fields)
  if (form.get('proof') === 'certificate') return (await proveByCertificate(req)) ?? again('dossiers.desk.proof.too_long')
  if (form.get('code') === '') return again('dossiers.desk.proof.missing')
  const outcome = await proveAgain(ctx, form.get('code'))
  if (outcome.kind === 'wait') return again(outcome.seconds < 90 ? 'identity.wait.seconds' : 'identity.wait.minutes', { count: outcome.seconds < 90 ? outcome.seconds : Math.ceil(outcome.seconds / 60) })
  if (outcome.kind === 'wrong') return again('dossiers.desk.proof.wrong')
  const cookies = [outcome.cookie]
  try {
    await sign(outcome.ctx)
  } catch (error) {
    // The proof stands, whatever hinders the signing; without its cookie the officer would be logged out.
    if (!isRefusal(error)) throw error
    return { ...await showDossier({ ...req, ctx: outcome.ctx }, [{ field: fields.other, key: error.key, params: error.params }], form.fields), cookies }
  }
  return redirect(deskDossierHref(req.params.id!), { cookies })
}
