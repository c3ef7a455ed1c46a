import type { ComponentChildren, VNode } from 'preact'
import { classNames } from '../class-names.ts'
import { useIsland, usePage } from '../use-page.ts'

export interface Column {
  readonly header: ComponentChildren
  readonly numeric?: boolean
  /** The heading is a link that sorts by this column; `direction` when it is sorted now. */
  readonly sort?: { readonly href: string; readonly direction?: 'ascending' | 'descending' }
}

export interface TableRow {
  readonly cells: readonly ComponentChildren[]
  readonly id?: string
  /** Opened by Enter in a list with keys; the first cell should hold the same link. */
  readonly href?: string
  /** Marked as late, besides the word in a cell. */
  readonly late?: boolean
}

export interface TableProps {
  readonly caption: ComponentChildren
  readonly captionSize?: 's' | 'm'
  readonly captionHidden?: boolean
  readonly columns: readonly Column[]
  readonly rows: readonly (TableRow | readonly ComponentChildren[])[]
  /** The first cell names the row. True unless told. */
  readonly rowHeader?: boolean
  /** May be wider than a telephone: scrolls sideways inside its frame. */
  readonly wide?: boolean
  /** On a telephone each row becomes a block that names its cells: nothing lies beyond the edge. For rows that are read one by one. */
  readonly stack?: boolean
  /** j and k move through the rows, Enter opens. */
  readonly keys?: boolean
  readonly id?: string
}

export function Table(props: TableProps): VNode {
  const { t } = usePage()
  if (props.keys) useIsland('desk-keys')
  const { captionSize = 'm', stack = false } = props
  const table = (
    <table class={classNames('govuk-table', stack && 'mc-stack')} role={role(stack, 'table')} id={props.id} data-keys={props.keys ? '' : undefined}>
      <caption class={classNames('govuk-table__caption', captionSize === 's' ? 'govuk-table__caption--s' : 'govuk-table__caption--m', props.captionHidden && 'govuk-visually-hidden')}>{props.caption}</caption>
      <thead class="govuk-table__head" role={role(stack, 'rowgroup')}><tr class="govuk-table__row" role={role(stack, 'row')}>{props.columns.map((column) => <HeaderCell column={column} stack={stack} />)}</tr></thead>
      <tbody class="govuk-table__body" role={role(stack, 'rowgroup')}>
        {props.rows.map((row) => <BodyRow row={isPlain(row) ? { cells: row } : row} columns={props.columns} rowHeader={props.rowHeader ?? true} stack={stack} />)}
      </tbody>
    </table>
  )
  return props.wide ? <div class="mc-scroll" role="region" tabIndex={0} aria-label={typeof props.caption === 'string' ? props.caption : t('ui.table')}>{table}</div> : table
}

const isPlain = (row: TableRow | readonly ComponentChildren[]): row is readonly ComponentChildren[] => Array.isArray(row)

/** Blocks are no table to a browser any more: what each part is has to be said. */
const role = <T extends string>(stack: boolean, name: T): T | undefined => (stack ? name : undefined)

function HeaderCell({ column: { header, numeric, sort }, stack }: { column: Column; stack: boolean }): VNode {
  return (
    <th scope="col" role={role(stack, 'columnheader')} class={classNames('govuk-table__header', numeric && 'govuk-table__header--numeric')} aria-sort={sort?.direction}>
      {sort ? <a class="mc-sort" href={sort.href}>{header}{sort.direction && <span aria-hidden="true">{sort.direction === 'ascending' ? ' ▲' : ' ▼'}</span>}</a> : header}
    </th>
  )
}

const labelOf = (column: Column | undefined): string | undefined => (typeof column?.header === 'string' ? column.header : undefined)

function BodyRow({ row, columns, rowHeader, stack }: { row: TableRow; columns: readonly Column[]; rowHeader: boolean; stack: boolean }): VNode {
  return (
    <tr class={classNames('govuk-table__row', row.late && 'mc-row--late')} role={role(stack, 'row')} id={row.id} data-href={row.href}>
      {row.cells.map((cell, i) => i === 0 && rowHeader
        ? <th scope="row" role={role(stack, 'rowheader')} class="govuk-table__header">{cell}</th>
        : <td role={role(stack, 'cell')} data-label={stack ? labelOf(columns[i]) : undefined} class={classNames('govuk-table__cell', columns[i]?.numeric && 'govuk-table__cell--numeric')}>{stack ? <div>{cell}</div> : cell}</td>)}
    </tr>
  )
}
