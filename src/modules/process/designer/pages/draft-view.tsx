import type { ComponentChildren, VNode } from 'preact'
import type { FieldError } from '../../../../platform/errors.ts'
import type { FormBody } from '../../../../platform/http/route.ts'
import { formatDateTime } from '../../../../platform/i18n.ts'
import { BackLink, Button, ButtonGroup, DateInput, Details, ErrorSummary, fieldErrors, Form, InsetText, LinkButton, Radios, Select, SummaryList, Table, Tag, Textarea, TextInput, usePage, WarningText, type DateParts } from '../../../../ui/index.ts'
import type { ProcessDraft } from '../draft.store.ts'
import { canMoveDown, canMoveUp, canRemove, canStandBeside } from '../edit-steps.ts'
import type { Judged } from '../findings.ts'
import { nameOf, type Row } from '../rows.ts'
import { plainElements, stepTemplates } from '../step-templates.ts'
import { hasPools, idOf, lanesOf, ourAttribute, type Tree } from '../tree.ts'
import { DurationInput, durationInWords } from './duration-input.tsx'
import { draftHref, processesPath, processHref, stepHref } from './hrefs.ts'
import { kindName, roleOf, rowName } from './kinds.ts'

interface Props { draft: ProcessDraft; name: string; tree: Tree; rows: readonly Row[]; judged: Judged; picture: VNode; typed: FormBody; mistakes: readonly FieldError[]; conflict: string | undefined; day: DateParts | undefined }

export function DraftView(props: Props): VNode {
  const { t } = usePage()
  const { draft, name, mistakes, conflict, picture, judged } = props
  return (
    <>
      <BackLink href={draft.baseVersion === null ? processesPath : processHref(draft.key)}>{t(draft.baseVersion === null ? 'process.designer.title' : 'process.designer.versions')}</BackLink>
      <ErrorSummary errors={mistakes} message={conflict} />
      <h1 class="govuk-heading-l"><span class="govuk-caption-l">{t('process.designer.draft')}</span>{name}</h1>
      <SummaryList rows={[
        { key: t('process.designer.stateOf'), value: <Tag tone={draft.state === 'draft' ? 'neutral' : 'attention'}>{t(`process.designer.state.${draft.state}`)}</Tag> },
        { key: t('process.designer.base'), value: draft.baseVersion === null ? t('process.designer.base.none') : t('process.designer.versionOf', { version: draft.baseVersion }) },
        { key: t('process.designer.time'), value: <TimeOf judged={judged} /> },
        { key: t('process.designer.lastEdit'), value: `${draft.editedName}, ${formatDateTime(draft.editedAt)}` },
      ]} />
      {draft.note && <InsetText>{t('process.designer.return.was')} {draft.note}</InsetText>}
      {draft.state === 'draft' && <Ways draft={draft} here="table" />}
      <Findings {...props} />
      {picture}
      <Steps {...props} />
      {draft.state === 'draft' ? <Editing {...props} /> : <InCheck {...props} />}
    </>
  )
}

/** The two ways to edit the same process. */
export function Ways({ draft, here }: { draft: Pick<ProcessDraft, 'key'>; here: 'table' | 'diagram' }): VNode {
  const { t } = usePage()
  return (
    <nav aria-label={t('process.designer.ways')}>
      <ul class="mc-tabs">
        <li><a class="govuk-link" href={draftHref(draft.key)} aria-current={here === 'table' ? 'page' : undefined}>{t('process.designer.asTable')}</a></li>
        <li><a class="govuk-link" href={draftHref(draft.key, 'diagram')} aria-current={here === 'diagram' ? 'page' : undefined}>{t('process.designer.asDiagram')}</a></li>
      </ul>
    </nav>
  )
}

/** The longest way against the legal limit. */
export function TimeOf({ judged: { longestHours, limitHours } }: { judged: Judged }): VNode {
  const { t } = usePage()
  const longest = longestHours === null ? t('process.designer.time.unknown') : t('process.designer.time.longest', { hours: longestHours })
  return <>{longest}{limitHours !== null && ` ${t('process.designer.time.limit', { hours: limitHours })}`}{longestHours !== null && limitHours !== null && (longestHours > limitHours ? <> <Tag tone="late">{t('process.designer.time.over')}</Tag></> : <> <Tag tone="done">{t('process.designer.time.fits')}</Tag></>)}</>
}

