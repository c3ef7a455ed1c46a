import type { ComponentChildren, VNode } from 'preact'
import { usePage } from '../use-page.ts'

export function ErrorMessage({ id, children }: { id: string; children: ComponentChildren }): VNode {
  const { t } = usePage()
  return (
    <p id={id} class="govuk-error-message">
      <span class="govuk-visually-hidden">{t('ui.error.prefix')}</span> {children}
    </p>
  )
}
