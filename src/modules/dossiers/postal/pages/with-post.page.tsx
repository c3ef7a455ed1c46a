import type { VNode } from 'preact'
import type { FieldError } from '../../../../platform/errors.ts'
import { page, redirect, type Reply } from '../../../../platform/http/reply.ts'
import type { FormBody, Req, Route } from '../../../../platform/http/route.ts'
import { isId } from '../../../../platform/ids.ts'
import { Button, Checkboxes, ErrorSummary, fieldErrors, Form, Select, usePage, type Option } from '../../../../ui/index.ts'
import { listOfficers } from '../../../identity/index.ts'
import { deskReach } from '../../desk-scope.ts'
import { listDeskDossiers } from '../../dossiers.store.ts'
import { officerCtx } from '../../reception/pages/read-visit.ts'
import { giveToPost, readyForPost } from '../hand-over-list.ts'
import { listLists } from '../postal.store.ts'
import { postalListHref, withPostPath } from './hrefs.ts'
import { itemWords } from './item-words.ts'
import { ListTable, namesIn, type ListRow } from './list-table.tsx'

const access = { permission: 'dossiers.receive' } as const
const mostResults = 200

/** The one-stop desk and the postal staff that work for it: lists that wait for the desk's signature, and results to be taken along. */
export const withPostRoutes: Route[] = [
  { method: 'GET', path: withPostPath, access, audit: 'dossiers.inbox', handler: (req) => show(req, []) },
  { method: 'POST', path: withPostPath, access, handler: async (req) => {
    const made = await giveToPost(officerCtx(req), { dossierIds: req.form.all('dossier').filter(isId), officerId: req.form.get('officer') })
    return 'errors' in made ? show(req, made.errors) : redirect(postalListHref(made.listId))
  } },
]

interface View { results: Option[]; staff: Option[]; lists: ListRow[]; names: ReadonlyMap<string, string> }

async function show(req: Req, mistakes: FieldError[]): Promise<Reply> {
  const ctx = officerCtx(req)
  const { db, node, actor, t } = ctx
  const [{ rows }, staff, lists] = await Promise.all([
    listDeskDossiers(db, node.config.code, { reach: await deskReach(ctx, 'dossiers.receive'), states: ['finished'], sort: 'submitted', limit: mostResults, offset: 0 }),
    listOfficers(db, { agencyCode: actor.agencyCode, role: 'postal-staff' }), listLists(db, { agencyCode: actor.agencyCode }),
  ])
  const results = await itemWords(ctx, await readyForPost(db, ctx, rows.map((d) => d.id)))
  const view: View = { results, staff: staff.map((o) => ({ value: o.id, text: o.name })), lists, names: await namesIn(db, lists) }
  return page(<WithPost view={view} form={req.form} mistakes={mistakes} />, { title: t('dossiers.postal.withPost'), layout: 'desk', status: mistakes.length > 0 ? 400 : 200 })
}

function WithPost({ view: { results, staff, lists, names }, form, mistakes }: { view: View; form: FormBody; mistakes: FieldError[] }): VNode {
  const { t } = usePage()
  const errors = fieldErrors(mistakes, t)
  return (
    <>
      <ErrorSummary errors={mistakes} />
      <h1 class="govuk-heading-l">{t('dossiers.postal.withPost')}</h1>
      <p class="govuk-body">{t('dossiers.postal.withPostLead')}</p>
      <ListTable lists={lists} names={names} />
      <h2 class="govuk-heading-m">{t('dossiers.postal.resultsToGive')}</h2>
      {results.length === 0 ? <p class="govuk-body">{t('dossiers.postal.noResultsToGive')}</p> : (
        <Form action={withPostPath}>
          <Checkboxes small name="dossier" label={t('dossiers.postal.resultsToGive')} labelHidden values={form.all('dossier')} error={errors.of('dossier')} options={results} />
          <Select name="officer" label={t('dossiers.postal.officer')} empty={t('dossiers.postal.choose')} value={form.get('officer')} error={errors.of('officer')} options={staff} />
          <Button>{t('dossiers.postal.giveToPost')}</Button>
        </Form>
      )}
    </>
  )
}
