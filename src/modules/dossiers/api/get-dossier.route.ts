import { json } from '../../../platform/http/reply.ts'
import type { Route } from '../../../platform/http/route.ts'
import { completion } from '../dossier-states.ts'
import { errors } from '../dossiers.errors.ts'
import { findDossierByCode } from '../dossiers.store.ts'

/** Look a dossier up by its code: degree of completion only, for anyone. */
export const getDossierRoute: Route = {
  method: 'GET', path: '/api/v1/dossiers/:code', access: 'public', kind: 'api',
  openapi: { summary: 'Degree of completion of a dossier, by code or filing reference', response: { type: 'object', required: ['code', 'completion'], properties: { code: { type: 'string' }, completion: { type: 'integer', minimum: 0, maximum: 100 } } } },
  handler: async ({ ctx, params }) => {
    const dossier = await findDossierByCode(ctx.db, params.code!)
    if (!dossier) throw errors.NOT_FOUND()
    return json({ code: params.code, completion: completion(dossier.state) })
  },
}
