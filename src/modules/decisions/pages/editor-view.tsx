import type { ComponentChildren, VNode } from 'preact'
import type { FieldError } from '../../../platform/errors.ts'
import { Button, ButtonGroup, fieldErrors, Form, Select, Table, TextInput, usePage } from '../../../ui/index.ts'
import { aggregations, hitPolicies } from '../dmn/model.ts'
import type { Act } from '../drafts/change-columns.ts'
import type { TableDraft } from '../drafts/draft.store.ts'
import { runExamples } from '../evaluate-table.ts'
import { columnTypes, purposes, type TableDefinition, type TableExample, type TableInput, type TableOutput } from '../table-definition.ts'
import { draftHref } from './hrefs.ts'
import { headerOf, Verdict } from './table-view.tsx'

interface Props { draft: TableDraft; problems: readonly FieldError[]; now: Date }
type ErrorsOf = ReturnType<typeof fieldErrors>

/** The table as one form: every cell is a field, every row and column has its buttons, and each button keeps what was typed. */
export function TableEditor({ draft, problems, now }: Props): VNode {
  const { t } = usePage()
  const { definition, examples } = draft
  const { table } = definition
  const e = fieldErrors(problems, t)
  return (
    <Form action={draftHref(draft.key)} hidden={{ revision: draft.revision, inputs: table.inputs.length, outputs: table.outputs.length, rules: table.rules.length, examples: examples.length }} autocomplete="off">
      <Head definition={definition} e={e} />
      <h2 class="govuk-heading-m">{t('decisions.columns')}</h2>
      <Columns table={table} e={e} />
      <ButtonGroup><Add what="input" e={e} /><Add what="output" e={e} /></ButtonGroup>
      <h2 class="govuk-heading-m">{t('decisions.rules')}</h2>
      <p class="govuk-body">{t('decisions.cellHint')}</p>
      <Rules table={table} e={e} />
      <Add what="rule" e={e} />
      <h2 class="govuk-heading-m">{t('decisions.examples')}</h2>
      <p class="govuk-body">{t('decisions.exampleHint')}</p>
      {examples.length > 0 && <Examples table={table} examples={examples} e={e} now={now} />}
      <Add what="example" e={e} />
      <p><Button name="act" value="save">{t('decisions.save')}</Button></p>
    </Form>
  )
}

function Head({ definition, e }: { definition: TableDefinition; e: ErrorsOf }): VNode {
  const { t } = usePage()
  const { title, ground, purpose, procedure, table } = definition
  return (
    <>
      <TextInput name="title-vi" label={t('decisions.titleVi')} value={title.vi} error={e.of('title-vi')} width="two-thirds" maxLength={200} />
      <TextInput name="title-en" label={t('decisions.titleEn')} value={title.en} error={e.of('title-en')} width="two-thirds" maxLength={200} />
      <TextInput name="ground" label={t('decisions.ground')} hint={t('decisions.ground.hint')} value={ground} error={e.of('ground')} width="two-thirds" maxLength={500} />
      <Select name="purpose" label={t('decisions.purpose')} value={purpose} options={purposes.map((value) => ({ value, text: t(`decisions.purpose.${value}`) }))} />
      <TextInput name="procedure" label={t('decisions.procedure')} hint={t('decisions.procedure.hint')} value={procedure} width={20} spellcheck={false} maxLength={40} />
      <Select name="hitPolicy" label={t('decisions.hitPolicy')} hint={t('decisions.hitPolicy.hint')} value={table.hitPolicy} error={e.of('hitPolicy')} options={hitPolicies.map((value) => ({ value, text: t(`decisions.policy.${value.replace(' ', '-')}`) }))} />
      <Select name="aggregation" label={t('decisions.aggregation')} hint={t('decisions.aggregation.hint')} value={table.aggregation ?? ''} error={e.of('aggregation')} empty={t('decisions.aggregation.none')} options={aggregations.map((value) => ({ value, text: t(`decisions.aggregation.${value}`) }))} />
    </>
  )
}

/** A field whose column or row says what it is; its whole name is for who cannot see them. */
function Cell({ name, label, value, e, long = false }: { name: string; label: string; value: string | undefined; e: ErrorsOf; long?: boolean }): VNode {
  return <TextInput name={name} label={label} labelHidden value={value} error={e.of(name)} spellcheck={false} maxLength={long ? 2000 : 200} />
}

