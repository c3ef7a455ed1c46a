import type { VNode } from 'preact'
import { Button } from '../components/button.tsx'
import { Form } from '../components/form.tsx'
import { usePage } from '../use-page.ts'

/** Signed in: name and the way out. Signed out: the way in. */
export function AccountMenu(): VNode | null {
  const { t, actor, links = {} } = usePage()
  if (actor.kind !== 'person' && actor.kind !== 'officer') {
    return links.signIn ? <a class="mc-account__link" href={links.signIn}>{t('ui.signIn')}</a> : null
  }
  const home = links.account
  return (
    <div class="mc-account">
      {home
        ? <a class="mc-account__link" href={home}><span class="govuk-visually-hidden">{t('ui.account')} </span>{actor.name}</a>
        : <span class="mc-account__name">{actor.name}</span>}
      {links.signOut && <Form action={links.signOut} class="mc-account__out"><Button kind="link">{t('ui.signOut')}</Button></Form>}
    </div>
  )
}
