import type { ComponentChildren, VNode } from 'preact'
import { formatDateTime } from '../../../../platform/i18n.ts'
import { page } from '../../../../platform/http/reply.ts'
import type { Route } from '../../../../platform/http/route.ts'
import { EmptyState, Tag, usePage } from '../../../../ui/index.ts'
import { procedureNames } from '../../../catalogue/index.ts'
import type { Dossier } from '../../dossier.ts'
import { listDrafts, type Draft } from '../../drafts.store.ts'
import { listOwnDossiers, proceduresOf } from '../../dossiers.store.ts'
import { coveredProcedures, draftHolder, mandatesInForce, partyOf } from '../../on-behalf.ts'
import { StateTag } from '../state-tag.tsx'
import { listOwnGroups, type LinkedGroup } from '../../linked/linked.store.ts'
import { GroupTag } from '../../linked/pages/group-tags.tsx'
import { groupHref } from '../../linked/pages/hrefs.ts'
import { movesOf, type Move } from '../../next/moves.ts'
import { MoveList } from '../../next/pages/move-list.tsx'
import { checkHref, ownDossierHref, ownListPath } from './hrefs.ts'
import { personOf } from './read-draft.ts'

const pageSize = 20

/** A person's dossiers: your move first, then what runs, then drafts. */
export const ownDossiersRoute: Route = {
  method: 'GET', path: ownListPath, access: 'person',
  handler: async (req) => {
    const person = personOf(req)
    const at = Math.max(1, Number.parseInt(req.query.trang ?? '1', 10) || 1)
    const party = partyOf(person)
    const procedures = person.actingFor && (await coveredProcedures(req.ctx, person, await proceduresOf(req.ctx.db, party)))
    const filer = person.actingFor ? undefined : { accountId: person.id, mandateIds: await mandatesInForce(req.ctx, person) }
    const [moves, groups, dossiers, drafts] = await Promise.all([
      at === 1 ? movesOf(req.ctx, person) : [],
      at === 1 ? listOwnGroups(req.ctx.db, party, { limit: pageSize, codes: procedures && [...procedures] }) : [],
      listOwnDossiers(req.ctx.db, party, { limit: pageSize + 1, offset: (at - 1) * pageSize, procedures, filer }),
      listDrafts(req.ctx.db, draftHolder(person), procedures),
    ])
    const names = await procedureNames(req.ctx.db, [...new Set([...groups.map((g) => g.code), ...[...dossiers, ...drafts].map((d) => d.procedureCode)])], req.ctx.lang)
    return page(<OwnDossiers moves={moves} groups={groups} dossiers={dossiers.slice(0, pageSize)} drafts={drafts} names={names} at={at} more={dossiers.length > pageSize} />, { title: req.ctx.t('dossiers.own.title') })
  },
}

interface Props { moves: Move[]; groups: LinkedGroup[]; dossiers: Dossier[]; drafts: Draft[]; names: Map<string, string>; at: number; more: boolean }

function OwnDossiers({ moves, groups, dossiers, drafts, names, at, more }: Props): VNode {
  const { t, actor } = usePage()
  const name = (d: { procedureCode: string }): string => names.get(d.procedureCode) ?? d.procedureCode
  return (
    <>
      <h1 class="govuk-heading-xl">{actor.kind === 'person' && actor.actingFor ? t('dossiers.own.titleFor', { name: actor.actingFor.name }) : t('dossiers.own.title')}</h1>
      <MoveList moves={moves} />
      {drafts.length > 0 && (
        <List title={t('dossiers.own.drafts')}>
          {drafts.map((d) => <li class="mc-procedure"><h3 class="mc-procedure__name"><a class="govuk-link" href={checkHref(d)}>{name(d)}</a></h3><p class="mc-procedure__facts">{t('dossiers.draft.changed')}: {formatDateTime(d.updatedAt)}</p></li>)}
        </List>
      )}
      {groups.length > 0 && (
        <List title={t('dossiers.linked.own')}>
          {groups.map((g) => <li class="mc-procedure"><h3 class="mc-procedure__name"><a class="govuk-link" href={groupHref(g.id)}>{names.get(g.code) ?? g.code}</a></h3><p><GroupTag state={g.state} /></p><p class="mc-procedure__facts"><span class="mc-code">{g.reference}</span> · {t('dossiers.column.submitted')}: {formatDateTime(g.submittedAt)}{g.dueAt && ` · ${t('dossiers.column.due')}: ${formatDateTime(g.dueAt)}`}</p></li>)}
        </List>
      )}
      {dossiers.length === 0 && groups.length === 0 && <EmptyState title={t('dossiers.own.none')}><p class="govuk-body">{t('dossiers.own.noneText')} <a class="govuk-link" href="/thu-tuc">{t('dossiers.own.find')}</a></p></EmptyState>}
      {dossiers.length > 0 && <List title={t('dossiers.own.all')}>{dossiers.map((d) => <Item dossier={d} name={name(d)} />)}</List>}
      {(at > 1 || more) && <p class="govuk-body">{at > 1 && <a class="govuk-link" href={`${ownListPath}?trang=${at - 1}`}>{t('dossiers.own.newer')}</a>} {more && <a class="govuk-link" href={`${ownListPath}?trang=${at + 1}`}>{t('dossiers.own.older')}</a>}</p>}
    </>
  )
}

function List({ title, children }: { title: string; children: ComponentChildren }): VNode {
  return <><h2 class="govuk-heading-m">{title}</h2><ul class="mc-procedures">{children}</ul></>
}

/** A dossier in a list: a table of five columns would not fit a telephone. */
function Item({ dossier: d, name }: { dossier: Dossier; name: string }): VNode {
  const { t } = usePage()
  return (
    <li class="mc-procedure">
      <h3 class="mc-procedure__name"><a class="govuk-link" href={ownDossierHref(d.id)}>{name}</a></h3>
      <p><StateTag state={d.state} /> {d.mandateId && <Tag plain>{t('dossiers.behalf.tag')}</Tag>}</p>
      <p class="mc-procedure__facts"><span class="mc-code">{d.code ?? d.reference}</span> · {t('dossiers.column.submitted')}: {formatDateTime(d.submittedAt)}{d.dueAt && ` · ${t('dossiers.column.due')}: ${formatDateTime(d.dueAt)}`}</p>
    </li>
  )
}