function Columns({ table, e }: { table: TableDefinition['table']; e: ErrorsOf }): VNode {
  const { t } = usePage()
  const types = columnTypes.map((value) => ({ value, text: t(`decisions.type.${value.replaceAll(' ', '-')}`) }))
  const row = (column: TableInput | TableOutput, i: number): ComponentChildren[] => {
    const isInput = 'expression' in column
    const [id, what, list] = isInput ? [`in-${i}`, t('decisions.input'), table.inputs] : [`out-${i}`, t('decisions.output'), table.outputs]
    const about = `${what} ${i + 1}`
    return [
      about,
      <Cell name={`${id}-name`} label={`${t('decisions.name')}, ${about}`} value={isInput ? column.expression : column.name} e={e} />,
      <Cell name={`${id}-label`} label={`${t('decisions.label')}, ${about}`} value={column.label} e={e} />,
      <Select name={`${id}-type`} label={`${t('decisions.type')}, ${about}`} labelHidden value={column.typeRef} options={types} />,
      <Cell name={`${id}-allowed`} label={`${t('decisions.allowed')}, ${about}`} value={column.allowed} e={e} long />,
      isInput ? '–' : <Cell name={`${id}-otherwise`} label={`${t('decisions.otherwise')}, ${about}`} value={column.otherwise} e={e} long />,
      <Moves what={isInput ? 'input' : 'output'} at={i} last={list.length - 1} about={about} />,
    ]
  }
  return (
    <Table wide caption={t('decisions.columns')} captionHidden
      columns={[{ header: t('decisions.column') }, { header: t('decisions.name') }, { header: t('decisions.label') }, { header: t('decisions.type') }, { header: t('decisions.allowed') }, { header: t('decisions.otherwise') }, { header: t('decisions.acts') }]}
      rows={[...table.inputs.map(row), ...table.outputs.map(row)]} />
  )
}

function Rules({ table, e }: { table: TableDefinition['table']; e: ErrorsOf }): VNode {
  const { t } = usePage()
  return (
    <Table wide caption={t('decisions.rules')} captionHidden
      columns={[{ header: t('decisions.rule') }, ...table.inputs.map((input) => ({ header: headerOf(input) })), ...table.outputs.map((output) => ({ header: `→ ${headerOf(output)}` })), { header: t('decisions.note') }, { header: t('decisions.acts') }]}
      rows={table.rules.map((rule, r) => {
        const about = `${t('decisions.rule')} ${r + 1}`
        return [
          r + 1,
          ...table.inputs.map((input, i) => <Cell name={`r-${r}-in-${i}`} label={`${headerOf(input)}, ${about}`} value={rule.inputs[i]} e={e} long />),
          ...table.outputs.map((output, i) => <Cell name={`r-${r}-out-${i}`} label={`${headerOf(output)}, ${about}`} value={rule.outputs[i]} e={e} long />),
          <Cell name={`r-${r}-note`} label={`${t('decisions.note')}, ${about}`} value={rule.notes[0]} e={e} long />,
          <Moves what="rule" at={r} last={table.rules.length - 1} about={about} />,
        ]
      })} />
  )
}

function Examples({ table, examples, e, now }: { table: TableDefinition['table']; examples: readonly TableExample[]; e: ErrorsOf; now: Date }): VNode {
  const { t } = usePage()
  const results = runExamples(table, examples, now)
  return (
    <Table wide caption={t('decisions.examples')} captionHidden
      columns={[{ header: t('decisions.example') }, ...table.inputs.map((input) => ({ header: headerOf(input) })), ...table.outputs.flatMap((output) => [{ header: t('decisions.expected', { name: headerOf(output) }) }, { header: t('decisions.actual', { name: headerOf(output) }) }]), { header: t('decisions.outcome') }, { header: t('decisions.note') }, { header: t('decisions.acts') }]}
      rows={examples.map((example, x) => {
        const about = `${t('decisions.example')} ${x + 1}`
        return [
          x + 1,
          ...table.inputs.map((input, i) => <Cell name={`x-${x}-in-${i}`} label={`${headerOf(input)}, ${about}`} value={example.inputs[i]} e={e} long />),
          ...table.outputs.flatMap((output, i) => [<Cell name={`x-${x}-out-${i}`} label={`${t('decisions.expected', { name: headerOf(output) })}, ${about}`} value={example.outputs[i]} e={e} long />, <code>{results[x]!.actual[i]}</code>]),
          <Verdict result={results[x]!} />,
          <Cell name={`x-${x}-note`} label={`${t('decisions.note')}, ${about}`} value={example.note} e={e} />,
          <Moves what="example" at={x} last={examples.length - 1} about={about} />,
        ]
      })} />
  )
}

function Moves({ what, at, last, about }: { what: Act['what']; at: number; last: number; about: string }): VNode {
  const { t } = usePage()
  return (
    <>
      {at > 0 && <Button kind="link" name="act" value={`${what}-up-${at}`} about={about}>{t('decisions.up')}</Button>}{' '}
      {at < last && <Button kind="link" name="act" value={`${what}-down-${at}`} about={about}>{t('decisions.down')}</Button>}{' '}
      <Button kind="link" name="act" value={`${what}-remove-${at}`} about={about}>{t('decisions.remove')}</Button>
    </>
  )
}

function Add({ what, e }: { what: Act['what']; e: ErrorsOf }): VNode {
  const { t } = usePage()
  const wrong = e.of(`add-${what}`)
  return <>{wrong && <p class="govuk-error-message">{wrong}</p>}<Button kind="secondary" id={`add-${what}`} name="act" value={`${what}-add`}>{t(`decisions.add.${what}`)}</Button></>
}
