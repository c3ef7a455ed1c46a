import type { VNode } from 'preact'
import type { FieldError } from '../../../../platform/errors.ts'
import { page, redirect, type Reply } from '../../../../platform/http/reply.ts'
import type { FormBody, Req, Route } from '../../../../platform/http/route.ts'
import { isId } from '../../../../platform/ids.ts'
import { BackLink, Button, Checkboxes, ErrorSummary, fieldErrors, Form, InsetText, LinkButton, TextInput, usePage, type Option } from '../../../../ui/index.ts'
import { civilDate } from '../../../../platform/i18n.ts'
import { errors } from '../../dossiers.errors.ts'
import { receptionPath } from '../../reception/pages/hrefs.ts'
import { officerCtx } from '../../reception/pages/read-visit.ts'
import { deliverResult } from '../deliver-result.ts'
import { giveToDesk } from '../hand-over-list.ts'
import { isDelegated, listInHand, listLists } from '../postal.store.ts'
import { deliverHref, deliverPath, giveToDeskPath, postalListHref, postalPath } from './hrefs.ts'
import { itemWords } from './item-words.ts'
import { ListTable, namesIn, type ListRow } from './list-table.tsx'

const access = { permission: 'dossiers.post' } as const

/** The day of the postal staff at a desk: take in, hand over to the desk, take results, deliver them. They see what is in their own hands and nothing else. */
export const postalRoutes: Route[] = [
  { method: 'GET', path: postalPath, access, audit: 'dossiers.inbox', handler: (req) => show(req, []) },
  { method: 'POST', path: giveToDeskPath, access, handler: async (req) => {
    const made = await giveToDesk(officerCtx(req), { dossierIds: req.form.all('dossier').filter(isId) })
    return 'errors' in made ? show(req, made.errors) : redirect(postalListHref(made.listId))
  } },
  { method: 'GET', path: deliverPath, access, audit: 'dossiers.inbox', handler: (req) => showResult(req, []) },
  { method: 'POST', path: deliverPath, access, handler: async (req) => {
    if (!isId(req.params.id)) throw errors.NOT_FOUND()
    const mistakes = await deliverResult(officerCtx(req), { dossierId: req.params.id, recipient: req.form.get('recipient') })
    return mistakes.length > 0 ? showResult(req, mistakes) : redirect(postalPath)
  } },
]

interface View { papers: Option[]; results: Option[]; lists: ListRow[]; names: ReadonlyMap<string, string>; receives: boolean; returns: boolean }

async function show(req: Req, mistakes: FieldError[]): Promise<Reply> {
  const ctx = officerCtx(req)
  const { db, actor, now, t } = ctx
  const today = civilDate(now)
  const [inHand, lists, receives, returns] = await Promise.all([listInHand(db, actor.id), listLists(db, { agencyCode: actor.agencyCode, officerId: actor.id }), isDelegated(db, actor, 'receive', today), isDelegated(db, actor, 'return', today)])
  const of = (what: string): Promise<Option[]> => itemWords(ctx, inHand.filter((one) => one.what === what).map((one) => one.dossierId))
  const view: View = { papers: await of('papers'), results: await of('result'), lists, names: await namesIn(db, lists), receives, returns }
  return page(<Postal view={view} form={req.form} mistakes={mistakes} />, { title: t('dossiers.postal.title'), layout: 'desk', status: mistakes.length > 0 ? 400 : 200 })
}

function Postal({ view: { papers, results, lists, names, receives, returns }, form, mistakes }: { view: View; form: FormBody; mistakes: FieldError[] }): VNode {
  const { t } = usePage()
  const inHand = [...papers, ...results]
  return (
    <>
      <ErrorSummary errors={mistakes} />
      <h1 class="govuk-heading-l">{t('dossiers.postal.title')}</h1>
      {!receives && !returns && <InsetText>{t('dossiers.error.NOT_DELEGATED')}</InsetText>}
      {receives && <p class="govuk-body"><LinkButton href={receptionPath}>{t('dossiers.reception.title')}</LinkButton></p>}
      <h2 class="govuk-heading-m">{t('dossiers.postal.results')}</h2>
      {results.length === 0 ? <p class="govuk-body">{t('dossiers.postal.noResults')}</p> : <ul class="govuk-list">{results.map((r) => <li><a class="govuk-link" href={deliverHref(r.value)}>{r.text}</a></li>)}</ul>}
      <h2 class="govuk-heading-m">{t('dossiers.postal.handOver')}</h2>
      {inHand.length === 0 ? <p class="govuk-body">{t('dossiers.postal.nothingInHand')}</p> : (
        <Form action={giveToDeskPath}>
          <Checkboxes small name="dossier" label={t('dossiers.postal.inHand')} hint={t('dossiers.postal.signHint')} values={form.all('dossier')} error={fieldErrors(mistakes, t).of('dossier')} options={inHand} />
          <Button>{t('dossiers.postal.giveToDesk')}</Button>
        </Form>
      )}
      <ListTable lists={lists} names={names} />
    </>
  )
}

/** One result in the officer's hands. */
async function showResult(req: Req, mistakes: FieldError[]): Promise<Reply> {
  const ctx = officerCtx(req)
  const isInHand = (await listInHand(ctx.db, ctx.actor.id)).some((one) => one.dossierId === req.params.id && one.what === 'result')
  const [item] = isInHand ? await itemWords(ctx, [req.params.id!]) : []
  if (!item) throw errors.NOT_FOUND()
  return page(<Result item={item} typed={req.form.get('recipient')} mistakes={mistakes} />, { title: ctx.t('dossiers.postal.deliver'), layout: 'desk', status: mistakes.length > 0 ? 400 : 200 })
}

function Result({ item, typed, mistakes }: { item: Option; typed: string; mistakes: FieldError[] }): VNode {
  const { t } = usePage()
  return (
    <>
      <BackLink href={postalPath}>{t('dossiers.postal.title')}</BackLink>
      <ErrorSummary errors={mistakes} />
      <h1 class="govuk-heading-l"><span class="govuk-caption-l">{item.text}</span>{t('dossiers.postal.deliver')}</h1>
      <p class="govuk-body">{t('dossiers.postal.deliverFinal')}</p>
      <Form action={deliverHref(item.value)} autocomplete="off">
        <TextInput name="recipient" label={t('dossiers.postal.recipient')} hint={t('dossiers.postal.recipientHint')} value={typed} error={fieldErrors(mistakes, t).of('recipient')} maxLength={200} />
        <Button>{t('dossiers.postal.deliverButton')}</Button>
      </Form>
    </>
  )
}
