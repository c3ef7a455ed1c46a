import { transact, type Ctx } from '../../../platform/ctx.ts'
import type { Tx } from '../../../platform/db.ts'
import type { Req, Route } from '../../../platform/http/route.ts'
import { answerAsPortal, portalBody, portalCaller, PortalRefusal, providePortalServices, type PortalBody } from '../../catalogue/index.ts'
import { loadCodes } from '../messages/code-lists.ts'
import { mostEntries } from '../messages/portal-message.ts'
import { lookUpAccount, lookUpDossier, receiveDossiers, receiveProgress, type Telling } from './receive-dossiers.ts'

// Asked by the same call as the catalogue.
providePortalServices({ TraCuuHoSo: lookUpDossier, TraCuuTechID: lookUpAccount })

const services: Readonly<Record<string, (tx: Tx, telling: Telling, body: PortalBody) => Promise<void>>> = { DongBoHoSoMC: receiveDossiers, CapNhatTienDoHoSoMC: receiveProgress }

const shareSchema = {
  type: 'object', required: ['session', 'madonvi', 'service', 'data'],
  properties: { session: { type: 'string' }, madonvi: { type: 'string' }, service: { enum: Object.keys(services) }, isUpdating: { enum: ['True', 'False'] }, data: { type: 'array', maxItems: mostEntries, items: { type: 'object' } } },
}
const answerSchema = { type: 'object', required: ['error_code'], properties: { error_code: { type: 'integer' }, message: { type: 'string' } } }

/** Dossiers of systems that are no nodes of ours, in the message formats of the national portal. */
export const shareRoutes: readonly Route[] = [
  { method: 'POST', path: '/api/v1/portal/share', access: 'public', kind: 'api', bodyLimit: 4 * 1024 * 1024, openapi: { summary: 'Tell dossiers and their progress in the format of the national portal', request: shareSchema, response: answerSchema }, handler: (req) => answerAsPortal(() => share(req)) },
]

async function share(req: Req): Promise<object> {
  const body = portalBody(req)
  const client = await portalCaller(req, body)
  const service = typeof body.service === 'string' && Object.hasOwn(services, body.service) ? services[body.service] : undefined
  if (!service) throw new PortalRefusal('SERVICE', String(body.service).slice(0, 60))
  const ctx: Ctx = { ...req.ctx, actor: { kind: 'system', id: `portal:${client.username}` } }
  const codes = await loadCodes(ctx.db, ctx.now)
  await transact(ctx, (tx) => service(tx, { ctx, client, codes }, body))
  return { message: 'Thành công' }
}