function Findings({ draft, judged: { findings }, rows }: Props): VNode {
  const { t } = usePage()
  if (findings.length === 0) return <p class="govuk-body" id="findings">✓ {t('process.designer.sound')}</p>
  const rowFor = (ids: readonly string[]): Row | undefined => rows.find((row) => ids.includes(row.id) || (row.gateway !== undefined && ids.includes(row.gateway)) || row.ways.some((way) => ids.includes(way.flow)))
  return (
    <div id="findings">
      <Details summary={t('process.designer.findings', { count: findings.length })} open>
        <ol class="govuk-list govuk-list--number">
          {findings.slice(0, 30).map(({ text, ids }) => { const row = rowFor(ids); return <li>{row && draft.state === 'draft' ? <a class="govuk-link" href={stepHref(draft.key, row.id)}>{text}</a> : text}</li> })}
        </ol>
      </Details>
    </div>
  )
}

function Steps(props: Props): VNode {
  const { t, lang } = usePage()
  const { draft, rows, tree } = props
  const isOpen = draft.state === 'draft'
  const names = namesOf(t, lang, rows)
  const lanes = new Map(lanesOf(tree).map((lane) => [idOf(lane), nameOf(tree, lane)[lang] || nameOf(tree, lane).vi || idOf(lane)]))
  const cells = (row: Row, i: number): ComponentChildren[] => {
    const name = rowName(t, lang, row)
    return [
      <>{i + 1}. {isOpen ? <a class="govuk-link" href={stepHref(draft.key, row.id)}>{name}</a> : name}<br /><span class="govuk-hint">{whatIs(t, row, names)}</span></>,
      row.role ? roleOf(t, row.role) : '–', row.lane ? lanes.get(row.lane) : '–', durationInWords(row.limit || row.duration, t) || '–', <Next row={row} names={names} />,
      ...(isOpen ? [<Acts draft={draft} tree={tree} row={row} name={name} />] : []),
    ]
  }
  return (
    <Table id="steps" stack caption={t('process.designer.steps')}
      columns={['step', 'role', 'lane', 'limit', 'next', ...(isOpen ? ['acts'] : [])].map((column) => ({ header: t(`process.designer.column.${column}`) }))}
      rows={rows.map((row, i) => ({ id: `step-${row.id}`, cells: cells(row, i) }))} />
  )
}

type Names = ReadonlyMap<string, string>

/** Names of all elements, also of the gateways that are part of a row: a way that leads to one of these leads to its choice. */
export function namesOf(t: ReturnType<typeof usePage>['t'], lang: 'vi' | 'en', rows: readonly Row[]): Names {
  return new Map(rows.flatMap((row) => [[row.id, rowName(t, lang, row)] as const, ...(row.gateway ? [[row.gateway, t('process.designer.choiceAfter', { name: rowName(t, lang, row) })] as const] : [])]))
}

function whatIs(t: ReturnType<typeof usePage>['t'], { kind, inside, attachedTo }: Row, names: Names): string {
  const word = kindName(t, kind)
  if (attachedTo) return t('process.designer.atEdge', { kind: word, name: names.get(attachedTo) ?? attachedTo })
  return inside ? t('process.designer.inside', { kind: word, name: names.get(inside) ?? inside }) : word
}

function Next({ row, names }: { row: Row; names: Names }): VNode {
  const { t, lang } = usePage()
  const to = (id: string): string => names.get(id) ?? id
  if (row.ways.length === 0) return <>{row.kind === 'endEvent' ? t('process.designer.next.end') : '–'}</>
  if (row.branching === 'one') return <>→ {to(row.ways[0]!.to)}</>
  return (
    <>
      {t(`process.designer.branching.${row.branching}`)}
      <ul class="govuk-list">
        {row.ways.map((way) => { const said = (lang === 'en' ? way.name.en || way.name.vi : way.name.vi) || (way.isDefault ? '' : way.condition); return <li>{said && `${said} `}→ {to(way.to)}{way.isDefault && ` (${t('process.designer.otherwise')})`}</li> })}
      </ul>
    </>
  )
}

function Acts({ draft, tree, row, name }: { draft: ProcessDraft; tree: Tree; row: Row; name: string }): VNode {
  const { t } = usePage()
  const can = [...(canMoveUp(tree, row.id) ? ['up'] : []), ...(canMoveDown(tree, row.id) ? ['down'] : []), ...(canRemove(tree, row.id) ? ['remove'] : [])]
  if (can.length === 0) return <>–</>
  return (
    <Form action={draftHref(draft.key, 'steps')} hidden={{ revision: draft.revision }} class="mc-inline">
      {can.map((act) => <><Button kind="link" name="act" value={`${act}-${row.id}`} about={name}>{t(`process.designer.${act}`)}</Button>{' '}</>)}
    </Form>
  )
}

