import type { VNode } from 'preact'
import { page, redirect } from '../../../../platform/http/reply.ts'
import type { Route } from '../../../../platform/http/route.ts'
import { Button, Form, usePage, WarningText } from '../../../../ui/index.ts'
import { replaceSigningKey, rotateSigningKey } from '../rotate-signing-key.ts'
import { signOnPath } from './sign-on.page.tsx'

/** Keys are changed monthly by themselves; by hand, when somebody may know one, or before a test. */
export const keyRoutes: readonly Route[] = [
  { method: 'POST', path: '/admin/sign-on/keys', access: { permission: 'identity.manage-sign-on' }, handler: async ({ ctx }) => {
    await rotateSigningKey(ctx)
    return redirect(`${signOnPath}?done=announced`)
  } },
  { method: 'GET', path: '/admin/sign-on/keys/replace', access: { permission: 'identity.manage-sign-on' }, handler: ({ ctx }) => page(<Confirm />, { title: ctx.t('identity.sso.admin.replace'), layout: 'desk' }) },
  { method: 'POST', path: '/admin/sign-on/keys/replace', access: { permission: 'identity.manage-sign-on' }, handler: async ({ ctx }) => {
    await replaceSigningKey(ctx)
    return redirect(`${signOnPath}?done=replaced`)
  } },
]

function Confirm(): VNode {
  const { t } = usePage()
  return (
    <>
      <h1 class="govuk-heading-l">{t('identity.sso.admin.replace')}</h1>
      <WarningText>{t('identity.sso.admin.replaceWarning')}</WarningText>
      <Form action="/admin/sign-on/keys/replace"><Button kind="warning">{t('identity.sso.admin.replaceButton')}</Button></Form>
      <p class="govuk-body"><a class="govuk-link" href={signOnPath}>{t('identity.sso.admin.back')}</a></p>
    </>
  )
}
