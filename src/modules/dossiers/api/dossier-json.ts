import { allowedActions, dossierStates } from '../dossier-states.ts'
import type { Dossier } from '../dossier.ts'

const moment = { type: ['string', 'null'], format: 'date-time' } as const

/** What every answer says of a dossier. */
export const dossierSchema = {
  type: 'object', required: ['id', 'reference', 'code', 'state', 'procedure', 'version', 'agency', 'channel', 'returnWay', 'submittedAt', 'receivedAt', 'promisedAt', 'dueAt', 'pausedAt', 'finishedAt', 'returnedAt', 'late', 'allowed'],
  properties: {
    id: { type: 'string', format: 'uuid' }, reference: { type: 'string' }, code: { type: ['string', 'null'] }, state: { enum: Object.keys(dossierStates) }, procedure: { type: 'string' }, version: { type: 'integer' }, agency: { type: 'string' },
    channel: { enum: ['desk', 'online', 'post', 'assisted'] }, returnWay: { enum: ['online', 'desk', 'post'] }, submittedAt: { type: 'string', format: 'date-time' }, receivedAt: moment, promisedAt: moment, dueAt: moment, pausedAt: moment, finishedAt: moment, returnedAt: moment,
    late: { type: 'boolean' }, allowed: { type: 'array', items: { type: 'string' }, description: 'Actions that the state allows' },
  },
} as const

export const dossierJson = (d: Dossier) => ({
  id: d.id, reference: d.reference, code: d.code, state: d.state, procedure: d.procedureCode, version: d.procedureVersion, agency: d.agencyCode, channel: d.channel, returnWay: d.returnWay,
  submittedAt: d.submittedAt, receivedAt: d.receivedAt, promisedAt: d.promisedAt, dueAt: d.dueAt, pausedAt: d.pausedAt, finishedAt: d.finishedAt, returnedAt: d.returnedAt, late: d.isLate, allowed: allowedActions(d.state),
})

export const pageSchema = { type: 'object', required: ['dossiers', 'page', 'size', 'more'], properties: { dossiers: { type: 'array', items: dossierSchema }, page: { type: 'integer' }, size: { type: 'integer' }, total: { type: 'integer' }, more: { type: 'boolean' } } } as const

/** Page and size of a list: the first page of 20, at most 100 a page. */
export function readPaging(query: Readonly<Record<string, string>>): { page: number; size: number; limit: number; offset: number } {
  const page = Math.max(1, Math.min(100_000, Number.parseInt(query.page ?? '1', 10) || 1))
  const size = Math.max(1, Math.min(100, Number.parseInt(query.size ?? '20', 10) || 20))
  return { page, size, limit: size, offset: (page - 1) * size }
}

export const messageSchema = {
  type: 'object', required: ['id', 'side', 'body', 'sentAt', 'readAt', 'files'],
  properties: { id: { type: 'string', format: 'uuid' }, side: { enum: ['person', 'office'] }, body: { type: 'string' }, sentAt: { type: 'string', format: 'date-time' }, readAt: moment, files: { type: 'array', items: { type: 'object', properties: { id: { type: 'string', format: 'uuid' }, name: { type: 'string' }, size: { type: 'integer' } } } } },
} as const
export const messagesSchema = { type: 'object', required: ['messages'], properties: { messages: { type: 'array', items: messageSchema } } } as const
