import type { Applicant } from '../dossier.ts'
import type { Visit } from './reception.store.ts'

/** The organisation for which the person of a visit comes: by a mandate that the node knows, or on a paper that the officer has seen. */
export interface RepresentedOrganisation {
  taxCode: string
  name: string
  /** Opaque subject under which this node knows it; null where it does not. */
  subject: string | null
  mandateId: string | null
  /** 'representative' or 'staff' of the mandate, else 'paper'. */
  ground: string
  /** Kind, number and day of the paper. */
  paper: string | null
}

/** Whose the dossiers of a visit become: the organisation’s, else the person’s. */
export const ownerOf = ({ organisation, accountId, ownerSubject }: Visit): Pick<Visit, 'accountId' | 'ownerSubject'> => (organisation ? { accountId: null, ownerSubject: organisation.subject } : { accountId, ownerSubject })

/** Who of the two reads what happens in an account of his own. */
export const filerOf = ({ organisation, accountId }: Visit): { mandateId: string; accountId: string } | undefined => (organisation?.mandateId && accountId ? { mandateId: organisation.mandateId, accountId } : undefined)

/** On the papers the organisation is the owner, and the person files for it. */
export function inNameOf({ organisation: o, person }: Visit, applicant: Applicant): Applicant {
  if (!o) return applicant
  const by = { name: person?.name ?? applicant.name, idNumber: person?.citizenId ?? applicant.idNumber }
  return { ...applicant, name: o.name, idNumber: o.taxCode, organisation: { taxCode: o.taxCode }, submittedBy: { ...by, mandateId: o.mandateId ?? '', ground: o.ground, represented: o.name, ...(o.paper ? { paper: o.paper } : {}) } }
}
