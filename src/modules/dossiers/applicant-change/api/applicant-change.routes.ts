import { z } from 'zod'
import type { Req, Route } from '../../../../platform/http/route.ts'
import { dossierJson, dossierSchema } from '../../api/dossier-json.ts'
import { orMistakes } from '../../api/posting-mistakes.ts'
import { posting } from '../../api/posting.ts'
import type { Dossier } from '../../dossier.ts'
import { assertMayAct } from '../../on-behalf.ts'
import { readDossierOfDesk } from '../../pages/desk/read-desk-dossier.ts'
import { readOwn } from '../../pages/portal/own-dossier.page.tsx'
import { personOf } from '../../pages/portal/read-draft.ts'
import { changeableFacts } from '../applicant-facts.ts'
import { confirmChange, declineChange } from '../decide-change.ts'
import { recordChange, requestChange } from '../request-change.ts'

const facts = z.partialRecord(z.enum(changeableFacts), z.string().max(200))
const ground = z.string().max(2000)
const changeId = z.uuid()
const handle = { permission: 'dossiers.handle' } as const
const done = { type: 'object', required: ['id', 'accepted'], properties: { id: { type: 'string', format: 'uuid' }, accepted: { type: 'boolean' } } } as const

/** Fields of the pages as the API names them. */
const names = { ...Object.fromEntries(changeableFacts.map((fact) => [fact, `facts.${fact}`])), declineReason: 'reason' }

async function readToAct(req: Req): Promise<Dossier> {
  const dossier = await readOwn(req)
  await assertMayAct(req.ctx, personOf(req), dossier)
  return dossier
}

export const applicantChangeApi: Route[] = [
  posting({ path: '/api/v1/own-dossiers/:id/applicant', access: 'person', summary: 'Ask for a change of the applicant’s data; an officer confirms it', body: z.strictObject({ facts, ground }), response: done, read: readToAct, act: async (req, { id }, body) =>
    orMistakes(req, await requestChange(req.ctx, { dossierId: id, ...body }), names, () => ({ id, accepted: true })) }),
  posting({ path: '/api/v1/desk/dossiers/:id/applicant', access: handle, summary: 'Write down a change of the applicant’s data; a colleague confirms it', body: z.strictObject({ facts, ground, way: z.enum(['in-person', 'in-writing']) }), response: dossierSchema, read: readDossierOfDesk, act: async (req, dossier, body) =>
    orMistakes(req, await recordChange(req.ctx, { dossierId: dossier.id, ...body }), names, () => dossierJson(dossier)) }),
  posting({ path: '/api/v1/desk/dossiers/:id/applicant/confirm', access: handle, summary: 'Confirm the change that waits', body: z.strictObject({ changeId }), response: dossierSchema, read: readDossierOfDesk, act: async (req, dossier, body) => {
    await confirmChange(req.ctx, { dossierId: dossier.id, ...body })
    return dossierJson(dossier)
  } }),
  posting({ path: '/api/v1/desk/dossiers/:id/applicant/decline', access: handle, summary: 'Decline the change that waits; the applicant reads why', body: z.strictObject({ changeId, reason: z.string().max(2000) }), response: dossierSchema, read: readDossierOfDesk, act: async (req, dossier, body) =>
    orMistakes(req, await declineChange(req.ctx, { dossierId: dossier.id, ...body }), names, () => dossierJson(dossier)) }),
]
