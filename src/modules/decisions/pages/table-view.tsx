import type { VNode } from 'preact'
import { SummaryList, Table, Tag, usePage } from '../../../ui/index.ts'
import type { ExampleResult } from '../evaluate-table.ts'
import type { TableDefinition, TableInput, TableOutput } from '../table-definition.ts'

/** How a column is called: its label, or the name by which cells call it. */
export const headerOf = (column: TableInput | TableOutput): string => column.label || ('expression' in column ? column.expression : column.name) || '–'

/** A table to be read. */
export function TableView({ definition }: { definition: TableDefinition }): VNode {
  const { t } = usePage()
  const { table } = definition
  return (
    <>
      <SummaryList rows={[
        { key: t('decisions.ground'), value: <span lang="vi">{definition.ground}</span> },
        { key: t('decisions.purpose'), value: t(`decisions.purpose.${definition.purpose}`) },
        { key: t('decisions.procedure'), value: definition.procedure || '–' },
        { key: t('decisions.hitPolicy'), value: `${t(`decisions.policy.${table.hitPolicy.replace(' ', '-')}`)}${table.aggregation ? ` – ${t(`decisions.aggregation.${table.aggregation}`)}` : ''}` },
      ]} />
      <Table wide caption={t('decisions.columns')} columns={[{ header: t('decisions.column') }, { header: t('decisions.name') }, { header: t('decisions.type') }, { header: t('decisions.allowed') }, { header: t('decisions.otherwise') }]}
        rows={[...table.inputs.map((input) => [`${t('decisions.input')}: ${headerOf(input)}`, <code>{input.expression}</code>, t(`decisions.type.${input.typeRef.replaceAll(' ', '-')}`), input.allowed ? <code>{input.allowed}</code> : '–', '–']),
          ...table.outputs.map((output) => [`${t('decisions.output')}: ${headerOf(output)}`, output.name ? <code>{output.name}</code> : '–', t(`decisions.type.${output.typeRef.replaceAll(' ', '-')}`), output.allowed ? <code>{output.allowed}</code> : '–', output.otherwise ? <code>{output.otherwise}</code> : '–'])]} />
      <Table wide caption={t('decisions.rules')} columns={[{ header: t('decisions.rule') }, ...table.inputs.map((input) => ({ header: headerOf(input) })), ...table.outputs.map((output) => ({ header: `→ ${headerOf(output)}` })), { header: t('decisions.note') }]}
        rows={table.rules.map((rule, r) => [r + 1, ...rule.inputs.map((text) => <code>{text || '-'}</code>), ...rule.outputs.map((text) => <code>{text}</code>), <span lang="vi">{rule.notes[0]}</span>])} />
    </>
  )
}

/** Examples with what was expected and what came out. */
export function ExamplesView({ definition: { table }, results }: { definition: TableDefinition; results: readonly ExampleResult[] }): VNode {
  const { t } = usePage()
  return (
    <Table wide caption={t('decisions.examples')} columns={[{ header: t('decisions.example') }, ...table.inputs.map((input) => ({ header: headerOf(input) })), ...table.outputs.flatMap((output) => [{ header: t('decisions.expected', { name: headerOf(output) }) }, { header: t('decisions.actual', { name: headerOf(output) }) }]), { header: t('decisions.outcome') }]}
      rows={results.map((result, x) => [
        <>{x + 1}{result.example.note && <> <span lang="vi">{result.example.note}</span></>}</>, ...result.example.inputs.map((text) => <code>{text || 'null'}</code>),
        ...table.outputs.flatMap((_, i) => [<code>{result.example.outputs[i] || 'null'}</code>, <code>{result.actual[i]}</code>]), <Verdict result={result} />,
      ])} />
  )
}

export function Verdict({ result }: { result: ExampleResult }): VNode {
  const { t } = usePage()
  const passed = result.passed.every(Boolean)
  return <><Tag tone={passed ? 'done' : 'late'}>{t(passed ? 'decisions.passed' : 'decisions.failed')}</Tag>{!passed && result.problem && <> {t(`decisions.feel.${result.problem.reason}`, { about: result.problem.about, at: result.problem.at + 1 })}</>}</>
}
