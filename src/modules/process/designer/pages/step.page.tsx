import type { VNode } from 'preact'
import { isRefusal, type FieldError } from '../../../../platform/errors.ts'
import { page, redirect, type Reply } from '../../../../platform/http/reply.ts'
import type { FormBody, Req, Route } from '../../../../platform/http/route.ts'
import { BackLink, Button, ButtonGroup, Checkboxes, ErrorSummary, fieldErrors, Form, InsetText, Radios, Select, TextInput, usePage } from '../../../../ui/index.ts'
import { parseDuration } from '../../duration.ts'
import { errors } from '../../process.errors.ts'
import { changeProcessDraft } from '../change-process-draft.ts'
import { changeStep, detailsOf, newEndTarget, typedStep, type TypedStep, type TypedWay } from '../change-step.ts'
import type { ProcessDraft } from '../draft.store.ts'
import { targetsOf } from '../edit-steps.ts'
import { redraw } from '../redraw.ts'
import { nameOf, rowsOf, type Branching } from '../rows.ts'
import { acts, roles } from '../step-templates.ts'
import { findNode, idOf, isGateway, kindOf, lanesOf, type Tree } from '../tree.ts'
import { readTree } from './draft.page.tsx'
import { namesOf } from './draft-view.tsx'
import { DurationInput, durationOf } from './duration-input.tsx'
import { draftHref, stepHref, stepPath } from './hrefs.ts'
import { kindName, roleOf, rowName } from './kinds.ts'
import { readProcessDraft, seenRevision } from './read-draft.ts'

const access = { permission: 'process.design' } as const
const mostWays = 12
const branchings: readonly Branching[] = ['choose', 'all', 'some']

/** One step of a draft: what it is, who does it, how long it may take, and where it goes on. */
export const processStepRoutes: readonly Route[] = [
  { method: 'GET', path: stepPath, access, handler: (req) => show(req) },
  { method: 'POST', path: stepPath, access, handler: save },
]

async function readStep(req: Req): Promise<{ draft: ProcessDraft; tree: Tree; step: TypedStep }> {
  const draft = await readProcessDraft(req)
  if (draft.state !== 'draft') throw errors.DRAFT_NOT_IN_STATE({ state: req.ctx.t(`process.designer.state.${draft.state}`) })
  const tree = readTree(draft.bpmn)
  const step = typedStep(tree, req.params.id!)
  if (!step) throw errors.ELEMENT_NOT_FOUND({ id: req.params.id! })
  return { draft, tree, step }
}

async function save(req: Req): Promise<Reply> {
  const { draft, step } = await readStep(req)
  const id = req.params.id!
  const typed = readForm(req.form, step)
  const mistakes = check(typed)
  if (mistakes.length > 0) return show(req, { typed, mistakes })
  try {
    await changeProcessDraft(req.ctx, draft.key, seenRevision(req), ({ bpmn }) => {
      const tree = readTree(bpmn)
      return changeStep(tree, id, typed) ? redraw(bpmn, tree) : bpmn
    })
  } catch (error) {
    if (!isRefusal(error, 'DRAFT_CHANGED')) throw error
    return show(req, { typed, conflict: req.ctx.t(error.key, error.params) })
  }
  return redirect(req.form.get('act') === 'more' ? `${stepHref(draft.key, id)}#branching` : `${draftHref(draft.key)}#step-${encodeURIComponent(id)}`)
}

/** What was typed, over what stands in the document: fields that the form of this kind does not have stay. */
function readForm(form: FormBody, step: TypedStep): TypedStep {
  const has = (name: string): boolean => form.fields[name] !== undefined
  const text = (name: keyof TypedStep & string): string => (has(name) ? form.get(name) : String(step[name]))
  const count = Math.min(Number(form.get('ways')) || 0, mostWays)
  const ways = Array.from({ length: count }, (_, i): TypedWay => ({ flow: form.get(`way-${i}-flow`), to: form.get(`way-${i}-to`), nameVi: form.get(`way-${i}-vi`), nameEn: form.get(`way-${i}-en`), condition: form.get(`way-${i}-condition`) }))
  return {
    nameVi: text('nameVi'), nameEn: text('nameEn'), lane: text('lane'), role: text('role'), limit: has('limit-amount') ? durationOf(form, 'limit', step.limit) : step.limit, act: text('act'),
    service: text('service'), decision: text('decision'), result: text('result'), called: text('called'), message: text('message'),
    duration: has('duration-amount') ? durationOf(form, 'duration', step.duration, hoursADay(form.get('workingTime') === 'true')) : step.duration, workingTime: has('duration-amount') ? form.get('workingTime') === 'true' : step.workingTime,
    interrupts: has('edge') ? form.get('interrupts') === 'true' : step.interrupts, branching: (branchings as readonly string[]).includes(form.get('branching')) ? form.get('branching') as Branching : step.branching, ways: has('ways') ? ways : step.ways, otherwise: has('ways') ? (has('otherwise') ? Number(form.get('otherwise')) : -1) : step.otherwise,
  }
}

