import { catalogueMakers } from './objects/catalogue.ts'
import { deskMakers, deskMakersFor } from './objects/desk.ts'
import { dossierMakers } from './objects/dossiers.ts'
import { mandateMakers, mandateMakersFor } from './objects/mandates.ts'
import { officerMakers, officerMakersFor } from './objects/officers.ts'
import { peopleMakers } from './objects/people.ts'
import { portalMakers } from './objects/portal.ts'
import { processDraftMakers, processDraftMakersFor } from './objects/process-drafts.ts'
import { processMakers, processMakersFor } from './objects/processes.ts'

/** One of each kind on either side, made by the acts of the program. */
export const makers = { ...dossierMakers, ...catalogueMakers, ...officerMakers, ...deskMakers, ...mandateMakers, ...peopleMakers, ...processMakers, ...processDraftMakers, ...portalMakers } as const
/** Those in which a seat itself stands on the side that may not act. */
export const makersFor = { ...officerMakersFor, ...deskMakersFor, ...mandateMakersFor, ...processMakersFor, ...processDraftMakersFor } as const
