import type { VNode } from 'preact'
import type { FieldError } from '../../../../platform/errors.ts'
import { page, redirect, type Reply } from '../../../../platform/http/reply.ts'
import type { Req, Route } from '../../../../platform/http/route.ts'
import { formatDate } from '../../../../platform/i18n.ts'
import { BackLink, Button, ErrorSummary, fieldErrors, Form, InsetText, Pagination, SummaryList, Textarea, usePage, WarningText } from '../../../../ui/index.ts'
import { procedureNames } from '../../get-procedure.ts'
import { checkDecision } from '../check-decision.ts'
import type { Decision, DecisionItem } from '../decision.ts'
import { itemNames, listItemHeads, listItems } from '../decision.store.ts'
import { effectOfItem, type Effect } from '../effect-of-item.ts'
import { publishDecision } from '../publish-decision.ts'
import { withdrawDecision } from '../withdraw-decision.ts'
import { Differences } from './differences.tsx'
import { checkHref, checkPath, decisionHref, publishHref, publishPath, withdrawHref, withdrawPath } from './hrefs.ts'
import { readOwnDecision } from './read-decision.ts'

/** The second pair of eyes, the confirmation before publishing, and giving up. */
export const decisionStepRoutes: readonly Route[] = [
  { method: 'GET', path: checkPath, access: { permission: 'catalogue.check' }, handler: (req) => showCheck(req, []) },
  { method: 'POST', path: checkPath, access: { permission: 'catalogue.check' }, handler: async (req) => {
    const decision = await readOwnDecision(req)
    const verdict = req.form.get('verdict') === 'approve' ? 'approve' : 'return'
    const mistakes = await checkDecision(req.ctx, { decisionId: decision.id, verdict, note: req.form.get('note') })
    return mistakes.length > 0 ? showCheck(req, mistakes) : redirect(decisionHref(decision.id, { done: verdict === 'approve' ? 'approved' : 'returned' }))
  } },
  { method: 'GET', path: publishPath, access: { permission: 'catalogue.check' }, handler: showPublish },
  { method: 'POST', path: publishPath, access: { permission: 'catalogue.check' }, handler: async (req) => {
    const decision = await readOwnDecision(req)
    await publishDecision(req.ctx, decision.id)
    return redirect(decisionHref(decision.id, { done: 'published' }))
  } },
  { method: 'GET', path: withdrawPath, access: { permission: 'catalogue.decide' }, handler: async (req) => {
    const decision = await readOwnDecision(req)
    return page(<Withdraw decision={decision} />, { title: req.ctx.t('catalogue.decisions.withdraw'), layout: 'desk' })
  } },
  { method: 'POST', path: withdrawPath, access: { permission: 'catalogue.decide' }, handler: async (req) => {
    const decision = await readOwnDecision(req)
    await withdrawDecision(req.ctx, decision.id)
    return redirect(decisionHref(decision.id, { done: 'withdrawn' }))
  } },
]

const perPage = 10

interface CheckView { decision: Decision; items: { item: DecisionItem; effect: Effect; name: string }[]; page: number; pages: number; total: number; mistakes: FieldError[]; note: string }

async function showCheck(req: Req, mistakes: FieldError[]): Promise<Reply> {
  const { ctx } = req
  const decision = await readOwnDecision(req)
  const heads = await listItemHeads(ctx.db, decision.id, Number(req.query.page) || 1, perPage)
  const codes = new Set(heads.rows.map((h) => h.code))
  const items = (await listItems(ctx.db, decision.id)).filter((i) => codes.has(i.code))
  const names = new Map([...await itemNames(ctx.db, decision.id, ctx.lang), ...await procedureNames(ctx.db, [...codes], ctx.lang)])
  const view: CheckView = { decision, mistakes, note: req.form.get('note'), page: heads.page, pages: heads.pages, total: heads.total, items: await Promise.all(items.map(async (item) => ({ item, effect: await effectOfItem(ctx.db, item), name: names.get(item.code) ?? item.code }))) }
  return page(<CheckPage view={view} />, { title: ctx.t('catalogue.decisions.check'), layout: 'desk', status: mistakes.length > 0 ? 400 : 200 })
}

