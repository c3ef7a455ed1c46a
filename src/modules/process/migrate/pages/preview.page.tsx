import type { VNode } from 'preact'
import type { FieldError } from '../../../../platform/errors.ts'
import { page, redirect, type Reply } from '../../../../platform/http/reply.ts'
import type { Req, Route } from '../../../../platform/http/route.ts'
import { BackLink, Button, DateInput, EmptyState, ErrorSummary, fieldErrors, Form, InsetText, joinDate, readDateParts, Select, Table, Tag, Textarea, TextInput, usePage, WarningText, type DateParts, type Tone } from '../../../../ui/index.ts'
import { planVersionMove } from '../plan-version-move.ts'
import { previewVersionMove, type Preview, type PreviewGroup } from '../preview-version-move.ts'
import { mappingOf } from '../propose-mapping.ts'
import { moveHref, movesPath, newMoveHref, previewPath } from './hrefs.ts'
import { choiceFields, choiceName, nowhere, readChoice, type Choice } from './read-choice.ts'
import { problemWords } from './words.tsx'

/** What a move would do, element by element and dossier by dossier, before it is planned. */
export const previewRoutes: Route[] = [
  { method: 'GET', path: previewPath, access: { permission: 'process.move' }, handler: async (req) => show(req, await readChoice(req.ctx.db, req.query)) },
  { method: 'POST', path: movesPath, access: { permission: 'process.move' }, handler: plan },
]

interface Typed { reason: string; day: DateParts | null; time: string; mistakes: FieldError[] }
const blank: Typed = { reason: '', day: null, time: '', mistakes: [] }

async function show(req: Req, choice: Choice, typed: Typed = blank): Promise<Reply> {
  const preview = await previewVersionMove(req.ctx.db, choice.from.map((version) => version.definitionId), choice.to.definitionId, choice.chosen)
  return page(<PreviewPage choice={choice} preview={preview} typed={typed} />, { title: req.ctx.t('process.move.preview.title'), layout: 'desk', status: typed.mistakes.length > 0 ? 400 : 200 })
}

async function plan(req: Req): Promise<Reply> {
  const { ctx, form } = req
  const choice = await readChoice(ctx.db, form.fields)
  const { proposals } = await previewVersionMove(ctx.db, choice.from.map((version) => version.definitionId), choice.to.definitionId, choice.chosen)
  const [day, time] = [readDateParts(form, 'day'), form.get('time')]
  const isNow = [day.day, day.month, day.year, time].every((part) => part === '')
  const at = isNow ? undefined : momentOf(joinDate(day), time)
  const wrong: FieldError[] = isNow || at ? [] : [{ field: 'day', key: 'process.move.error.day' }]
  const mapping = Object.fromEntries([...proposals].map(([definitionId, own]) => [definitionId, Object.fromEntries(mappingOf(own))]))
  const planned = wrong.length > 0 ? { id: '', mistakes: wrong } : await planVersionMove(ctx, { processKey: choice.process, from: choice.from.map((version) => version.definitionId), to: choice.to.definitionId, mapping, reason: form.get('reason'), at })
  return planned.mistakes.length > 0 ? show(req, choice, { reason: form.get('reason'), day, time, mistakes: planned.mistakes }) : redirect(moveHref(planned.id))
}

/** A moment of Vietnam time; undefined where day or time is none. */
function momentOf(day: string | undefined, time: string): Date | undefined {
  return day !== undefined && /^([01]?\d|2[0-3]):[0-5]\d$/.test(time) ? new Date(`${day}T${time.padStart(5, '0')}:00+07:00`) : undefined
}

