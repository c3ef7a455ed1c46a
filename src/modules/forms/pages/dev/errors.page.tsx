import type { VNode } from 'preact'
import { page } from '../../../../platform/http/reply.ts'
import type { Route } from '../../../../platform/http/route.ts'
import type { Node } from '../../../../platform/node.ts'
import { Table, usePage } from '../../../../ui/index.ts'
import { compileForm, type Form } from '../../compile-form.ts'
import { shippedDefinitions } from '../../definitions/index.ts'
import { errorText } from '../../error-text.ts'
import { findForm } from '../../get-form.ts'
import { errors as refusals } from '../../forms.errors.ts'
import { possibleErrors } from '../../possible-errors.ts'

export const errorsPath = '/dev/errors/:form'
export const errorsHref = (key: string): string => `/dev/errors/${encodeURIComponent(key)}`

/** Every message that a form can give, side by side in both languages: read it before publishing. Demonstration only. */
export function errorsPage(node: Node): Route {
  return {
    method: 'GET', path: errorsPath, access: 'public',
    async handler({ ctx, params }) {
      const key = params.form ?? ''
      const shipped = shippedDefinitions.find((d) => d.key === key)
      const form = (await findForm(node.db, key)) ?? (shipped && compileForm(shipped))
      if (!form) throw refusals.FORM_NOT_FOUND()
      return page(<Errors form={form} />, { title: ctx.t('forms.dev.title', { form: form.definition.title[ctx.lang] }) })
    },
  }
}

function Errors({ form }: { form: Form }): VNode {
  const { t, lang } = usePage()
  const pages = possibleErrors(form)
  const count = pages.reduce((sum, p) => sum + p.errors.length, 0)
  return (
    <>
      <h1 class="govuk-heading-l">{t('forms.dev.title', { form: form.definition.title[lang] })}</h1>
      <p class="govuk-body">{t('forms.dev.intro')} {t('forms.dev.messages', { count })}.</p>
      {pages.map(({ page, errors }, i) => (
        <Table
          caption={t('forms.dev.page', { number: i + 1, title: page.title[lang] })} wide
          columns={[t('forms.dev.field'), t('forms.dev.rule'), t('forms.dev.vi'), t('forms.dev.en')].map((header) => ({ header }))}
          rows={errors.map((error) => [<code>{error.field}</code>, <code>{error.key.replace('forms.rule.', '')}</code>, <span lang="vi">{errorText(form, error, 'vi')}</span>, <span lang="en">{errorText(form, error, 'en')}</span>])}
        />
      ))}
    </>
  )
}
