import type { VNode } from 'preact'
import type { FieldError } from '../../../../platform/errors.ts'
import { formatDate, formatDateTime } from '../../../../platform/i18n.ts'
import { Button, Checkboxes, DateInput, Deadline, Details, fieldErrors, FileUpload, Form, InsetText, Select, Textarea, usePage, type Option } from '../../../../ui/index.ts'
import { listOf, textOf, type Typed } from '../../pages/desk/typed.ts'
import type { Consultation, ConsultationFile, Note } from '../consultation.store.ts'
import { askOpinionHref, consultationFileHref, finishNoteHref, writeNoteHref } from './hrefs.ts'

export interface ConsultationView { consultation: Consultation; agency: string; files: ConsultationFile[] }
export interface NoteView { note: Note; by: string }
interface OnDossier { id: string; mistakes: readonly FieldError[]; typed: Typed }

const dateOf = (typed: Typed, name: string) => ({ day: textOf(typed, `${name}-day`), month: textOf(typed, `${name}-month`), year: textOf(typed, `${name}-year`) })

/** Opinions on a dossier: those asked and their answers, and the form that asks another. */
export function Consultations({ id, asked, agencies, now, mistakes, typed }: OnDossier & { asked: readonly ConsultationView[]; agencies: readonly Option[]; now: Date }): VNode | null {
  const { t } = usePage()
  const errors = fieldErrors(mistakes, t)
  if (asked.length === 0 && agencies.length === 0) return null
  return (
    <>
      {asked.length > 0 && <h2 class="govuk-heading-m">{t('dossiers.consultation.title')}</h2>}
      {asked.map(({ consultation: c, agency, files }) => (
        <InsetText>
          <p class="govuk-body"><strong>{agency}</strong> – {formatDateTime(c.askedAt)}: {c.question}</p>
          {c.answeredAt ? <p class="govuk-body">{t('dossiers.consultation.answered', { at: formatDateTime(c.answeredAt) })} <span class="mc-answer">{c.answer}</span></p> : <p class="govuk-body">{t('dossiers.consultation.waits')} <Deadline due={c.dueAt} now={now} /></p>}
          <FileLinks consultation={c} files={files} />
        </InsetText>
      ))}
      {agencies.length > 0 && (
        <Details summary={t('dossiers.consultation.open')} open={'question' in typed}>
          <p class="govuk-body">{t('dossiers.consultation.explain')}</p>
          <Form action={askOpinionHref(id)} files>
            <Select name="askedAgency" label={t('dossiers.consultation.agency')} empty={t('dossiers.competence.choose')} value={textOf(typed, 'askedAgency')} error={errors.of('askedAgency')} options={agencies} />
            <Textarea name="question" label={t('dossiers.consultation.question')} hint={t('dossiers.consultation.questionHint')} rows={3} value={textOf(typed, 'question')} error={errors.of('question')} />
            <DateInput name="answerBy" label={t('dossiers.consultation.due')} hint={t('dossiers.consultation.dueHint')} value={dateOf(typed, 'answerBy')} error={errors.of('answerBy')} />
            <FileUpload name="questionFiles" label={t('dossiers.consultation.files')} multiple error={errors.of('questionFiles')} />
            <Button kind="secondary">{t('dossiers.consultation.ask')}</Button>
          </Form>
        </Details>
      )}
    </>
  )
}

export function FileLinks({ consultation, files }: { consultation: Consultation; files: readonly ConsultationFile[] }): VNode | null {
  const { t } = usePage()
  if (files.length === 0) return null
  return <ul class="govuk-list">{files.map((f) => <li><a class="govuk-link" href={consultationFileHref(consultation.id, f.id)}>{f.fileName}</a> ({t(`dossiers.consultation.file.${f.side}`)})</li>)}</ul>
}

/** What officers write for each other on a dossier: notes, and things to do with a tick. */
export function Notes({ id, notes, mayWrite, mistakes, typed }: OnDossier & { notes: readonly NoteView[]; mayWrite: boolean }): VNode | null {
  const { t } = usePage()
  const errors = fieldErrors(mistakes, t)
  if (notes.length === 0 && !mayWrite) return null
  return (
    <>
      <h2 class="govuk-heading-m">{t('dossiers.note.title')}</h2>
      {notes.length > 0 && (
        <ul class="govuk-list">
          {notes.map(({ note: n, by }) => (
            <li>
              <span class="mc-answer">{n.kind === 'task' ? `${n.doneAt ? '☑' : '☐'} ` : ''}{n.text}</span>
              <br /><span class="govuk-hint">{by}, {formatDateTime(n.writtenAt)}{n.dueOn ? ` – ${t('dossiers.note.before', { day: formatDate(n.dueOn) })}` : ''}{n.doneAt ? ` – ${t('dossiers.note.done', { at: formatDateTime(n.doneAt) })}` : ''}</span>
              {mayWrite && n.kind === 'task' && !n.doneAt && <Form action={finishNoteHref(id, n.id)}><Button kind="secondary">{t('dossiers.note.finish')} <span class="govuk-visually-hidden">{n.text}</span></Button></Form>}
            </li>
          ))}
        </ul>
      )}
      {mayWrite && (
        <Details summary={t('dossiers.note.open')} open={'noteText' in typed}>
          <Form action={writeNoteHref(id)}>
            <Textarea name="noteText" label={t('dossiers.note.text')} hint={t('dossiers.note.hint')} rows={3} value={textOf(typed, 'noteText')} error={errors.of('noteText')} />
            <Checkboxes small name="noteKind" label={t('dossiers.note.kind')} labelHidden values={listOf(typed, 'noteKind')} options={[{ value: 'task', text: t('dossiers.note.task'), conditional: <DateInput name="noteDue" label={t('dossiers.note.due')} value={dateOf(typed, 'noteDue')} error={errors.of('noteDue')} /> }]} />
            <Button kind="secondary">{t('dossiers.note.write')}</Button>
          </Form>
        </Details>
      )}
    </>
  )
}
