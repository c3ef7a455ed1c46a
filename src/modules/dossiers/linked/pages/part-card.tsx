import type { VNode } from 'preact'
import { formatDate, formatDateTime } from '../../../../platform/i18n.ts'
import { Deadline, SummaryList, usePage } from '../../../../ui/index.ts'
import type { StoredDocument } from '../../../documents/index.ts'
import { ownDocumentHref, ownDossierHref } from '../../pages/portal/hrefs.ts'
import type { PartStory } from '../explain-group.ts'
import { PartTag } from './group-tags.tsx'

export interface ShownPart { story: PartStory; agency: string | undefined; results: StoredDocument[]; /** Why its agency refused it. */ reason: string | undefined }

/** One part on the page of its group: where it is, what it waits for, whose move it is, by when, and its results. */
export function PartCard({ shown, place, now }: { shown: ShownPart; place: number; now: Date }): VNode {
  const { t, lang } = usePage()
  const { story, agency } = shown
  const { dossier: d, last } = story
  return (
    <SummaryList card={{ title: `${place}. ${story.definition.name[lang]}` }} rows={[
      { key: t('dossiers.column.state'), value: <><PartTag status={story.status} /><br />{whyWords(t, lang, shown)}</> },
      { key: t('dossiers.linked.whose'), value: t(`dossiers.linked.whose.${story.whose}`, { agency: agency ?? '' }) },
      ...(agency ? [{ key: t('dossiers.column.agency'), value: agency }] : []),
      ...(d ? [{ key: t(d.code ? 'dossiers.column.code' : 'dossiers.column.reference'), value: <a class="govuk-link" href={ownDossierHref(d.id)}>{d.code ?? d.reference}</a> }] : []),
      ...(d?.dueAt ? [{ key: t('dossiers.column.due'), value: <Deadline due={d.dueAt} now={d.finishedAt ?? now} state={d.finishedAt ? 'done' : d.pausedAt ? 'paused' : 'running'} exact /> }] : []),
      ...(last?.lateAt && last.state === 'filed' ? [{ key: t('dossiers.linked.late'), value: t('dossiers.linked.lateSince', { at: formatDateTime(last.lateAt) }) }] : []),
      ...(shown.reason ? [{ key: t('dossiers.linked.reason'), value: <span class="mc-answer">{shown.reason}</span> }] : []),
      ...(last?.undoReason ? [{ key: t('dossiers.linked.undoReason'), value: <span class="mc-answer">{last.undoReason}</span> }] : []),
      ...(d && shown.results.length > 0 ? [{ key: t('dossiers.linked.results'), value: <ul class="govuk-list">{shown.results.map((doc) => <li><a class="govuk-link" href={ownDocumentHref(d.id, doc.id)}>{doc.title} (PDF)</a>{doc.revokedAt && ` (${t('dossiers.linked.revoked')})`}</li>)}</ul> }] : []),
    ]} />
  )
}

type Words = ReturnType<typeof usePage>['t']

/** Why it stands where it stands, in one sentence. */
export function whyWords(t: Words, lang: 'vi' | 'en', { story, agency }: ShownPart): string {
  const what = story.waitsFor.map((p) => p.result[lang]).join(', ')
  const until = story.last?.waitsUntil ? formatDate(story.last.waitsUntil) : ''
  const text = t(`dossiers.linked.why.${story.status}`, { agency: agency ?? t('dossiers.linked.theAgency'), what, because: story.because?.name[lang] ?? '', until })
  return story.status === 'not-filed' || (story.status === 'refused-waits' && story.last?.why) ? `${text} ${t(whyKey(t, story.last?.why ?? ''))}` : text
}

const whyKey = (t: Words, code: string): string => (t.has(`dossiers.linked.unfiled.${code}`) ? `dossiers.linked.unfiled.${code}` : 'dossiers.linked.unfiled.other')
