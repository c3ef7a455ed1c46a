import type { ComponentChildren, VNode } from 'preact'
import { BackLink, Checkboxes, InsetText, LinkButton, NotificationBanner, Select, TextInput, usePage, WarningText } from '../../../../ui/index.ts'
import { translator } from '../../../../platform/i18n.ts'
import { motcuaDescriptor } from '../../motcua-extension.ts'
import type { ProcessDraft } from '../draft.store.ts'
import { acts, plainElements, roles, stepTemplates, type StepTemplate } from '../step-templates.ts'
import { Ways } from './draft-view.tsx'
import { units } from './duration-input.tsx'
import { draftHref, processesPath } from './hrefs.ts'
import { roleOf } from './kinds.ts'

interface Props { draft: ProcessDraft; name: string; source: string; picture: VNode; services: readonly string[] }

/** What a button of the palette adds, in the words of the diagram editor. */
interface PaletteItem { key: string; figure: 'task' | 'gateway' | 'event' | 'end' | 'lane'; add: object }

const taskTypes: Readonly<Record<string, string>> = { userTask: 'bpmn:UserTask', serviceTask: 'bpmn:ServiceTask', businessRuleTask: 'bpmn:BusinessRuleTask', sendTask: 'bpmn:SendTask', receiveTask: 'bpmn:ReceiveTask', callActivity: 'bpmn:CallActivity', intermediateCatchEvent: 'bpmn:IntermediateCatchEvent', boundaryEvent: 'bpmn:BoundaryEvent' }

const [vi, en] = [translator('vi'), translator('en')]
const namesFor = (key: string): object => ({ nameVi: vi(`process.designer.step.${key}`), nameEn: en(`process.designer.step.${key}`) })
const fromTemplate = ([key, { kind, role, limit, act, duration, atEdge }]: [string, StepTemplate]): PaletteItem => ({ key, figure: kind.endsWith('Event') ? 'event' : 'task', add: { type: taskTypes[kind], ...namesFor(key), role, limit, act, duration, atEdge, ...(duration ? { event: 'bpmn:TimerEventDefinition' } : {}) } })
const others: readonly PaletteItem[] = [
  { key: 'choose', figure: 'gateway', add: { type: 'bpmn:ExclusiveGateway', ...namesFor('choose') } },
  { key: 'all', figure: 'gateway', add: { type: 'bpmn:ParallelGateway', ...namesFor('all') } },
  { key: 'some', figure: 'gateway', add: { type: 'bpmn:InclusiveGateway', ...namesFor('some') } },
  { key: 'sub', figure: 'task', add: { type: 'bpmn:SubProcess', ...namesFor('sub'), isExpanded: true, startVi: vi('process.kind.start'), startEn: en('process.kind.start'), endVi: vi('process.designer.new.end'), endEn: en('process.designer.new.end') } },
  { key: 'end', figure: 'end', add: { type: 'bpmn:EndEvent', ...namesFor('end') } },
]
const palette = { common: Object.entries(stepTemplates).map(fromTemplate), other: [...Object.entries(plainElements).map(fromTemplate), ...others] }

