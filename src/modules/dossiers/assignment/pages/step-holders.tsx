import type { VNode } from 'preact'
import { Button, Details, Form, Select, usePage } from '../../../../ui/index.ts'
import type { Task } from '../../../process/index.ts'
import type { Candidate } from '../candidates.ts'
import { bulkPath } from './hrefs.ts'

/** An open step with who holds it; `candidates` where this officer may assign it. */
export interface StepHolder { task: Task; holder: string | undefined; mine: boolean; mayTake: boolean; candidates: readonly Candidate[] }

/** Who does each open step, and the buttons by which that changes: the same acts as over the inbox, for one row. */
export function StepHolders({ steps }: { steps: readonly StepHolder[] }): VNode | null {
  const { t, lang } = usePage()
  if (steps.length === 0) return null
  return (
    <Details summary={t('dossiers.assignment.title')}>
      {steps.map(({ task, holder, mine, mayTake, candidates }) => {
        const row = `${task.subject}:${task.id}`
        return (
          <>
            <p class="govuk-body">{t('dossiers.assignment.holder', { step: task.name[lang], name: holder ?? t('dossiers.inbox.who.nobody') })}</p>
            {mayTake && <Form action={bulkPath} hidden={{ from: 'dossier', row, action: 'take' }}><Button kind="secondary">{t('dossiers.bulk.action.take')}</Button></Form>}
            {mine && <Form action={bulkPath} hidden={{ from: 'dossier', row, action: 'release' }}><Button kind="secondary">{t('dossiers.bulk.action.release')}</Button></Form>}
            {candidates.length > 0 && (
              <Form action={bulkPath} hidden={{ from: 'dossier', row, action: 'assign' }} class="mc-filter-row">
                <Select name="officer" id={`officer-${task.id}`} label={t('dossiers.assignment.assignTo')} value={task.assignee} empty={t('dossiers.bulk.nobody')} options={candidates.map((c) => ({ value: c.id, text: c.name }))} />
                <Button kind="secondary">{t('dossiers.assignment.assign')}</Button>
              </Form>
            )}
          </>
        )
      })}
    </Details>
  )
}
