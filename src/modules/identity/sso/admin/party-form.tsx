import type { VNode } from 'preact'
import type { FieldError } from '../../../../platform/errors.ts'
import { Button, Checkboxes, ErrorSummary, fieldErrors, Form, Radios, Textarea, TextInput, usePage } from '../../../../ui/index.ts'
import type { TypedParty } from '../check-party.ts'
import { authMethods, scopes, type KeptParty } from '../relying-party.store.ts'
import { partyHref } from './sign-on.page.tsx'

/** Registration of a system, or change of one. */
export function PartyForm({ typed, mistakes, party }: { typed: TypedParty; mistakes: readonly FieldError[]; party?: KeptParty }): VNode {
  const { t, lang } = usePage()
  const { of } = fieldErrors(mistakes, t)
  const label = (field: string): string => t(`identity.sso.admin.field.${field}`)
  const hint = (field: string): string => t(`identity.sso.admin.field.${field}.hint`)
  return (
    <>
      <ErrorSummary errors={mistakes} />
      <h1 class="govuk-heading-l">{party ? party.name[lang] : t('identity.sso.admin.register')}</h1>
      <Form action={party ? partyHref(party.clientId) : '/admin/sign-on/systems'}>
        {!party && <TextInput name="clientId" label={label('clientId')} hint={hint('clientId')} value={typed.clientId} error={of('clientId')} width={20} autocomplete="off" spellcheck={false} />}
        <TextInput name="nameVi" label={label('nameVi')} value={typed.nameVi} error={of('nameVi')} autocomplete="off" />
        <TextInput name="nameEn" label={label('nameEn')} value={typed.nameEn} error={of('nameEn')} autocomplete="off" />
        <Textarea name="redirectUris" label={label('redirectUris')} hint={hint('redirectUris')} value={typed.redirectUris} error={of('redirectUris')} rows={3} spellcheck={false} />
        <Textarea name="logOutUris" label={label('logOutUris')} hint={hint('logOutUris')} value={typed.logOutUris} error={of('logOutUris')} rows={3} spellcheck={false} />
        <TextInput name="backchannelUri" label={label('backchannelUri')} hint={hint('backchannelUri')} value={typed.backchannelUri} error={of('backchannelUri')} autocomplete="off" spellcheck={false} />
        <Radios name="authMethod" label={label('authMethod')} value={typed.authMethod} error={of('authMethod')} options={authMethods.map((value) => ({ value, text: t(`identity.sso.admin.authMethod.${value}`) }))} />
        <Checkboxes name="scopes" label={label('scopes')} values={typed.scopes} error={of('scopes')} options={scopes.filter((s) => s !== 'openid').map((value) => ({ value, text: t(`identity.sso.scope.${value}`), hint: value }))} />
        <Checkboxes name="strengths" label={label('strengths')} hint={hint('strengths')} values={typed.strengths} error={of('strengths')} options={['1', '2', '3'].map((value) => ({ value, text: t('identity.sso.admin.strength', { level: value }) }))} />
        <Button>{t(party ? 'identity.sso.admin.save' : 'identity.sso.admin.register')}</Button>
      </Form>
    </>
  )
}
