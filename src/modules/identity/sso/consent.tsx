import type { VNode } from 'preact'
import { Button, ButtonGroup, Form, usePage } from '../../../ui/index.ts'

/** What another system asks to know and do, where that goes beyond what the law gives it. */
export function Consent({ action, client, scopes }: { action: string; client: { vi: string; en: string }; scopes: readonly string[] }): VNode {
  const { t, lang } = usePage()
  const known = scopes.filter((scope) => scope !== 'openid')
  return (
    <div class="govuk-grid-row"><div class="govuk-grid-column-two-thirds">
      <h1 class="govuk-heading-l">{t('identity.sso.consent.title')}</h1>
      <p class="govuk-body">{t('identity.sso.consent.lead', { client: client[lang] })}</p>
      <ul class="govuk-list govuk-list--bullet">{known.map((scope) => <li>{t(`identity.sso.scope.${scope}`)}</li>)}</ul>
      <p class="govuk-body">{t('identity.sso.consent.end')}</p>
      <Form action={action}>
        <ButtonGroup>
          <Button name="agree" value="yes">{t('identity.sso.consent.agree')}</Button>
          <Button name="agree" value="no" kind="secondary">{t('identity.sso.consent.refuse')}</Button>
        </ButtonGroup>
      </Form>
    </div></div>
  )
}
