import type { VNode } from 'preact'
import { Button } from '../components/button.tsx'
import { Form } from '../components/form.tsx'
import { usePage } from '../use-page.ts'

/** On every page while a person acts for somebody else: for whom, and the way out. When that right has ended: that it has, until it was read. */
export function ActingBar(): VNode | null {
  const { t, actor, links = {} } = usePage()
  if (actor.kind !== 'person' || (!actor.actingFor && !actor.actingEnded)) return null
  return (
    <div class="mc-demo mc-acting" role="region" aria-label={t('ui.acting')}>
      <div class="mc-nav__bar govuk-width-container">
        <span>{actor.actingFor ? <>{t('ui.acting.for')} <strong>{actor.actingFor.name}</strong></> : t('ui.acting.ended')}</span>
        {links.acting && <a class="govuk-link" href={links.acting}>{t('ui.acting.change')}</a>}
        {links.stopActing && <Form action={links.stopActing}><Button kind="link">{t(actor.actingFor ? 'ui.acting.stop' : 'ui.acting.understood')}</Button></Form>}
      </div>
    </div>
  )
}
