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
  readonly captionSize?: 's' | 'm' | 'l'
  readonly captionHidden?: boolean
  readonly columns: readonly Column[]
  readonly rows: readonly (TableRow | readonly ComponentChildren[])[]
  /** The first cell names the row. True unless told. */
  readonly rowHeader?: boolean
  /** May be wider than a telephone: scrolls sideways inside its frame. */
  readonly wide?: boolean
  /** j and k move through the rows, Enter opens. */
  readonly keys?: boolean
  readonly id?: string
}

export function Table(props: TableProps): VNode {
  const { t } = usePage()
  if (props.keys) useIsland('desk-keys')
  const { captionSize = 'm' } = props
  const table = (
    <table class="govuk-table" id={props.id} data-keys={props.keys ? '' : undefined}>
      <caption class={classNames('govuk-table__caption', `govuk-table__caption--${captionSize}`, props.captionHidden && 'govuk-visually-hidden')}>{props.caption}</caption>
      <thead class="govuk-table__head"><tr class="govuk-table__row">{props.columns.map((column) => <HeaderCell column={column} />)}</tr></thead>
      <tbody class="govuk-table__body">
        {props.rows.map((row) => <BodyRow row={isPlain(row) ? { cells: row } : row} columns={props.columns} rowHeader={props.rowHeader ?? true} />)}
      </tbody>
    </table>
  )
  return props.wide ? <div class="mc-scroll" role="region" tabIndex={0} aria-label={typeof props.caption === 'string' ? props.caption : t('ui.table')}>{table}</div> : table
}

const isPlain = (row: TableRow | readonly ComponentChildren[]): row is readonly ComponentChildren[] => Array.isArray(row)

function HeaderCell({ column: { header, numeric, sort } }: { column: Column }): VNode {
  return (
    <th scope="col" class={classNames('govuk-table__header', numeric && 'govuk-table__header--numeric')} aria-sort={sort?.direction}>
      {sort ? <a class="mc-sort" href={sort.href}>{header}{sort.direction && <span aria-hidden="true">{sort.direction === 'ascending' ? ' ▲' : ' ▼'}</span>}</a> : header}
    </th>
  )
}

function BodyRow({ row, columns, rowHeader }: { row: TableRow; columns: readonly Column[]; rowHeader: boolean }): VNode {
  return (
    <tr class={classNames('govuk-table__row', row.late && 'mc-row--late')} id={row.id} data-href={row.href}>
      {row.cells.map((cell, i) => i === 0 && rowHeader
        ? <th scope="row" class="govuk-table__header">{cell}</th>
        : <td class={classNames('govuk-table__cell', columns[i]?.numeric && 'govuk-table__cell--numeric')}>{cell}</td>)}
    </tr>
  )
}