const hoursADay = (isWorkingTime: boolean): number => (isWorkingTime ? 8 : 24)

function check({ nameVi, nameEn, limit, duration, ways }: TypedStep): FieldError[] {
  return [
    ...[['nameVi', nameVi], ['nameEn', nameEn]].flatMap(([field, text]) => (text!.length > 200 ? [{ field: field!, key: 'process.designer.check.name' }] : [])),
    ...[['limit', limit], ['duration', duration]].flatMap(([field, text]) => (text !== '' && !parseDuration(text!) ? [{ field: field!, key: 'process.designer.check.limit' }] : [])),
    ...ways.flatMap((way, i) => (way.nameVi.length > 200 || way.nameEn.length > 200 ? [{ field: `way-${i}-vi`, key: 'process.designer.check.name' }] : [])),
  ]
}

async function show(req: Req, failed: { typed?: TypedStep; mistakes?: FieldError[]; conflict?: string } = {}): Promise<Reply> {
  const { draft, tree, step } = await readStep(req)
  const services = req.ctx.node.modules.flatMap((module) => Object.keys(module.serviceTasks ?? {}))
  const name = rowName(req.ctx.t, req.ctx.lang, rowsOf(tree).find((row) => row.id === req.params.id) ?? { id: req.params.id!, kind: kindOf(findNode(tree, req.params.id!)!.node), name: { vi: step.nameVi, en: step.nameEn }, comesFrom: 0, ways: [] })
  const status = failed.conflict !== undefined ? 409 : failed.mistakes ? 400 : 200
  return page(<StepView draft={draft} tree={tree} id={req.params.id!} name={name} step={failed.typed ?? step} services={services} mistakes={failed.mistakes ?? []} conflict={failed.conflict} />, { title: name, layout: 'desk', status })
}

interface Props { draft: ProcessDraft; tree: Tree; id: string; name: string; step: TypedStep; services: readonly string[]; mistakes: readonly FieldError[]; conflict: string | undefined }

function StepView(props: Props): VNode {
  const { t, lang } = usePage()
  const { draft, tree, id, name, step, mistakes, conflict } = props
  const { node } = findNode(tree, id)!
  const e = fieldErrors(mistakes, t)
  const lanes = lanesOf(tree)
  return (
    <>
      <BackLink href={`${draftHref(draft.key)}#step-${encodeURIComponent(id)}`}>{t('process.designer.asTable')}</BackLink>
      <ErrorSummary errors={mistakes} message={conflict} />
      <h1 class="govuk-heading-l"><span class="govuk-caption-l">{kindName(t, kindOf(node))}</span>{name}</h1>
      <Form action={stepHref(draft.key, id)} hidden={{ revision: draft.revision }} autocomplete="off">
        <TextInput name="nameVi" label={t('process.designer.nameVi')} value={step.nameVi} error={e.of('nameVi')} width="two-thirds" maxLength={200} />
        <TextInput name="nameEn" label={t('process.designer.nameEn')} value={step.nameEn} error={e.of('nameEn')} width="two-thirds" maxLength={200} />
        <DetailFields {...props} />
        {node.attributes.attachedToRef && <><input type="hidden" name="edge" value="1" /><Checkboxes name="interrupts" label={t('process.designer.edge')} small values={step.interrupts ? ['true'] : []} options={[{ value: 'true', text: t('process.designer.editor.edge') }]} /></>}
        {lanes.length > 0 && !tree.process.children.every((child) => child !== node) && <Select name="lane" label={t('process.designer.lane')} hint={t('process.designer.lane.hint')} value={step.lane} empty={step.lane === '' ? t('process.designer.lane.none') : undefined} options={lanes.map((lane) => ({ value: idOf(lane), text: nameOf(tree, lane)[lang] || nameOf(tree, lane).vi || idOf(lane) }))} />}
        {kindOf(node) !== 'endEvent' && <WayFields {...props} isGateway={isGateway(node)} />}
        <ButtonGroup><Button name="act" value="save">{t('process.designer.save')}</Button></ButtonGroup>
      </Form>
    </>
  )
}

