import type { VNode } from 'preact'
import type { FieldError } from '../../../../platform/errors.ts'
import type { FormBody } from '../../../../platform/http/route.ts'
import { Button, Details, fieldErrors, Form, InsetText, TextInput, usePage } from '../../../../ui/index.ts'
import type { Visit } from '../reception.store.ts'
import { noOrganisationHref, organisationHref } from './hrefs.ts'

/** For whom the person of the visit files: for an organisation by mandate or on a paper, or for himself. */
export function OrganisationPart({ visit, typed, mistakes }: { visit: Visit; typed: FormBody; mistakes: readonly FieldError[] }): VNode {
  const { t } = usePage()
  const errors = fieldErrors(mistakes, t)
  const { organisation: o } = visit
  if (o) {
    return (
      <InsetText>
        <p class="govuk-body">{t('dossiers.reception.organisation.for', { name: o.name, taxCode: o.taxCode })} {o.paper ? t('dossiers.reception.organisation.onPaper', { paper: o.paper }) : t('dossiers.reception.organisation.byMandate')}</p>
        <Form action={noOrganisationHref(visit.id)}><Button kind="secondary">{t('dossiers.reception.organisation.end')}</Button></Form>
      </InsetText>
    )
  }
  return (
    <Details summary={t('dossiers.reception.organisation.open')} open={mistakes.length > 0}>
      <p class="govuk-body">{t('dossiers.reception.organisation.explain')}</p>
      <Form action={organisationHref(visit.id)} autocomplete="off">
        <TextInput name="taxCode" label={t('dossiers.reception.organisation.taxCode')} value={typed.get('taxCode')} error={errors.of('taxCode')} inputMode="numeric" spellcheck={false} width={20} maxLength={20} />
        <TextInput name="organisationName" label={t('dossiers.reception.organisation.name')} hint={t('dossiers.reception.organisation.nameHint')} value={typed.get('organisationName')} error={errors.of('organisationName')} maxLength={300} />
        <TextInput name="organisationPaper" label={t('dossiers.reception.organisation.paper')} hint={t('dossiers.reception.organisation.paperHint')} value={typed.get('organisationPaper')} error={errors.of('organisationPaper')} maxLength={300} />
        <Button kind="secondary">{t('dossiers.reception.organisation.button')}</Button>
      </Form>
    </Details>
  )
}