function CheckPage({ view }: { view: CheckView }): VNode {
  const { t } = usePage()
  const { decision: d } = view
  const e = fieldErrors(view.mistakes, t)
  return (
    <>
      <BackLink href={decisionHref(d.id)}>{t('catalogue.decisions.titleOf', { number: d.number })}</BackLink>
      <ErrorSummary errors={view.mistakes} />
      <h1 class="govuk-heading-l">{t('catalogue.decisions.check')}</h1>
      <p class="govuk-body">{t('catalogue.decisions.check.lead', { count: view.total, from: formatDate(d.effectiveOn) })}</p>
      {view.items.map((one) => <ItemEffect {...one} />)}
      <Pagination page={view.page} pages={view.pages} href={(n) => checkHref(d.id, n)} />
      {(d.state === 'in-check' || d.state === 'checked') && (
        <Form action={checkHref(d.id)}>
          <Textarea name="note" label={t('catalogue.decisions.check.note')} hint={t('catalogue.decisions.check.noteHint')} rows={3} value={view.note} error={e.of('note')} />
          {d.state === 'in-check' && <Button name="verdict" value="approve">{t('catalogue.decisions.check.approve')}</Button>} <Button kind="secondary" name="verdict" value="return">{t('catalogue.decisions.check.return')}</Button>
        </Form>
      )}
    </>
  )
}

function ItemEffect({ item, effect, name }: CheckView['items'][number]): VNode {
  const { t } = usePage()
  return (
    <section>
      <h2 class="govuk-heading-m">{item.code} – {t(`catalogue.decisions.action.${item.action}`)}</h2>
      <p class="govuk-body">{name}</p>
      {effect.isStale && <WarningText>{t('catalogue.decisions.check.stale')}</WarningText>}
      {item.action === 'abolish' ? <WarningText>{t('catalogue.decisions.check.abolish')}</WarningText> : <Differences changes={effect.changes} caption={name} />}
      {effect.copies.length > 0 && <InsetText>{t('catalogue.decisions.check.copies', { count: effect.copies.length, codes: effect.copies.slice(0, 40).join(', ') })}</InsetText>}
    </section>
  )
}

async function showPublish(req: Req): Promise<Reply> {
  const decision = await readOwnDecision(req)
  const items = await listItems(req.ctx.db, decision.id)
  const counts = Map.groupBy(items, (i) => i.action)
  const { t } = req.ctx
  return page(
    <>
      <BackLink href={decisionHref(decision.id)}>{t('catalogue.decisions.titleOf', { number: decision.number })}</BackLink>
      <h1 class="govuk-heading-l">{t('catalogue.decisions.publish.title', { number: decision.number })}</h1>
      <SummaryList rows={[
        ...[...counts].map(([action, list]) => ({ key: t(`catalogue.decisions.action.${action}`), value: t('catalogue.decisions.publish.count', { count: list.length }) })),
        { key: t('catalogue.decisions.effectiveOn'), value: formatDate(decision.effectiveOn) }, { key: t('catalogue.decisions.checker'), value: decision.checkerName ?? '–' },
      ]} />
      <WarningText>{t(counts.has('abolish') ? 'catalogue.decisions.publish.warnAbolish' : 'catalogue.decisions.publish.warn')}</WarningText>
      <Form action={publishHref(decision.id)}><Button>{t('catalogue.decisions.publish.confirm')}</Button></Form>
    </>, { title: t('catalogue.decisions.publish'), layout: 'desk' })
}

function Withdraw({ decision: d }: { decision: Decision }): VNode {
  const { t } = usePage()
  return (
    <>
      <BackLink href={decisionHref(d.id)}>{t('catalogue.decisions.titleOf', { number: d.number })}</BackLink>
      <h1 class="govuk-heading-l">{t('catalogue.decisions.withdraw.title', { number: d.number })}</h1>
      <WarningText>{t('catalogue.decisions.withdraw.warn')}</WarningText>
      <Form action={withdrawHref(d.id)}><Button kind="warning">{t('catalogue.decisions.withdraw.confirm')}</Button></Form>
    </>
  )
}
