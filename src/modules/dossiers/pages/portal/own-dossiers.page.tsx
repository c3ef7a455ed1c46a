import type { VNode } from 'preact'
import { formatDateTime } from '../../../../platform/i18n.ts'
import { page } from '../../../../platform/http/reply.ts'
import type { Route } from '../../../../platform/http/route.ts'
import { EmptyState, Table, usePage } from '../../../../ui/index.ts'
import { procedureNames } from '../../../catalogue/index.ts'
import type { Dossier } from '../../dossier.ts'
import { listDrafts, type Draft } from '../../drafts.store.ts'
import { listOwnDossiers } from '../../dossiers.store.ts'
import { StateTag } from '../state-tag.tsx'
import { checkHref, ownDossierHref, ownListPath, supplementHref } from './hrefs.ts'
import { personOf } from './read-draft.ts'

const pageSize = 20

/** A person's dossiers: your move first, then what runs, then drafts. */
export const ownDossiersRoute: Route = {
  method: 'GET', path: ownListPath, access: 'person',
  handler: async (req) => {
    const person = personOf(req)
    const at = Math.max(1, Number.parseInt(req.query.trang ?? '1', 10) || 1)
    const [dossiers, drafts] = await Promise.all([
      listOwnDossiers(req.ctx.db, { accountId: person.id, subject: person.subject }, { limit: pageSize + 1, offset: (at - 1) * pageSize }),
      listDrafts(req.ctx.db, person.id),
    ])
    const names = await procedureNames(req.ctx.db, [...new Set([...dossiers, ...drafts].map((d) => d.procedureCode))], req.ctx.lang)
    return page(<OwnDossiers dossiers={dossiers.slice(0, pageSize)} drafts={drafts} names={names} at={at} more={dossiers.length > pageSize} />, { title: req.ctx.t('dossiers.own.title') })
  },
}

interface Props { dossiers: Dossier[]; drafts: Draft[]; names: Map<string, string>; at: number; more: boolean }

function OwnDossiers({ dossiers, drafts, names, at, more }: Props): VNode {
  const { t } = usePage()
  const yourMove = dossiers.filter((d) => d.state === 'supplement-required' || d.state === 'payment-required')
  const rest = dossiers.filter((d) => !yourMove.includes(d))
  const name = (d: { procedureCode: string }): string => names.get(d.procedureCode) ?? d.procedureCode
  return (
    <>
      <h1 class="govuk-heading-xl">{t('dossiers.own.title')}</h1>
      {yourMove.length > 0 && (
        <Table caption={t('dossiers.own.yourMove')} columns={[{ header: t('dossiers.column.procedure') }, { header: t('dossiers.column.state') }, { header: t('dossiers.column.next') }]}
          rows={yourMove.map((d) => [<a class="govuk-link" href={ownDossierHref(d.id)}>{name(d)}</a>, <StateTag state={d.state} />, <a class="govuk-link" href={supplementHref(d.id)}>{t('dossiers.own.answer')}</a>])} />
      )}
      {drafts.length > 0 && (
        <Table caption={t('dossiers.own.drafts')} columns={[{ header: t('dossiers.column.procedure') }, { header: t('dossiers.draft.changed') }, { header: t('dossiers.column.next') }]}
          rows={drafts.map((d) => [name(d), formatDateTime(d.updatedAt), <a class="govuk-link" href={checkHref(d)}>{t('dossiers.draft.resume')}</a>])} />
      )}
      {dossiers.length === 0 ? <EmptyState title={t('dossiers.own.none')}><p class="govuk-body">{t('dossiers.own.noneText')} <a class="govuk-link" href="/thu-tuc">{t('dossiers.own.find')}</a></p></EmptyState> : (
        <Table wide caption={t('dossiers.own.all')} columns={[{ header: t('dossiers.column.procedure') }, { header: t('dossiers.column.code') }, { header: t('dossiers.column.submitted') }, { header: t('dossiers.column.due') }, { header: t('dossiers.column.state') }]}
          rows={rest.map((d) => [<a class="govuk-link" href={ownDossierHref(d.id)}>{name(d)}</a>, d.code ?? d.reference, formatDateTime(d.submittedAt), d.dueAt ? formatDateTime(d.dueAt) : '–', <StateTag state={d.state} />])} />
      )}
      {(at > 1 || more) && <p class="govuk-body">{at > 1 && <a class="govuk-link" href={`${ownListPath}?trang=${at - 1}`}>{t('dossiers.own.newer')}</a>} {more && <a class="govuk-link" href={`${ownListPath}?trang=${at + 1}`}>{t('dossiers.own.older')}</a>}</p>}
    </>
  )
}
