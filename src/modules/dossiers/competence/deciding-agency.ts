import type { Ctx } from '../../../platform/ctx.ts'
import { territoryOf, type ProcedureContent } from '../../catalogue/index.ts'
import { agencyLevels, competentAgency, findAgency, listAgencies, type Agency } from '../../organisations/index.ts'
import { errors } from '../dossiers.errors.ts'

type Service = NonNullable<ProcedureContent['service']>

const ofPlace = (ctx: Ctx, service: Service, placeCode: string | null): Promise<Agency | undefined> => competentAgency(ctx.db, { ...service.competence, communeCode: placeCode ?? undefined, at: ctx.now })

/** Where the person may choose: of the same level and kind, under the same superior. A matter of one unit has agencies with that unit alone, which are not told apart here. */
const isFree = (service: Service): boolean => territoryOf(service) === 'province' && service.competence.level === 'commune' && service.competence.unit === undefined
const isPeer = (own: Agency, other: Agency): boolean => other.level === own.level && other.kind === own.kind && own.parentCode !== null && other.parentCode === own.parentCode && other.nodeCode !== null

function routed(service: Service, route: string | undefined): Service {
  if (route === undefined) return service
  const level = agencyLevels.find((one) => one === route)
  return { ...service, competence: level ? { ...service.competence, level, agencyCode: undefined } : { ...service.competence, agencyCode: route } }
}

/**
 * The agency that decides: the one of the place, or `chosen` where the procedure is handled whatever the boundary in the province ("giải quyết không phụ thuộc địa giới hành
 * chính"). Undefined where it cannot be told. @throws NOT_COMPETENT_HERE for one that may not be chosen
 * @param route a level or the code of an agency, where a decision table has said so for this case
 */
export async function decidingAgency(ctx: Ctx, service: Service, placeCode: string | null, chosen?: string, route?: string): Promise<Agency | undefined> {
  const own = await ofPlace(ctx, routed(service, route), placeCode)
  if (chosen === undefined || chosen === own?.code) return own
  const other = own && isFree(service) ? await findAgency(ctx.db, chosen, ctx.now) : undefined
  if (!own || !other || !isPeer(own, other)) throw errors.NOT_COMPETENT_HERE({ place: chosen })
  return other
}

/** The agencies among which the person chooses: that of the place first, then that of the commune where the person lives, then the others by name; none where there is nothing to choose. */
export async function choosableAgencies(ctx: Ctx, service: Service, { placeCode, homeCode }: { placeCode: string | null; homeCode: string | undefined }): Promise<Agency[]> {
  const own = isFree(service) ? await ofPlace(ctx, service, placeCode) : undefined
  if (!own?.parentCode) return []
  const peers = (await listAgencies(ctx.db, { parent: own.parentCode, level: own.level, kind: own.kind, at: ctx.now })).filter((a) => isPeer(own, a))
  const rank = (a: Agency): number => (a.code === own.code ? 0 : a.administrativeUnitCode === homeCode ? 1 : 2)
  return peers.sort((a, b) => rank(a) - rank(b) || a.nameVi.localeCompare(b.nameVi, 'vi'))
}

/** The agency of a desk, where it may decide what it receives itself; undefined where the agency of the place does. */
export async function decidesItself(ctx: Ctx, service: Service | undefined, placeCode: string | null, desk: string): Promise<string | undefined> {
  if (!service || !isFree(service)) return undefined
  const [own, agency] = await Promise.all([ofPlace(ctx, service, placeCode), findAgency(ctx.db, desk, ctx.now)])
  return own && agency && isPeer(own, agency) ? desk : undefined
}
