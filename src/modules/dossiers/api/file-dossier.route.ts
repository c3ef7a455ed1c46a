import { z } from 'zod'
import { json, type Reply } from '../../../platform/http/reply.ts'
import type { Req, Route } from '../../../platform/http/route.ts'
import { errorText, findForm, loadUnits, placeOf, validateAnswers, visibleAnswers } from '../../forms/index.ts'
import { actUnder } from '../../identity/index.ts'
import { applicantOf, attachedFiles } from '../answers-of.ts'
import { errors } from '../dossiers.errors.ts'
import { assertUnderMandate } from '../on-behalf.ts'
import { openProcedure } from '../open-procedure.ts'
import { submitDossier } from '../submit-dossier.ts'
import { invalid, mistakesOf } from './posting.ts'

const body = z.strictObject({
  procedure: z.string().max(40),
  answers: z.record(z.string(), z.unknown()),
  returnWay: z.enum(['online', 'desk', 'post']).default('online'),
  /** Code of the agency that is to decide, where the procedure leaves the choice within the province. */
  agency: z.string().max(40).optional(),
  /** Id of the mandate under which it is filed for somebody else. */
  onBehalfOf: z.uuid().optional(),
})

/** File a dossier. The answers are checked by the same definition as the pages; a repeat with the same Idempotency-Key has one effect, for ever. */
export const fileDossierRoute: Route = {
  method: 'POST', path: '/api/v1/dossiers', access: 'person', kind: 'api', bodyLimit: 256 * 1024,
  openapi: {
    summary: 'File a dossier for a procedure that is offered online',
    request: { type: 'object', required: ['procedure', 'answers'], properties: { procedure: { type: 'string', examples: ['1.001193'] }, answers: { type: 'object' }, returnWay: { enum: ['online', 'desk', 'post'] }, agency: { type: 'string', description: 'Agency that is to decide, where the procedure leaves the choice within the province' }, onBehalfOf: { type: 'string', format: 'uuid', description: 'Mandate under which it is filed for somebody else' } } },
    response: { type: 'object', required: ['id', 'reference'], properties: { id: { type: 'string', format: 'uuid' }, reference: { type: 'string' } } },
  },
  handler: async (req) => {
    const key = req.headers['idempotency-key']
    if (key === undefined || key.length < 1 || key.length > 255) return invalid(req, [{ field: 'Idempotency-Key', message: req.ctx.t('dossiers.api.keyMissing') }])
    const parsed = body.safeParse(req.json)
    if (!parsed.success) return invalid(req, mistakesOf(req, parsed.error))
    return fileParsed(req, parsed.data, key)
  },
}

async function fileParsed(req: Req, input: z.infer<typeof body>, key: string): Promise<Reply> {
  // Without the field the API files for whom the session acts, as the pages do.
  const ctx = input.onBehalfOf === undefined ? req.ctx : await actUnder(req.ctx, input.onBehalfOf)
  if (ctx.actor.kind !== 'person') throw errors.NOT_FOUND()
  const procedure = await openProcedure(ctx.db, input.procedure, ctx.now)
  await assertUnderMandate(ctx, ctx.actor, 'submit', procedure.code)
  const service = procedure.content.service
  const form = service ? await findForm(ctx.db, service.formKey) : undefined
  if (!form) throw errors.PROCEDURE_NOT_ONLINE()
  const units = await loadUnits(ctx.db, ctx.now, form)
  const mistakes = validateAnswers(form, input.answers, { now: ctx.now, units })
  if (mistakes.length > 0) return invalid(req, mistakes.map((m) => ({ field: `answers.${m.field}`, message: errorText(form, m, ctx.lang) })))
  // A file in answers is only a name for bytes; whose they are, this route cannot tell. Filings with files go through the pages.
  if (attachedFiles(input.answers, ctx.now).length > 0) throw errors.FILES_NOT_BY_API()
  // With what the server calculates, which the caller may leave out.
  const answers = visibleAnswers(form, input.answers)
  const submitted = await submitDossier(ctx, {
    procedure, form: { key: form.definition.key, version: form.definition.version }, answers, applicant: applicantOf(form, answers, units, (ctx.actor.actingFor ?? ctx.actor).name), files: [],
    placeCode: placeOf(form, answers) ?? null, agencyCode: input.agency, returnWay: input.returnWay, channel: 'online', filingKey: `api:${ctx.actor.id}:${key}`,
  })
  if (!submitted.same) throw errors.KEY_REUSED()
  return json({ id: submitted.id, reference: submitted.reference }, submitted.fresh ? 201 : 200)
}
