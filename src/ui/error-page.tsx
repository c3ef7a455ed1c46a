import type { ComponentChildren, VNode } from 'preact'
import { HelpPhone } from './layouts/help-phone.tsx'
import { usePage } from './use-page.ts'
import { LinkButton } from './components/button.tsx'

export type ErrorKind = 'notFound' | 'signIn' | 'forbidden' | 'conflict' | 'csrf' | 'tooLarge' | 'tooMany' | 'method' | 'badRequest' | 'unavailable' | 'fault'

export interface ErrorPageProps {
  readonly kind: ErrorKind
  /** Number under which the fault is recorded. */
  readonly reference?: string
  /** Name of the right that is missing, and who grants it. */
  readonly right?: string
  readonly grantor?: string
  /** Sentence of a refusal: what happened and what to do, instead of the general one. */
  readonly message?: ComponentChildren
  /** Where to go on; the home page unless told. */
  readonly next?: { readonly href: string; readonly text: string }
}

/** Title of the window for an error page. */
export const errorTitleKey = (kind: ErrorKind): string => `ui.errorPage.${kind}.title`

/** The kind of error page for an HTTP status. */
export function errorKindOf(status: number): ErrorKind {
  const kinds: Record<number, ErrorKind> = { 400: 'badRequest', 401: 'signIn', 403: 'forbidden', 404: 'notFound', 405: 'method', 409: 'conflict', 413: 'tooLarge', 429: 'tooMany', 503: 'unavailable' }
  return kinds[status] ?? (status >= 500 ? 'fault' : 'badRequest')
}

/** What happened, what to do, where help is. */
export function ErrorPage({ kind, reference, right, grantor, message, next }: ErrorPageProps): VNode {
  const { t, links = {} } = usePage()
  const text = (part: string): string => t(`ui.errorPage.${kind}.${part}`)
  const go = next ?? (kind === 'signIn' && links.signIn ? { href: links.signIn, text: t('ui.signIn') } : { href: links.home ?? '/', text: t('ui.errorPage.home') })
  return (
    <>
      <h1 class="govuk-heading-l">{text('title')}</h1>
      <p class="govuk-body-l">{message ?? text('what')}</p>
      {!message && <p class="govuk-body">{text('do')}</p>}
      {kind === 'forbidden' && right && <p class="govuk-body">{t('ui.errorPage.forbidden.right', { right })} {t('ui.errorPage.forbidden.grantor', { grantor: grantor ?? t('ui.errorPage.forbidden.anyGrantor') })}</p>}
      {reference && <p class="govuk-body">{t('ui.errorPage.reference')} <strong class="mc-code">{reference}</strong></p>}
      <p class="govuk-body">{t('ui.errorPage.help')} <HelpPhone /></p>
      <LinkButton href={go.href} kind={kind === 'signIn' ? 'primary' : 'secondary'}>{go.text}</LinkButton>
    </>
  )
}
