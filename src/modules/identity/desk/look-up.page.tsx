import type { VNode } from 'preact'
import { page, type Reply } from '../../../platform/http/reply.ts'
import type { Req, Route } from '../../../platform/http/route.ts'
import { formatDate } from '../../../platform/i18n.ts'
import { isId } from '../../../platform/ids.ts'
import { ButtonGroup, EmptyState, InsetText, LinkButton, SummaryList, Tag, usePage, WarningText } from '../../../ui/index.ts'
import { findAccount, type Account } from '../citizens/account.store.ts'
import { errors } from '../identity.errors.ts'
import { idNumberContradicts } from '../../numbers/index.ts'
import { findOpenRequest } from './account-request.store.ts'
import type { Card } from './card-text.ts'
import type { OfficerCtx } from './look-up-person.ts'
import { findOpenLookUp } from './look-up.store.ts'
import { masked } from './masked.ts'
import { findOrganisationByTaxCode, type Organisation } from '../mandates/organisations.store.ts'
import { peoplePath } from './people.page.tsx'
import type { Query } from './read-query.ts'
import { sameName } from './same-name.ts'

/** The answer to a look-up, for the officer who asked and for some minutes. */
export const lookUpRoutes: readonly Route[] = [
  { method: 'GET', path: '/desk/people/:id', access: { permission: 'identity.find-people' }, handler: show },
]

async function show(req: Req): Promise<Reply> {
  const ctx = req.ctx as OfficerCtx
  const id = req.params.id!
  const lookUp = isId(id) ? await findOpenLookUp(ctx.db, ctx.node, id, ctx.actor.id, ctx.now) : undefined
  if (!lookUp) throw errors.LOOK_UP_OVER()
  const account = lookUp.accountId ? await findAccount(ctx.db, lookUp.accountId) : undefined
  const organisation = lookUp.query.kind === 'tax-code' ? await findOrganisationByTaxCode(ctx.db, lookUp.query.taxCode) : undefined
  const request = account ? undefined : await findOpenRequest(ctx.db, ctx.node, lookUp.query, ctx.actor.agencyCode)
  return page(<Answer id={id} query={lookUp.query} account={account} organisation={organisation} requestId={request?.id} />, { title: ctx.t('identity.desk.answer.title'), layout: 'desk' })
}

interface View { id: string; query: Query; account: Account | undefined; organisation: Organisation | undefined; requestId: string | undefined }

function Answer({ id, query, account, organisation, requestId }: View): VNode {
  const { t } = usePage()
  const card = query.kind === 'card' ? query.card : undefined
  const coded = query.kind === 'personal-code' ? query.person : undefined
  return (
    <div class="govuk-grid-row"><div class="govuk-grid-column-two-thirds">
      <h1 class="govuk-heading-l">{t('identity.desk.answer.title')}</h1>
      {card && <CardDoubts card={card} account={account} />}
      {account && <PersonCard account={account} />}
      {coded && !account && <><SummaryList card={{ title: coded.fullName }} rows={[{ key: t('identity.field.idNumber'), value: masked(coded.idNumber) }, { key: t('identity.field.birthDate'), value: formatDate(coded.birthDate) }]} /><InsetText>{t('identity.desk.answer.elsewhere')}</InsetText></>}
      {organisation && <OrganisationCard organisation={organisation} />}
      {!account && !coded && !organisation && (query.kind === 'tax-code'
        ? <EmptyState title={t('identity.desk.answer.no_organisation', { code: query.taxCode })}><p class="govuk-body">{t('identity.desk.answer.no_organisation_text')}</p></EmptyState>
        : <EmptyState title={t('identity.desk.answer.nobody')}><p class="govuk-body">{t('identity.desk.answer.nobody_text')}</p></EmptyState>)}
      <p class="govuk-body-s">{t('identity.desk.answer.recorded')}</p>
      <ButtonGroup>
        {!account && query.kind !== 'tax-code' && query.kind !== 'personal-code' && (requestId
          ? <LinkButton href={`/desk/people/requests/${requestId}`}>{t('identity.desk.answer.go_on')}</LinkButton>
          : <LinkButton href={`${peoplePath}/${id}/account`}>{t('identity.desk.answer.open_account')}</LinkButton>)}
        <LinkButton kind="secondary" href={peoplePath}>{t('identity.desk.answer.next')}</LinkButton>
      </ButtonGroup>
    </div></div>
  )
}

function PersonCard({ account }: { account: Account }): VNode {
  const { t } = usePage()
  return (
    <SummaryList card={{ title: account.fullName }} rows={[
      { key: t('identity.field.idNumber'), value: masked(account.idNumber) },
      { key: t('identity.field.birthDate'), value: formatDate(account.birthDate) },
      { key: t('identity.desk.answer.phone'), value: masked(account.phone) },
      { key: t('identity.desk.answer.state'), value: <Tag tone={account.state === 'active' ? 'done' : 'stopped'}>{t(`identity.desk.state.${account.state}`)}</Tag> },
      { key: t('identity.account.assurance'), value: t(`identity.assurance.${account.assurance}`) },
    ]} />
  )
}

function OrganisationCard({ organisation }: { organisation: Organisation }): VNode {
  const { t } = usePage()
  return (
    <SummaryList card={{ title: organisation.name }} rows={[
      { key: t('identity.desk.answer.tax_code'), value: organisation.taxCode },
      { key: t('identity.desk.answer.state'), value: t(`identity.desk.state.${organisation.state}`) },
    ]} />
  )
}

/** A card that contradicts itself or the account is looked at again before anything is done on it. */
function CardDoubts({ card, account }: { card: Card; account: Account | undefined }): VNode | null {
  const { t } = usePage()
  const inside = idNumberContradicts(card.idNumber, card).length > 0
  const outside = account !== undefined && (!sameName(account.fullName, card.fullName) || account.birthDate !== card.birthDate)
  return inside || outside ? <WarningText>{t(inside ? 'identity.desk.card.contradicts_itself' : 'identity.desk.card.contradicts_account')}</WarningText> : null
}
