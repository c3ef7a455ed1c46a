import type { VNode } from 'preact'
import type { Db } from '../../../../platform/db.ts'
import type { FieldError } from '../../../../platform/errors.ts'
import { formatDateTime } from '../../../../platform/i18n.ts'
import { Button, Details, fieldErrors, Form, InsetText, NotificationBanner, Radios, Table, Textarea, usePage } from '../../../../ui/index.ts'
import { textOf, type Typed } from '../../pages/desk/typed.ts'
import type { PartStatus } from '../explain-group.ts'
import { findChild, findUndo, type GroupView, type Undo } from '../linked.store.ts'
import { GroupTag, PartTag } from './group-tags.tsx'
import { answerUndoHref } from './hrefs.ts'

export interface DeskGroup { view: GroupView; undo: Undo | undefined }

/** The group to which a dossier of this node belongs, as it was told last. */
export async function groupForDesk(db: Db, dossierId: string): Promise<DeskGroup | undefined> {
  const child = await findChild(db, dossierId)
  return child && { view: child.view, undo: await findUndo(db, dossierId) }
}

/** For the officer of one part: what the others do, what this part received from them, and what the group asks when it stops. */
export function GroupForDesk({ id, group: { view, undo }, mayAnswer, mistakes, typed }: { id: string; group: DeskGroup; mayAnswer: boolean; mistakes: readonly FieldError[]; typed: Typed }): VNode {
  const { t, lang } = usePage()
  return (
    <>
      {undo && !undo.answer && <AskedUndo id={id} undo={undo} mayAnswer={mayAnswer} mistakes={mistakes} typed={typed} />}
      {undo?.answer && <InsetText>{t(`dossiers.linked.undo.${undo.answer}`, { at: formatDateTime(undo.answeredAt!) })} <span class="mc-answer">{undo.reason}</span></InsetText>}
      <Details summary={t('dossiers.linked.desk.open', { name: view.name[lang] })} open>
        <p class="govuk-body"><GroupTag state={view.state} /> <span class="mc-code">{view.reference}</span>{view.dueAt && <> · {t('dossiers.linked.desk.due', { at: formatDateTime(new Date(view.dueAt)) })}</>}</p>
        {view.note && <InsetText>{t('dossiers.linked.desk.note')} <span class="mc-answer">{view.note}</span></InsetText>}
        <Table wide caption={t('dossiers.linked.parts')} captionHidden columns={[{ header: t('dossiers.linked.part') }, { header: t('dossiers.column.agency') }, { header: t('dossiers.column.state') }, { header: t('dossiers.column.due') }]}
          rows={view.parts.map((p) => [p.key === view.part ? <strong>{p.name[lang]}</strong> : p.name[lang], p.agency?.[lang] ?? '–', <PartTag status={p.state as PartStatus} />, p.dueAt ? formatDateTime(new Date(p.dueAt)) : '–'])} />
        {view.received.length > 0 && (
          <>
            <p class="govuk-body">{t('dossiers.linked.desk.received')}</p>
            <ul class="govuk-list govuk-list--bullet">{view.received.map((r) => <li>{r.what[lang]}{r.number && `, ${t('dossiers.linked.desk.number', { number: r.number })}`}{r.fileName && ` (${r.fileName})`}</li>)}</ul>
          </>
        )}
      </Details>
    </>
  )
}

function AskedUndo({ id, undo, mayAnswer, mistakes, typed }: { id: string; undo: Undo; mayAnswer: boolean; mistakes: readonly FieldError[]; typed: Typed }): VNode {
  const { t } = usePage()
  const errorOf = fieldErrors(mistakes, t)
  return (
    <>
      <NotificationBanner heading={t('dossiers.linked.undo.asked')}><p class="govuk-body">{t('dossiers.linked.undo.explain', { because: undo.because, at: formatDateTime(undo.askedAt) })}</p></NotificationBanner>
      {mayAnswer && (
        <Form action={answerUndoHref(id)}>
          <Radios name="undoAnswer" label={t('dossiers.linked.undo.question')} value={textOf(typed, 'undoAnswer')} error={errorOf.of('undoAnswer')} options={[{ value: 'undone', text: t('dossiers.linked.undo.choose.undone') }, { value: 'stands', text: t('dossiers.linked.undo.choose.stands') }]} />
          <Textarea name="undoReason" label={t('dossiers.linked.undo.reason')} hint={t('dossiers.linked.undo.reasonHint')} rows={3} value={textOf(typed, 'undoReason')} error={errorOf.of('undoReason')} />
          <Button>{t('dossiers.linked.undo.button')}</Button>
        </Form>
      )}
    </>
  )
}
