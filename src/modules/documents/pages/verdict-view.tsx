import type { VNode } from 'preact'
import { formatDateTime, type Translate } from '../../../platform/i18n.ts'
import { InsetText, SummaryList, Tag, usePage, WarningText, type SummaryRow, type Tone } from '../../../ui/index.ts'
import type { StoredDocument } from '../documents.store.ts'
import type { Change, Finding, Outcome, SignatureVerdict, Verdict } from '../verification/verdict.ts'

const tones: Record<Outcome, Tone> = { valid: 'done', incomplete: 'attention', untrusted: 'attention', changed: 'late', invalid: 'late', unsigned: 'neutral', unreadable: 'late' }

/** What a file is worth: first the answer, then what this node knows of it, then each signature with its grounds. */
export function VerdictView({ fileName, verdict, known }: { fileName: string; verdict: Verdict; known: StoredDocument | undefined }): VNode {
  const { t } = usePage()
  return (
    <section aria-labelledby="verdict">
      <h2 class="govuk-heading-l" id="verdict">{t(`documents.outcome.${verdict.outcome}`)}</h2>
      <p class="govuk-body"><Tag tone={tones[verdict.outcome]}>{t(`documents.outcome.${verdict.outcome}.tag`)}</Tag></p>
      <p class="govuk-body">{t(`documents.outcome.${verdict.outcome}.text`)}</p>
      {known?.revokedAt && <WarningText>{t('documents.verify.revoked', { at: formatDateTime(known.revokedAt), reason: known.revokedReason ?? '' })}</WarningText>}
      {known && !known.revokedAt && <InsetText>{t(known.number ? 'documents.verify.known' : 'documents.verify.knownPlain', { title: known.title, number: known.number ?? '', at: formatDateTime(known.createdAt) })}</InsetText>}
      {verdict.findings.length > 0 && <ul class="govuk-list govuk-list--bullet">{verdict.findings.map((finding) => <li>{findingText(t, finding)}</li>)}</ul>}
      {verdict.signatures.map((signature, i) => <SignatureView signature={signature} number={i + 1} />)}
      <SummaryList rows={[
        { key: t('documents.verify.file_name'), value: fileName },
        { key: t('documents.verify.size'), value: t('documents.verify.bytes', { size: verdict.size.toLocaleString(t.lang === 'vi' ? 'vi-VN' : 'en-GB') }) },
        { key: 'SHA-256', value: <code class="mc-code">{verdict.sha256.replace(/.{8}(?=.)/g, '$& ')}</code> },
      ]} />
    </section>
  )
}

function SignatureView({ signature: s, number }: { signature: SignatureVerdict; number: number }): VNode {
  const { t } = usePage()
  const forbidden = s.changes.filter((change) => !change.allowed)
  const rows: SummaryRow[] = [
    { key: t('documents.verify.signer'), value: s.signer ? [s.signer.name, s.signer.title, s.signer.organisation].filter(Boolean).join(', ') : t('documents.verify.unknown_signer') },
    { key: t('documents.verify.time'), value: timeText(t, s) },
    { key: t('documents.verify.integrity'), value: t(`documents.integrity.${s.integrity}`) },
    { key: t('documents.verify.trust'), value: t(`documents.trust.${s.trust}`, { issuer: s.signer?.issuer ?? '–', node: s.trustedBy ?? '–' }) },
    { key: t('documents.verify.coverage'), value: t(`documents.coverage.${s.coverage}`) },
  ]
  if (s.reason) rows.push({ key: t('documents.verify.reason'), value: s.reason })
  if (s.changes.length > 0) rows.push({ key: t('documents.verify.added'), value: <Changes changes={forbidden.length > 0 ? forbidden : s.changes} /> })
  for (const finding of s.findings) rows.push({ key: t('documents.verify.remark'), value: findingText(t, finding) })
  return <SummaryList card={{ title: t('documents.verify.signature', { number, field: fieldName(t, s.field) }), level: 3 }} rows={rows} />
}

function Changes({ changes }: { changes: readonly Change[] }): VNode {
  const { t } = usePage()
  const byKind = new Map(changes.map((change) => [change.kind, change]))
  return <ul class="govuk-list">{[...byKind.values()].map((change) => <li>{t(`documents.change.${change.kind}`, { bytes: change.count ?? 0 })}</li>)}</ul>
}

function timeText(t: Translate, { time }: SignatureVerdict): string {
  if (!time) return t('documents.verify.no_time')
  return t(`documents.time.${time.source}`, { at: formatDateTime(time.at), authority: time.authority ?? '' })
}

function findingText(t: Translate, { key, params = {} }: Finding): string {
  return t(key, typeof params.field === 'string' ? { ...params, field: fieldName(t, params.field) } : params)
}

/** Our own field names have words for people; those of other programs are shown as they are. */
function fieldName(t: Translate, field: string): string {
  const key = `documents.field.${field}`
  return t.has(key) ? t(key) : field
}
