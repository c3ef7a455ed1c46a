import type { VNode } from 'preact'
import type { FieldError } from '../../../../platform/errors.ts'
import { formatDateTime } from '../../../../platform/i18n.ts'
import { Button, Deadline, fieldErrors, Form, InsetText, Textarea, usePage } from '../../../../ui/index.ts'
import { textOf, type Typed } from '../../pages/desk/typed.ts'
import type { AccountRequest } from '../accountability.store.ts'
import { giveAccountHref } from './hrefs.ts'

/** What was asked and answered, for the person who asked. */
export function AccountsForPerson({ requests }: { requests: readonly AccountRequest[] }): VNode | null {
  const { t } = usePage()
  if (requests.length === 0) return null
  return (
    <>
      <h2 class="govuk-heading-l">{t('dossiers.accountability.title')}</h2>
      {requests.map((r) => <InsetText><p class="govuk-body">{formatDateTime(r.askedAt)}: <span class="mc-answer">{r.request}</span></p><p class="govuk-body">{r.answeredAt ? <>{t('dossiers.accountability.answered', { at: formatDateTime(r.answeredAt) })} <span class="mc-answer">{r.answer}</span></> : r.dueAt ? t('dossiers.accountability.due', { at: formatDateTime(r.dueAt) }) : t('dossiers.accountability.waits')}</p></InsetText>)}
    </>
  )
}

/** What the person asked of the desk, and the answer that is owed. */
export function AccountsOfDossier({ id, requests, names, now, mayAnswer, mistakes, typed }: { id: string; requests: readonly AccountRequest[]; names: ReadonlyMap<string, string>; now: Date; mayAnswer: boolean; mistakes: readonly FieldError[]; typed: Typed }): VNode | null {
  const { t } = usePage()
  const errors = fieldErrors(mistakes, t)
  if (requests.length === 0) return null
  return (
    <>
      <h2 class="govuk-heading-m">{t('dossiers.accountability.title')}</h2>
      {requests.map((r) => (
        <InsetText>
          <p class="govuk-body">{formatDateTime(r.askedAt)}: <span class="mc-answer">{r.request}</span></p>
          <p class="govuk-body">{t('dossiers.accountability.responsible', { name: (r.responsibleOfficer && names.get(r.responsibleOfficer)) || '–' })}</p>
          {r.answeredAt ? <p class="govuk-body">{t('dossiers.accountability.answered', { at: formatDateTime(r.answeredAt) })} <span class="mc-answer">{r.answer}</span></p> : r.dueAt && <Deadline due={r.dueAt} now={now} exact />}
          {!r.answeredAt && mayAnswer && <Form action={giveAccountHref(id)}><Textarea name="account" label={t('dossiers.accountability.answer')} hint={t('dossiers.accountability.answerHint')} rows={4} value={textOf(typed, 'account')} error={errors.of('account')} /><Button>{t('dossiers.accountability.send')}</Button></Form>}
        </InsetText>
      ))}
    </>
  )
}
