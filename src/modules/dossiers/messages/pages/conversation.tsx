import type { VNode } from 'preact'
import type { FieldError } from '../../../../platform/errors.ts'
import { formatDateTime } from '../../../../platform/i18n.ts'
import { newId } from '../../../../platform/ids.ts'
import { Button, EmptyState, fieldErrors, FileUpload, Form, InsetText, Textarea, usePage } from '../../../../ui/index.ts'
import type { Message } from '../message.ts'

interface Props {
  messages: readonly Message[]
  /** Who wrote, in words. */
  nameOf(message: Message): string
  fileHref(file: string): string
}

/** The messages of a dossier, oldest first, each with its files and whether the other side has opened it. */
export function Conversation({ messages, nameOf, fileHref }: Props): VNode {
  const { t } = usePage()
  if (messages.length === 0) return <EmptyState title={t('dossiers.messages.none')} />
  return (
    <ol class="govuk-list">
      {messages.map((m) => (
        <li>
          <InsetText>
            <h2 class="govuk-heading-s">{nameOf(m)} <span class="govuk-body-s">{formatDateTime(m.sentAt)}</span></h2>
            {m.body !== '' && <p class="govuk-body mc-answer">{m.body}</p>}
            {m.files.length > 0 && <ul class="govuk-list">{m.files.map((f) => <li><a class="govuk-link" href={fileHref(f.id)}>{f.fileName}</a> ({Math.ceil(f.size / 1024)} kB)</li>)}</ul>}
            <p class="govuk-body-s">{m.readAt ? t('dossiers.messages.read', { at: formatDateTime(m.readAt) }) : t('dossiers.messages.unread')}</p>
          </InsetText>
        </li>
      ))}
    </ol>
  )
}

/** The form in which the next message is written. */
export function MessageFields({ label, hint, body, mistakes }: { label: string; hint: string; body: string; mistakes: FieldError[] }): VNode {
  const { t } = usePage()
  const errors = fieldErrors(mistakes, t)
  return (
    <Form files hidden={{ id: newId() }}>
      <Textarea name="body" label={label} hint={hint} rows={5} value={body} error={errors.of('body')} />
      <FileUpload name="files" label={t('dossiers.messages.files')} hint={t('dossiers.messages.filesHint')} multiple error={errors.of('files')} />
      <Button>{t('dossiers.messages.send')}</Button>
    </Form>
  )
}
