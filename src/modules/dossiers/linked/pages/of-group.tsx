import type { VNode } from 'preact'
import type { Ctx } from '../../../../platform/ctx.ts'
import { InsetText, usePage } from '../../../../ui/index.ts'
import { procedureNames } from '../../../catalogue/index.ts'
import type { Dossier } from '../../dossier.ts'
import { findGroup, findPartOfDossier } from '../linked.store.ts'
import { groupHref } from './hrefs.ts'

export interface GroupLink { id: string; name: string }

/** The group that was filed at this node and of which a dossier is a part. */
export async function groupOfDossier({ db, lang }: Ctx, dossier: Dossier): Promise<GroupLink | undefined> {
  const part = await findPartOfDossier(db, dossier.id)
  const group = part && await findGroup(db, part.groupId)
  return group && { id: group.id, name: (await procedureNames(db, [group.code], lang)).get(group.code) ?? group.code }
}

/** On the dossier of a part: the way to the page of the whole. */
export function OfGroup({ group }: { group: GroupLink }): VNode {
  const { t } = usePage()
  return <InsetText>{t('dossiers.linked.isPart')} <a class="govuk-link" href={groupHref(group.id)}>{group.name}</a></InsetText>
}
