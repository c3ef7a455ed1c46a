import type { ComponentChildren, VNode } from 'preact'
import { classNames } from '../class-names.ts'
import { usePage } from '../use-page.ts'

/** The end of a transaction: what was done and its code. */
export function Panel({ title, children }: { title: ComponentChildren; children?: ComponentChildren }): VNode {
  return (
    <div class="govuk-panel govuk-panel--confirmation">
      <h1 class="govuk-panel__title">{title}</h1>
      {children != null && <div class="govuk-panel__body">{children}</div>}
    </div>
  )
}

/** A passage set apart, without alarm. */
export function InsetText({ children, id }: { children: ComponentChildren; id?: string }): VNode {
  return <div class="govuk-inset-text" id={id}>{children}</div>
}

/** What a person must know before going on: legal consequences, lost rights. */
export function WarningText({ children }: { children: ComponentChildren }): VNode {
  const { t } = usePage()
  return (
    <div class="govuk-warning-text">
      <span class="govuk-warning-text__icon" aria-hidden="true">!</span>
      <strong class="govuk-warning-text__text"><span class="govuk-visually-hidden">{t('ui.warning')}</span> {children}</strong>
    </div>
  )
}

export interface NotificationBannerProps {
  readonly type?: 'info' | 'success'
  /** Default: "Thông báo" or "Đã xong". */
  readonly title?: string
  readonly heading?: ComponentChildren
  readonly children?: ComponentChildren
  readonly id?: string
}

/** The state of what I did last, or news that concerns the whole page. */
export function NotificationBanner({ type = 'info', title, heading, children, id = 'notice' }: NotificationBannerProps): VNode {
  const { t } = usePage()
  return (
    <div class={classNames('govuk-notification-banner', type === 'success' && 'govuk-notification-banner--success')} role={type === 'success' ? 'alert' : 'region'} aria-labelledby={`${id}-title`}>
      <div class="govuk-notification-banner__header"><h2 class="govuk-notification-banner__title" id={`${id}-title`}>{title ?? t(`ui.banner.${type}`)}</h2></div>
      <div class="govuk-notification-banner__content">
        {heading != null && <p class="govuk-notification-banner__heading">{heading}</p>}
        {children}
      </div>
    </div>
  )
}

/** Nothing to list: says so, and what to do about it. */
export function EmptyState({ title, children }: { title: ComponentChildren; children?: ComponentChildren }): VNode {
  return <div class="mc-empty"><p class="mc-empty__title">{title}</p>{children}</div>
}
