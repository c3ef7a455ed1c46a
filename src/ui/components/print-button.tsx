import type { VNode } from 'preact'
import { useIsland, usePage } from '../use-page.ts'
import { Icon } from './icon.tsx'

/** Prints the page. Without a script there is only the advice how to do it by hand. */
export function PrintButton({ text }: { text?: string }): VNode {
  const { t } = usePage()
  useIsland('print')
  return (
    <p class="mc-print">
      <button type="button" class="mc-button-link" data-print="" hidden><Icon name="print" />{text ?? t('ui.print')}</button>
      <span class="mc-print__advice">{t('ui.print.advice')}</span>
    </p>
  )
}
