import { gatherReads } from '../../../platform/gather.ts'
import { json } from '../../../platform/http/reply.ts'
import type { Route } from '../../../platform/http/route.ts'
import type { Node } from '../../../platform/node.ts'
import { completion } from '../dossier-states.ts'
import { errors } from '../dossiers.errors.ts'
import { findStates } from '../dossiers.store.ts'

/** Look a dossier up by its code: degree of completion only, for anyone. What many ask at the same time is one query. */
export function getDossierRoute(node: Node): Route {
  const stateOf = gatherReads((codes: string[]) => findStates(node.db, codes))
  return {
    method: 'GET', path: '/api/v1/dossiers/:code', access: 'public', kind: 'api',
    openapi: { summary: 'Degree of completion of a dossier, by code or filing reference', response: { type: 'object', required: ['code', 'completion'], properties: { code: { type: 'string' }, completion: { type: 'integer', minimum: 0, maximum: 100 } } } },
    handler: async ({ params }) => {
      const state = await stateOf(params.code!)
      if (!state) throw errors.NOT_FOUND()
      return json({ code: params.code, completion: completion(state) })
    },
  }
}
