import type { VNode } from 'preact'
import type { FieldError } from '../../../../platform/errors.ts'
import { page, redirect, type Reply } from '../../../../platform/http/reply.ts'
import type { Req, Route } from '../../../../platform/http/route.ts'
import { BackLink, Button, ErrorSummary, Form, InsetText, usePage } from '../../../../ui/index.ts'
import { getForm, loadUnits, type Units } from '../../../forms/index.ts'
import type { Dossier } from '../../dossier.ts'
import { errors } from '../../dossiers.errors.ts'
import { findContent } from '../../dossiers.store.ts'
import { assertMayAct } from '../../on-behalf.ts'
import { ownDossierHref } from '../../pages/portal/hrefs.ts'
import { readOwn } from '../../pages/portal/own-dossier.page.tsx'
import { personOf } from '../../pages/portal/read-draft.ts'
import { knownFacts, type KnownFact } from '../applicant-facts.ts'
import { listChanges, type ApplicantChange } from '../applicant-change.store.ts'
import { isChangeable, requestChange } from '../request-change.ts'
import { ChangeHistory, FactFields, typedFacts } from './change-parts.tsx'
import { ownApplicantHref, ownApplicantPath } from './hrefs.ts'

/** The applicant asks for a change of what he declared about himself, and sees what became of it. */
export const ownApplicantRoutes: Route[] = [
  { method: 'GET', path: ownApplicantPath, access: 'person', handler: async (req) => show(req, await readToAct(req), []) },
  { method: 'POST', path: ownApplicantPath, access: 'person', handler: async (req) => {
    const dossier = await readToAct(req)
    const mistakes = await requestChange(req.ctx, { dossierId: dossier.id, facts: typedFacts(req.form), ground: req.form.get('ground') })
    return mistakes.length > 0 ? show(req, dossier, mistakes) : redirect(ownApplicantHref(dossier.id))
  } },
]

async function readToAct(req: Req): Promise<Dossier> {
  const dossier = await readOwn(req)
  await assertMayAct(req.ctx, personOf(req), dossier)
  return dossier
}

async function show(req: Req, dossier: Dossier, mistakes: FieldError[]): Promise<Reply> {
  const { db, t } = req.ctx
  const content = await findContent(db, dossier.id)
  if (!content) throw errors.NOT_HANDLED_HERE({ node: dossier.nodeCode })
  const form = await getForm(db, content.formKey, content.formVersion)
  const known = knownFacts(form, content.answers, { hasAccount: dossier.ownerSubject !== null })
  return page(<OwnApplicant req={req} dossier={dossier} known={known} units={await loadUnits(db, req.ctx.now, form)} changes={await listChanges(db, dossier.id)} mistakes={mistakes} />, { title: t('dossiers.applicantChange.title'), status: mistakes.length > 0 ? 400 : 200 })
}

interface Props { req: Req; dossier: Dossier; known: KnownFact[]; units: Units; changes: ApplicantChange[]; mistakes: FieldError[] }

function OwnApplicant({ req, dossier: d, known, units, changes, mistakes }: Props): VNode {
  const { t } = usePage()
  const waits = changes.some((c) => !c.decidedAt)
  return (
    <>
      <BackLink href={ownDossierHref(d.id)}>{d.code ?? d.reference}</BackLink>
      <ErrorSummary errors={mistakes} />
      <h1 class="govuk-heading-xl">{t('dossiers.applicantChange.title')}</h1>
      <p class="govuk-body">{t('dossiers.applicantChange.explainOwn')}</p>
      {waits ? <InsetText>{t('dossiers.applicantChange.waitsOwn')}</InsetText> : !isChangeable(d) ? <InsetText>{t('dossiers.applicantChange.over')}</InsetText> : (
        <Form action={ownApplicantHref(d.id)}><FactFields known={known} units={units} typed={req.form} mistakes={mistakes} /><Button>{t('dossiers.applicantChange.request')}</Button></Form>
      )}
      <ChangeHistory changes={changes} units={units} />
    </>
  )
}
