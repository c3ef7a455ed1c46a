import type { VNode } from 'preact'
import { actorKey } from '../../../../platform/actor.ts'
import { page, redirect, type Reply } from '../../../../platform/http/reply.ts'
import type { Req, Route } from '../../../../platform/http/route.ts'
import { formatDateTime } from '../../../../platform/i18n.ts'
import { isId } from '../../../../platform/ids.ts'
import { BackLink, Button, ButtonGroup, Form, InsetText, NotificationBanner, SummaryList, Tag, usePage, WarningText } from '../../../../ui/index.ts'
import { findDefinition, modelOf } from '../../definition.store.ts'
import { roleName } from '../../diagram-for.ts'
import { errors } from '../../process.errors.ts'
import { decideOverride } from '../decide-override.ts'
import { countOpenOf, findStepOverride, type StepOverride } from '../step-override.store.ts'
import { confirmOverrideHref, confirmOverridePath, dropOverrideHref, dropOverridePath, overrideHref, overridePath, overridesHref } from './hrefs.ts'
import { doerWords, namesOf, overrideTones } from './words.ts'

/** One change: what it says and whom it concerns, and the second pair of eyes. */
export const overrideRoutes: Route[] = [
  { method: 'GET', path: overridePath, access: { permission: 'process.give-steps' }, handler: show },
  { method: 'POST', path: confirmOverridePath, access: { permission: 'process.give-steps' }, handler: async (req) => {
    await decideOverride(req.ctx, { id: req.params.id!, decision: 'confirmed' })
    return redirect(`${overrideHref(req.params.id!)}?done=confirmed`)
  } },
  { method: 'POST', path: dropOverridePath, access: { permission: 'process.give-steps' }, handler: async (req) => {
    await decideOverride(req.ctx, { id: req.params.id!, decision: 'dropped' })
    return redirect(`${overrideHref(req.params.id!)}?done=dropped`)
  } },
]

interface View { one: StepOverride; process: string; step: string; drawn: string; open: number; names: ReadonlyMap<string, string>; isOwn: boolean; done: string }

async function show(req: Req): Promise<Reply> {
  const { ctx, query } = req
  const { db, lang, t, now } = ctx
  const one = isId(req.params.id) ? await findStepOverride(db, req.params.id) : undefined
  if (!one) throw errors.OVERRIDE_NOT_FOUND()
  const definition = await findDefinition(db, one.processKey, now)
  const model = definition && await modelOf(db, definition.id)
  const step = model?.nodes.find((node) => node.id === one.elementId)
  const view: View = {
    one, process: model?.name[lang] ?? one.processKey, step: step?.name[lang] ?? one.elementId, drawn: step?.kind === 'user' ? roleName(t, step.role) : '–', open: await countOpenOf(db, one), names: await namesOf(ctx, [one]), isOwn: one.proposedBy === actorKey(ctx.actor), done: query.done ?? '',
  }
  return page(<OverridePage view={view} />, { title: t('process.override.new', { name: view.step }), layout: 'desk' })
}

function OverridePage({ view: { one, process, step, drawn, open, names, isOwn, done } }: { view: View }): VNode {
  const { t } = usePage()
  return (
    <>
      <BackLink href={overridesHref(one.processKey)}>{t('process.override.title')}</BackLink>
      {['proposed', 'confirmed', 'dropped'].includes(done) && <NotificationBanner type="success">{t(`process.override.done.${done}`)}</NotificationBanner>}
      <h1 class="govuk-heading-l"><span class="govuk-caption-l">{process}</span>{t('process.override.new', { name: step })} <Tag tone={overrideTones[one.state]}>{t(`process.override.state.${one.state}`)}</Tag></h1>
      <SummaryList rows={[
        { key: t('process.override.column.agency'), value: one.agencyCode === null ? t('process.override.allAgencies') : names.get(one.agencyCode) ?? one.agencyCode }, { key: t('process.override.column.drawn'), value: drawn },
        { key: t('process.override.column.becomes'), value: doerWords(t, one, names) }, { key: t('process.override.column.from'), value: formatDateTime(one.validFrom) },
        { key: t('process.override.open'), value: t(one.withOpen ? 'process.override.openGo' : 'process.override.openStay', { count: open }) }, { key: t('process.override.reason'), value: one.reason }, { key: t('process.override.proposedAt'), value: formatDateTime(one.proposedAt) },
        ...(one.decidedAt ? [{ key: t('process.override.decidedAt'), value: formatDateTime(one.decidedAt) }] : []),
      ]} />
      {one.state === 'proposed' && isOwn && <InsetText>{t('process.override.waits')}</InsetText>}
      {one.state === 'proposed' && (
        <>
          {!isOwn && one.withOpen && <WarningText>{t('process.override.warn', { count: open })}</WarningText>}
          <ButtonGroup>
            {!isOwn && <Form action={confirmOverrideHref(one.id)}><Button>{t('process.override.confirm')}</Button></Form>}
            <Form action={dropOverrideHref(one.id)}><Button kind="secondary">{t('process.override.drop')}</Button></Form>
          </ButtonGroup>
        </>
      )}
    </>
  )
}
