import type { VNode } from 'preact'
import { Details, usePage } from '../../../ui/index.ts'

/** In the demonstration only: where the invented people, their codes and their messages are found. */
export function DemoHint({ href, text }: { href: string | undefined; text: string }): VNode | null {
  const { t } = usePage()
  if (!href) return null
  return <Details summary={t('identity.demo.summary')}><p class="govuk-body">{t(text)} <a class="govuk-link" href={href}>{href}</a></p></Details>
}