function DetailFields({ tree, id, step, services, mistakes }: Props): VNode {
  const { t } = usePage()
  const { node } = findNode(tree, id)!
  const e = fieldErrors(mistakes, t)
  const withOwn = (known: readonly string[], own: string): string[] => (own === '' || known.includes(own) ? [...known] : [...known, own])
  switch (detailsOf(kindOf(node), node)) {
    case 'person': return (
      <>
        <Select name="role" label={t('process.designer.role')} value={step.role} empty={t('process.designer.role.none')} options={withOwn(roles, step.role).map((value) => ({ value, text: roleOf(t, value) }))} />
        <DurationInput name="limit" label={t('process.designer.limit')} hint={t('process.designer.limit.hint')} value={step.limit} error={e.of('limit')} />
        <Select name="act" label={t('process.designer.act')} hint={t('process.designer.act.hint')} value={step.act} empty={t('process.designer.act.none')} options={withOwn(acts, step.act).map((value) => ({ value, text: t.has(`process.designer.act.${value}`) ? t(`process.designer.act.${value}`) : value }))} />
      </>
    )
    case 'service': return <Select name="service" label={t('process.designer.service')} value={step.service} empty={t('process.designer.service.none')} options={withOwn(services, step.service).map((value) => ({ value, text: value }))} />
    case 'decision': return (
      <>
        <TextInput name="decision" label={t('process.designer.decision')} hint={t('process.designer.decision.hint')} value={step.decision} width="one-half" spellcheck={false} maxLength={60} />
        <TextInput name="result" label={t('process.designer.result')} hint={t('process.designer.result.hint')} value={step.result} width="one-half" spellcheck={false} maxLength={60} />
      </>
    )
    case 'call': return <TextInput name="called" label={t('process.designer.called')} hint={t('process.designer.called.hint')} value={step.called} width="one-half" spellcheck={false} maxLength={60} />
    case 'message': return <TextInput name="message" label={t('process.designer.message')} hint={t('process.designer.message.hint')} value={step.message} width="one-half" spellcheck={false} maxLength={100} />
    case 'timer': return (
      <>
        <DurationInput name="duration" label={t('process.designer.duration')} value={step.duration} error={e.of('duration')} hoursADay={hoursADay(step.workingTime)} />
        <Checkboxes name="workingTime" label={t('process.designer.workingTime.legend')} small values={step.workingTime ? ['true'] : []} options={[{ value: 'true', text: t('process.designer.workingTime') }]} />
      </>
    )
    case undefined: return <></>
  }
}

function WayFields({ tree, id, step, isGateway: byItself }: Props & { isGateway: boolean }): VNode {
  const { t, lang } = usePage()
  const names = namesOf(t, lang, rowsOf(tree))
  const options = [...targetsOf(tree, id).filter((node) => !isOwnGateway(tree, id, idOf(node))).map((node) => ({ value: idOf(node), text: names.get(idOf(node)) ?? idOf(node) })), { value: newEndTarget, text: t('process.designer.newEnd') }]
  const ways: TypedWay[] = [...step.ways.filter((way) => way.to !== ''), { flow: '', to: '', nameVi: '', nameEn: '', condition: '' }].slice(0, mostWays)
  const mode = step.branching === 'one' || step.branching === 'first' ? 'choose' : step.branching
  return (
    <>
      <h2 class="govuk-heading-m" id="ways">{t('process.designer.goesOn')}</h2>
      <InsetText>{t('process.designer.goesOn.hint')}</InsetText>
      <input type="hidden" name="ways" value={String(ways.length)} />
      {!byItself && <Radios name="branching" label={t('process.designer.branching')} hint={t('process.designer.branching.hint')} small value={mode} options={branchings.map((value) => ({ value, text: t(`process.designer.branching.${value}`) }))} />}
      {ways.map((way, i) => (
        <fieldset class="govuk-fieldset">
          <legend class="govuk-fieldset__legend govuk-fieldset__legend--s">{way.to === '' ? t('process.designer.way.new') : t('process.designer.way', { n: i + 1 })}</legend>
          <input type="hidden" name={`way-${i}-flow`} value={way.flow} />
          <div class="mc-filter-row">
            <Select name={`way-${i}-to`} label={t('process.designer.way.to')} value={way.to} empty={t('process.designer.way.none')} options={options} />
            <TextInput name={`way-${i}-vi`} label={t('process.designer.way.vi')} value={way.nameVi} maxLength={200} />
            <TextInput name={`way-${i}-en`} label={t('process.designer.way.en')} value={way.nameEn} maxLength={200} />
            <TextInput name={`way-${i}-condition`} label={t('process.designer.way.condition')} value={way.condition} spellcheck={false} maxLength={1000} />
          </div>
        </fieldset>
      ))}
      <Select name="otherwise" label={t('process.designer.otherwise.label')} hint={t('process.designer.otherwise.hint')} value={String(step.otherwise)} options={[{ value: '-1', text: t('process.designer.otherwise.none') }, ...ways.map((way, i) => ({ value: String(i), text: way.to === '' ? t('process.designer.way.new') : `${t('process.designer.way', { n: i + 1 })}: ${names.get(way.to) ?? t('process.designer.newEnd')}` }))]} />
      <Button kind="secondary" name="act" value="more" id="branching">{t('process.designer.way.more')}</Button>
    </>
  )
}

const isOwnGateway = (tree: Tree, id: string, target: string): boolean => rowsOf(tree).some((row) => row.id === id && row.gateway === target)
