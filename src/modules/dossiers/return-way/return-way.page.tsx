import type { VNode } from 'preact'
import type { FieldError } from '../../../platform/errors.ts'
import { page, redirect, type Reply } from '../../../platform/http/reply.ts'
import type { Req, Route } from '../../../platform/http/route.ts'
import { BackLink, Button, ErrorSummary, Form, usePage } from '../../../ui/index.ts'
import { findAgency, type Agency } from '../../organisations/index.ts'
import type { Dossier } from '../dossier.ts'
import { errors } from '../dossiers.errors.ts'
import { findContent } from '../dossiers.store.ts'
import { assertMayAct } from '../on-behalf.ts'
import { ownDossierHref } from '../pages/portal/hrefs.ts'
import { readOwn } from '../pages/portal/own-dossier.page.tsx'
import { personOf } from '../pages/portal/read-draft.ts'
import { changeReturnWay } from './change-return-way.ts'
import { checkChoice, desksFor, findReturnChoice, isReturnOpen, type Recipient, type ReturnChoice } from './return-choice.ts'
import { readChoice, ReturnFields } from './return-fields.tsx'

export const returnWayPath = '/ho-so/:id/cach-nhan'

/** Another way in which the result comes, until there is one. */
export const returnWayRoutes: Route[] = [
  { method: 'GET', path: returnWayPath, access: 'person', handler: async (req) => {
    const dossier = await readOpen(req)
    return show(req, dossier, { way: dossier.returnWay, ...(await findReturnChoice(req.ctx.db, dossier.id)) }, [])
  } },
  { method: 'POST', path: returnWayPath, access: 'person', handler: async (req) => {
    const dossier = await readOpen(req)
    const choice = readChoice(req.form)
    if (!choice) return show(req, dossier, {}, [{ field: 'returnWay', key: 'dossiers.check.wayMissing' }])
    const mistakes = checkChoice(choice, await desksOf(req, dossier))
    if (mistakes.length > 0) return show(req, dossier, choice, mistakes)
    await changeReturnWay(req.ctx, { dossierId: dossier.id, choice })
    return redirect(`${ownDossierHref(dossier.id)}?cach-nhan=1`)
  } },
]

async function readOpen(req: Req): Promise<Dossier> {
  const dossier = await readOwn(req)
  await assertMayAct(req.ctx, personOf(req), dossier)
  if (!isReturnOpen(dossier)) throw errors.RETURN_SETTLED()
  return dossier
}

const desksOf = async (req: Req, d: Dossier): Promise<Agency[]> => {
  const agency = await findAgency(req.ctx.db, d.agencyCode, req.ctx.now)
  return agency ? desksFor(req.ctx, agency) : []
}

async function show(req: Req, dossier: Dossier, choice: Partial<ReturnChoice>, mistakes: FieldError[]): Promise<Reply> {
  const applicant = (await findContent(req.ctx.db, dossier.id))?.applicant
  const known = { name: applicant?.name ?? '', phone: applicant?.phone ?? '', address: applicant?.address ?? '' }
  return page(<ReturnWayPage {...{ dossier, choice, mistakes, known }} desks={await desksOf(req, dossier)} />, { title: req.ctx.t('dossiers.returnWay.title'), status: mistakes.length > 0 ? 400 : 200 })
}

function ReturnWayPage({ dossier: d, choice, desks, mistakes, known }: { dossier: Dossier; choice: Partial<ReturnChoice>; desks: Agency[]; mistakes: FieldError[]; known: Recipient }): VNode {
  const { t } = usePage()
  return (
    <>
      <BackLink href={ownDossierHref(d.id)}>{d.code ?? d.reference}</BackLink>
      <ErrorSummary errors={mistakes} />
      <h1 class="govuk-heading-xl">{t('dossiers.returnWay.title')}</h1>
      <p class="govuk-body">{t('dossiers.returnWay.lead')}</p>
      <Form><ReturnFields choice={choice} desks={desks} mistakes={mistakes} known={known} /><Button>{t('dossiers.returnWay.save')}</Button></Form>
    </>
  )
}