function Editing({ draft, tree, rows, typed, mistakes }: Props): VNode {
  const { t, lang } = usePage()
  const e = fieldErrors(mistakes, t)
  const names = namesOf(t, lang, rows)
  const places = rows.filter((row) => row.kind !== 'endEvent').map((row) => ({ value: row.id, text: names.get(row.id) ?? row.id }))
  const last = rows.findLast((row) => row.asks)?.id
  const group = (of: object): { value: string; text: string }[] => Object.keys(of).map((value) => ({ value, text: t(`process.designer.step.${value}`) }))
  return (
    <>
      <Form action={draftHref(draft.key, 'steps')} hidden={{ revision: draft.revision }}>
        <h2 class="govuk-heading-m">{t('process.designer.addStep')}</h2>
        <Select name="template" label={t('process.designer.template')} options={[{ label: t('process.designer.templates.common'), options: group(stepTemplates) }, { label: t('process.designer.templates.other'), options: group(plainElements) }]} />
        <Select name="at" label={t('process.designer.at')} value={last} options={places} />
        {rows.some((row) => canStandBeside(tree, row.id)) && <Radios name="how" label={t('process.designer.how')} value="after" small options={(['after', 'beside'] as const).map((value) => ({ value, text: t(`process.designer.how.${value}`) }))} />}
        <Button kind="secondary" name="act" value="add">{t('process.designer.addStep')}</Button>
      </Form>
      <Details summary={t('process.designer.head')} id="head" open={mistakes.some(({ field }) => field.startsWith('name'))}>
        <Form action={draftHref(draft.key, 'head')} hidden={{ revision: draft.revision }}>
          <TextInput name="nameVi" label={t('process.designer.nameVi')} value={typed.fields.nameVi === undefined ? nameOf(tree, tree.process).vi : typed.get('nameVi')} error={e.of('nameVi')} maxLength={200} />
          <TextInput name="nameEn" label={t('process.designer.nameEn')} value={typed.fields.nameEn === undefined ? nameOf(tree, tree.process).en : typed.get('nameEn')} error={e.of('nameEn')} maxLength={200} />
          <DurationInput name="limit" label={t('process.designer.legalLimit')} hint={t('process.designer.legalLimit.hint')} value={ourAttribute(tree, tree.process, 'limit')} error={e.of('limit')} />
          {lanesOf(tree).map((lane, i) => (
            <>
              <TextInput name={`lane-${i}-vi`} label={t('process.designer.laneVi', { n: i + 1 })} value={nameOf(tree, lane).vi} maxLength={200} />
              <TextInput name={`lane-${i}-en`} label={t('process.designer.laneEn', { n: i + 1 })} value={nameOf(tree, lane).en} maxLength={200} />
            </>
          ))}
          <Button kind="secondary">{t('process.designer.save')}</Button>
        </Form>
      </Details>
      <Form id="whole" action={draftHref(draft.key, 'hand-over')} hidden={{ revision: draft.revision }}>{null}</Form>
      <ButtonGroup>
        <Button form="whole">{t('process.designer.handOver')}</Button>
        {!hasPools(tree) && <Button kind="secondary" form="whole" formAction={draftHref(draft.key, 'steps')} name="act" value="redraw">{t('process.designer.redraw')}</Button>}
        <LinkButton kind="secondary" href={draftHref(draft.key, 'bpmn')} download>{t('process.designer.download')}</LinkButton>
        <LinkButton kind="secondary" href={draftHref(draft.key, 'discard')}>{t('process.designer.discard')}</LinkButton>
      </ButtonGroup>
    </>
  )
}

function InCheck({ draft, mistakes, day, typed }: Props): VNode {
  const { t } = usePage()
  const e = fieldErrors(mistakes, t)
  return (
    <>
      <InsetText>{t('process.designer.inCheck')}</InsetText>
      <Form action={draftHref(draft.key, 'publish')} hidden={{ revision: draft.revision }}>
        <DateInput name="firstDay" label={t('process.designer.firstDay')} hint={t('process.designer.firstDay.hint')} value={day ?? null} error={e.of('firstDay')} />
        <WarningText>{t('process.designer.publish.warn')}</WarningText>
        <Button>{t('process.designer.publish')}</Button>
      </Form>
      <Form action={draftHref(draft.key, 'return')}>
        <Textarea name="note" label={t('process.designer.return.note')} rows={3} value={typed.get('note')} error={e.of('note')} />
        <Button kind="secondary">{t('process.designer.return')}</Button>
      </Form>
    </>
  )
}

export function DiscardView({ draft, title }: { draft: ProcessDraft; title: string }): VNode {
  const { t } = usePage()
  return (
    <>
      <BackLink href={draftHref(draft.key)} />
      <h1 class="govuk-heading-l">{title}</h1>
      <WarningText>{t('process.designer.discard.warn')}</WarningText>
      <Form action={draftHref(draft.key, 'discard')} hidden={{ revision: draft.revision }}><Button kind="warning">{t('process.designer.discard')}</Button></Form>
    </>
  )
}
