import type { ComponentChildren, VNode } from 'preact'
import { redirect, type Reply } from '../../../platform/http/reply.ts'
import type { Req } from '../../../platform/http/route.ts'
import { formatDate, formatDateTime } from '../../../platform/i18n.ts'
import { Button, ButtonGroup, Checkboxes, DateInput, Form, NotificationBanner, SummaryList, TextInput, usePage, type DateParts } from '../../../ui/index.ts'
import { errors } from '../identity.errors.ts'
import { officerNames } from '../officers/officer.store.ts'
import { decideRule, type RuleDecision } from './decide-rule.ts'
import { pendingProposals, type RuleChange, type RuleProposal } from './rule-proposal.ts'

const decisions: readonly RuleDecision[] = ['approved', 'refused', 'withdrawn']

/** The button of a proposal was pressed. */
export async function postDecision(req: Req, kinds: readonly RuleChange['kind'][], back: string): Promise<Reply> {
  const decision = decisions.find((d) => d === req.form.get('decision'))
  if (!decision) throw errors.RULE_NOT_FOUND()
  await decideRule(req.ctx, kinds, req.params.id!, decision)
  return redirect(`${back}?done=${decision}`)
}

export interface Waiting { proposal: RuleProposal; proposer: string; isOwn: boolean }

export async function readWaiting(req: Req, kinds: readonly RuleChange['kind'][]): Promise<Waiting[]> {
  const { db, actor } = req.ctx
  const proposals = await pendingProposals(db, kinds)
  const people = await officerNames(db, proposals.map((p) => p.proposedBy))
  return proposals.map((proposal) => ({ proposal, proposer: people.get(proposal.proposedBy) ?? '', isOwn: actor.kind === 'officer' && actor.id === proposal.proposedBy }))
}

export function RuleDone({ what }: { what: string | undefined }): VNode | null {
  const { t } = usePage()
  return what === 'proposed' || decisions.some((d) => d === what) ? <NotificationBanner type="success" heading={t(`identity.rules.done.${what}`)} /> : null
}

/** What waits for a second person, with what it says and the buttons for whoever looks. */
export function Proposals({ waiting, action, words }: { waiting: Waiting[]; action: (id: string) => string; words: (change: RuleChange) => { key: string; value: ComponentChildren }[] }): VNode | null {
  const { t } = usePage()
  if (waiting.length === 0) return null
  return (
    <>
      <h2 class="govuk-heading-m">{t('identity.rules.waiting')}</h2>
      {waiting.map(({ proposal: p, proposer, isOwn }) => (
        <>
          <SummaryList card={{ title: t(`identity.rules.kind.${p.change.kind}`), level: 3 }} rows={[
            ...words(p.change), { key: t('identity.rules.from'), value: formatDate(p.validFrom) }, { key: t('identity.rules.basis'), value: p.basis },
            { key: t('identity.rules.proposed'), value: t('identity.officers.by_at', { by: proposer, at: formatDateTime(p.proposedAt) }) },
          ]} />
          <Form action={action(p.id)}>
            {isOwn
              ? <><p class="govuk-body">{t('identity.rules.own')}</p><Button kind="secondary" name="decision" value="withdrawn">{t('identity.rules.withdraw')}</Button></>
              : <ButtonGroup><Button name="decision" value="approved">{t('identity.rules.approve')}</Button><Button kind="warning" name="decision" value="refused">{t('identity.rules.refuse')}</Button></ButtonGroup>}
          </Form>
        </>
      ))}
    </>
  )
}

/** Day, basis and confirmation, the same for every rule. */
export function RuleFields({ from, basis, of }: { from: DateParts; basis: string; of: (field: string) => string | undefined }): VNode {
  const { t } = usePage()
  return (
    <>
      <DateInput name="from" label={t('identity.rules.from')} hint={t('identity.rules.from_hint')} value={from} error={of('from')} />
      <TextInput name="basis" label={t('identity.rules.basis')} hint={t('identity.rules.basis_hint')} value={basis} error={of('basis')} maxLength={200} />
      <Checkboxes name="confirmed" label={t('identity.rules.confirm')} error={of('confirmed')} options={[{ value: 'yes', text: t('identity.rules.confirmed') }]} />
    </>
  )
}