/** The editor with its palette and panel. Until its script has begun, and where none runs, the drawing stands in its place. */
export function DiagramView({ draft, name, source, picture, services }: Props): VNode {
  const { t, csrf, assets } = usePage()
  const say = ['canvas', 'whole', 'nothing', 'unsaved', 'unchanged', 'saving', 'saved', 'failed', 'connect', 'remove', 'laneAbove', 'laneBelow']
  const kinds = ['StartEvent', 'EndEvent', 'IntermediateCatchEvent', 'IntermediateThrowEvent', 'BoundaryEvent', 'ExclusiveGateway', 'ParallelGateway', 'InclusiveGateway', 'EventBasedGateway', 'ComplexGateway', 'SubProcess', 'CallActivity', 'Lane', 'Participant', 'UserTask', 'ManualTask', 'Task', 'ServiceTask', 'BusinessRuleTask', 'SendTask', 'ReceiveTask', 'ScriptTask']
  const words = { ...Object.fromEntries(say.map((key) => [key, t(`process.designer.editor.${key}`)])), ...Object.fromEntries(kinds.map((kind) => [`kind.${kind}`, t(`process.designer.editor.kind.${kind}`)])), 'bpmn.Open {element}': t('process.designer.editor.open') }
  return (
    <>
      <link rel="stylesheet" href={assets('process-designer.css')} />
      <BackLink href={processesPath}>{t('process.designer.title')}</BackLink>
      <h1 class="govuk-heading-l"><span class="govuk-caption-l">{t('process.designer.draft')}</span>{name}</h1>
      <Ways draft={draft} here="diagram" />
      <div data-process-designer data-save={draftHref(draft.key, 'diagram')} data-check={draftHref(draft.key, 'check')} data-revision={draft.revision} data-csrf={csrf} data-file={`${draft.key}.bpmn`} data-words={JSON.stringify(words)} data-extension={JSON.stringify(motcuaDescriptor)}>
        <div data-part="still">
          <InsetText>{t('process.designer.editor.noScript')}</InsetText>
          {picture}
        </div>
        <textarea data-part="source" hidden aria-hidden="true" tabIndex={-1} readOnly>{source}</textarea>
        <div data-part="editor" hidden><Editor draft={draft} services={services} /></div>
      </div>
    </>
  )
}

function Editor({ draft, services }: Pick<Props, 'draft' | 'services'>): VNode {
  const { t } = usePage()
  const act = (key: string, kind: 'govuk-button' | 'govuk-button govuk-button--secondary' = 'govuk-button govuk-button--secondary'): VNode => <button type="button" class={kind} data-do={key}>{t(`process.designer.editor.do.${key}`)}</button>
  return (
    <>
      <div data-part="kept" hidden>
        <NotificationBanner><p class="govuk-body">{t('process.designer.editor.kept')}</p><div class="govuk-button-group">{act('restore')}{act('forget')}</div></NotificationBanner>
      </div>
      <div data-part="failed" hidden>
        <WarningText><span data-part="why" tabIndex={-1} /></WarningText>
        <div class="govuk-button-group">{act('keep')}<LinkButton kind="secondary" href={draftHref(draft.key, 'diagram')}>{t('process.designer.editor.reload')}</LinkButton></div>
      </div>
      <div class="pd-bar" role="group" aria-label={t('process.designer.editor.bar')}>
        {act('save', 'govuk-button')}{act('undo')}{act('redo')}{act('in')}{act('out')}{act('fit')}
        <p class="govuk-body pd-state" role="status" data-part="state">{t('process.designer.editor.unchanged')}</p>
      </div>
      <div class="pd-desk">
        <section class="pd-palette" aria-labelledby="pd-palette" tabIndex={0}>
          <h2 class="govuk-heading-s" id="pd-palette">{t('process.designer.templates.common')}</h2>
          <Palette items={palette.common} />
          <h2 class="govuk-heading-s">{t('process.designer.templates.other')}</h2>
          <Palette items={palette.other} />
        </section>
        <div class="pd-canvas" data-part="canvas" />
        <section class="pd-panel" aria-labelledby="pd-panel" data-part="panel" tabIndex={0}>
          <h2 class="govuk-heading-s" id="pd-panel">{t('process.designer.editor.panel')}</h2>
          <Fields services={services} />
        </section>
      </div>
      <p class="govuk-body-s pd-keys" id="pd-keys">{t('process.designer.editor.keys')}</p>
      <div class="pd-findings" aria-live="polite">
        <p class="govuk-body"><strong data-part="says" /></p>
        <ol class="govuk-list govuk-list--number" data-part="findings" />
        <p class="govuk-body">{t('process.designer.time')}: <span data-part="time" /></p>
      </div>
    </>
  )
}