function PreviewPage({ choice, preview, typed }: { choice: Choice; preview: Preview; typed: Typed }): VNode {
  const { t, lang } = usePage()
  const e = fieldErrors(typed.mistakes, t)
  const sum = (result: PreviewGroup['result']): number => preview.groups.filter((group) => group.result === result).reduce((all, group) => all + group.count, 0)
  const movable = sum('same') + sum('mapped')
  return (
    <>
      <BackLink href={newMoveHref(choice.process)}>{t('process.move.choose')}</BackLink>
      <ErrorSummary errors={typed.mistakes} />
      <h1 class="govuk-heading-l"><span class="govuk-caption-l">{choice.to.name[lang]}</span>{t('process.move.preview.title')}</h1>
      <p class="govuk-body">{t('process.move.preview.lead', { from: choice.from.map((version) => version.version).join(', ') || '–', to: choice.to.version })}</p>
      {preview.groups.length === 0 ? <EmptyState title={t('process.move.nothingRuns')} /> : (
        <>
          <Table caption={t('process.move.preview.groups')} stack columns={['at', 'version', 'dossiers', 'result', 'what'].map((key) => ({ header: t(`process.move.column.${key}`) }))}
            rows={preview.groups.map((group) => [group.at.map((label) => label[lang]).join('; ') || '–', choice.from.find((version) => version.definitionId === group.definitionId)!.version, group.count, <Tag tone={tones[group.result]}>{t(`process.move.result.${group.result}`)}</Tag>, <What group={group} />])} />
          <Mapping choice={choice} preview={preview} />
          <h2 class="govuk-heading-m">{t('process.move.plan')}</h2>
          {movable === 0 ? <InsetText>{t('process.move.noneMovable')}</InsetText> : (
            <Form action={movesPath} hidden={choiceFields(choice)}>
              <Textarea name="reason" label={t('process.move.reason')} hint={t('process.move.reason.hint')} rows={3} value={typed.reason} error={e.of('reason')} />
              <DateInput name="day" label={t('process.move.day')} hint={t('process.move.day.hint')} value={typed.day} error={e.of('day')} />
              <TextInput name="time" label={t('process.move.time')} hint={t('process.move.time.hint')} width={5} value={typed.time} />
              <WarningText>{t('process.move.warn', { moving: movable, staying: sum('refused') })}</WarningText>
              <Button kind="warning">{t('process.move.confirm', { count: movable })}</Button>
            </Form>
          )}
        </>
      )}
    </>
  )
}

const tones: Readonly<Record<PreviewGroup['result'], Tone>> = { same: 'done', mapped: 'running', refused: 'stopped' }

/** What would happen to those who stand alike, line by line. */
function What({ group }: { group: PreviewGroup }): VNode {
  const { t, lang } = usePage()
  const names = (labels: readonly { vi: string; en: string }[]): string => labels.map((label) => label[lang]).join(', ')
  const lines = [
    ...group.problems.map((problem) => problemWords(t, problem)), ...group.renamed.map(({ from, to }) => t('process.move.what.renamed', { from: from[lang], to: to[lang] })),
    ...(group.otherLimit.length > 0 ? [t('process.move.what.limit', { names: names(group.otherLimit) })] : []), ...(group.otherRole.length > 0 ? [t('process.move.what.role', { names: names(group.otherRole) })] : []),
    ...(group.armed.length > 0 ? [t('process.move.what.armed', { names: names(group.armed) })] : []), ...(group.disarmed.length > 0 ? [t('process.move.what.disarmed', { names: names(group.disarmed) })] : []),
  ]
  return <>{lines.length === 0 ? t('process.move.what.nothing') : lines.map((line) => <span class="mc-line">{line}</span>)}</>
}

/** What each step becomes; a choice is looked at again before anything is planned. */
function Mapping({ choice, preview }: { choice: Choice; preview: Preview }): VNode {
  const { t, lang } = usePage()
  return (
    <Form method="get" action={previewPath} hidden={{ process: choice.process, from: choice.all ? 'all' : choice.from[0]!.definitionId, to: choice.to.definitionId }}>
      <h2 class="govuk-heading-m">{t('process.move.mapping')}</h2>
      <p class="govuk-body">{t('process.move.mapping.lead')}</p>
      {choice.from.map((version) => (
        <Table caption={t('process.move.mapping.of', { version: version.version })} stack columns={['was', 'why', 'becomes'].map((key) => ({ header: t(`process.move.column.${key}`) }))}
          rows={(preview.proposals.get(version.definitionId) ?? []).map(({ from, to, by, choices }) => [
            from.name[lang] || from.id, t(`process.move.by.${by ?? 'none'}`),
            <Select name={choiceName(version.version, from.id)} id={choiceName(version.version, from.id).replace(/[^\w-]/g, '-')} label={t('process.move.becomes', { name: from.name[lang] || from.id })} labelHidden value={to?.id ?? nowhere}
              options={[{ value: nowhere, text: t('process.move.nowhere') }, ...choices.map((one) => ({ value: one.id, text: one.name[lang] ? `${one.name[lang]} (${one.id})` : one.id }))]} />,
          ])} />
      ))}
      <Button kind="secondary">{t('process.move.again')}</Button>
    </Form>
  )
}
