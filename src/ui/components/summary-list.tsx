import type { ComponentChildren, VNode } from 'preact'
import { classNames } from '../class-names.ts'
import { usePage } from '../use-page.ts'

export interface SummaryRow {
  readonly key: ComponentChildren
  readonly value: ComponentChildren
  /** Links of the row; `about` tells screen readers what is changed. Text "Sửa" unless told. */
  readonly actions?: readonly { readonly href: string; readonly text?: string; readonly about: string }[]
}

export interface SummaryListProps {
  readonly rows: readonly SummaryRow[]
  /** Frame with a heading. */
  readonly card?: { readonly title: ComponentChildren; readonly level?: 2 | 3; readonly actions?: SummaryRow['actions'] }
  readonly noBorder?: boolean
}

/** Names and values: check-your-answers, the facts of a dossier. */
export function SummaryList({ rows, card, noBorder }: SummaryListProps): VNode {
  const anyActions = rows.some((row) => row.actions?.length)
  const list = (
    <dl class={classNames('govuk-summary-list', noBorder && 'govuk-summary-list--no-border')}>
      {rows.map((row) => (
        <div class={classNames('govuk-summary-list__row', anyActions && !row.actions?.length && 'govuk-summary-list__row--no-actions')}>
          <dt class="govuk-summary-list__key">{row.key}</dt>
          <dd class="govuk-summary-list__value">{row.value}</dd>
          {row.actions?.length ? <dd class="govuk-summary-list__actions"><Actions actions={row.actions} /></dd> : null}
        </div>
      ))}
    </dl>
  )
  if (!card) return list
  const Heading = `h${card.level ?? 2}` as const
  return (
    <div class="govuk-summary-card">
      <div class="govuk-summary-card__title-wrapper">
        <Heading class="govuk-summary-card__title">{card.title}</Heading>
        {card.actions?.length ? <div class="govuk-summary-card__actions"><Actions actions={card.actions} /></div> : null}
      </div>
      <div class="govuk-summary-card__content">{list}</div>
    </div>
  )
}

function Actions({ actions }: { actions: NonNullable<SummaryRow['actions']> }): VNode {
  const { t } = usePage()
  return <>{actions.map((action, i) => <>{i > 0 && ' '}<a class="govuk-link" href={action.href}>{action.text ?? t('ui.change')}<span class="govuk-visually-hidden"> {action.about}</span></a></>)}</>
}