function Palette({ items }: { items: readonly PaletteItem[] }): VNode {
  const { t } = usePage()
  const figures: Readonly<Record<PaletteItem['figure'], VNode>> = {
    task: <rect x="1" y="4" width="20" height="14" rx="3" />, gateway: <path d="M11 1 21 11 11 21 1 11z" />, event: <><circle cx="11" cy="11" r="9.5" /><circle cx="11" cy="11" r="6.5" /></>, end: <circle cx="11" cy="11" r="9" stroke-width="3.4" />, lane: <path d="M1 3h20v16H1zM6 3v16" />,
  }
  return <ul>{items.map(({ key, figure, add }) => <li><button type="button" class="pd-add" data-add={JSON.stringify(add)}><svg class="pd-figure" viewBox="0 0 22 22" aria-hidden="true">{figures[figure]}</svg>{t(`process.designer.step.${key}`)}</button></li>)}</ul>
}

/** Every field that an element may have; the script shows those of the chosen one. */
function Fields({ services }: { services: readonly string[] }): VNode {
  const { t } = usePage()
  const group = (name: string, children: ComponentChildren): VNode => <div data-group={name} hidden>{children}</div>
  const amount = (name: string, label: string): VNode => (
    <fieldset class="govuk-fieldset">
      <legend class="govuk-fieldset__legend">{label}</legend>
      <div class="mc-filter-row">
        <TextInput name={`p-${name}-amount`} label={t('process.designer.amount')} labelHidden inputMode="numeric" maxLength={20} />
        <Select name={`p-${name}-unit`} label={t('process.designer.unit')} labelHidden options={units.map((value) => ({ value, text: t(`process.designer.unit.${value}`) }))} />
      </div>
    </fieldset>
  )
  return (
    <>
      <Select name="p-element" label={t('process.designer.editor.chosen')} options={[]} />
      {group('names', <><TextInput name="p-name-vi" label={t('process.designer.nameVi')} maxLength={200} /><TextInput name="p-name-en" label={t('process.designer.nameEn')} maxLength={200} /></>)}
      {group('person', <Select name="p-role" label={t('process.designer.role')} empty={t('process.designer.role.none')} options={roles.map((value) => ({ value, text: roleOf(t, value) }))} />)}
      {group('limit', amount('limit', t('process.designer.editor.limit')))}
      {group('person', <Select name="p-act" label={t('process.designer.act')} empty={t('process.designer.act.none')} options={acts.map((value) => ({ value, text: t(`process.designer.act.${value}`) }))} />)}
      {group('service', <Select name="p-service" label={t('process.designer.service')} empty={t('process.designer.service.none')} options={services.map((value) => ({ value, text: value }))} />)}
      {group('decision', <><TextInput name="p-decision" label={t('process.designer.decision')} spellcheck={false} maxLength={60} /><TextInput name="p-result" label={t('process.designer.result')} hint={t('process.designer.result.hint')} spellcheck={false} maxLength={60} /></>)}
      {group('call', <TextInput name="p-called" label={t('process.designer.called')} spellcheck={false} maxLength={60} />)}
      {group('message', <TextInput name="p-message" label={t('process.designer.message')} spellcheck={false} maxLength={100} />)}
      {group('timer', <>{amount('duration', t('process.designer.duration'))}<Checkboxes name="p-workingTime" label={t('process.designer.workingTime.legend')} labelHidden small options={[{ value: 'true', text: t('process.designer.workingTime') }]} /></>)}
      {group('edge', <Checkboxes name="p-edge" label={t('process.designer.editor.edge')} labelHidden small options={[{ value: 'true', text: t('process.designer.editor.edge') }]} />)}
      {group('flow', <><Checkboxes name="p-default" label={t('process.designer.otherwise.label')} labelHidden small options={[{ value: 'true', text: t('process.designer.editor.default') }]} /><TextInput name="p-condition" label={t('process.designer.way.condition')} hint={t('process.designer.editor.condition')} spellcheck={false} maxLength={1000} /></>)}
      {group('lane', <Select name="p-lane" label={t('process.designer.lane')} options={[]} />)}
      {group('connect', <><Select name="p-connect" label={t('process.designer.editor.connectTo')} options={[]} /><button type="button" class="govuk-button govuk-button--secondary" data-act="connect">{t('process.designer.editor.connect')}</button></>)}
      {group('acts', <button type="button" class="govuk-button govuk-button--secondary" data-act="remove">{t('process.designer.editor.remove')}</button>)}
    </>
  )
}

