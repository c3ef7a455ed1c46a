import { defineErrors } from '../../platform/errors.ts'

export const errors = defineErrors('dossiers', {
  SAME_PERSON: { status: 403 },
  NOT_FOUND: { status: 404 },
  NOT_IN_STATE: { status: 409 },
  NOT_HANDLED_HERE: { status: 409 },
  /** A system that is no node of ours handles it and only tells its state here: nothing can be asked of it. */
  TOLD_ONLY: { status: 409 },
  NOT_COMPETENT_HERE: { status: 422 },
  /** The procedure is bound to its place: another desk receives it. */
  NOT_RECEIVED_HERE: { status: 409 },
  VISIT_OVER: { status: 410 },
  /** It waits to be assigned to an agency first. */
  COMPETENCE_UNCLEAR: { status: 409 },
  PROCEDURE_NOT_ONLINE: { status: 422 },
  PROCEDURE_NOT_FOUND: { status: 404 },
  /** A linked group is filed whole, from its own page. */
  FILED_AS_GROUP: { status: 422 },
  /** Nothing of the group can be asked back or filed again there. */
  GROUP_PART_MISSING: { status: 409 },
  /** Files of the filing and those of the results that join them fit no message. */
  GROUP_TOO_LARGE: { status: 413 },
  /** No node has witnessed the transparency log for so long that a receipt would prove nothing: intake stops until one has. */
  NOT_SEALED: { status: 409, log: 'warn' },
  /** No new dossier from the moment of the abolition; running ones finish. */
  PROCEDURE_ABOLISHED: { status: 409 },
  /** The date may be put off once only (Decree 61/2018 art. 19; form 04). */
  EXTENDED_ALREADY: { status: 409 },
  DRAFT_SUBMITTED: { status: 409 },
  CHANGED_MEANWHILE: { status: 409 },
  KEY_REUSED: { status: 409 },
  FILES_NOT_BY_API: { status: 422 },
  /** The session was acting for somebody whose mandate has ended; the person has not read it yet. */
  MANDATE_ENDED: { status: 409 },
  OUT_OF_MANDATE: { status: 403 },
  RESULT_MISSING: { status: 409 },
  ENTERPRISE_CODE_MISSING: { status: 409 },
  /** Nothing waits there to be signed. */
  CORRECTION_MISSING: { status: 409 },
  /** One wish to change the applicant’s data at a time. */
  CHANGE_WAITS: { status: 409 },
  CHANGE_MISSING: { status: 409 },
  /** Who wrote it down does not confirm it. */
  CHANGE_OWN: { status: 403 },
  /** Postal staff act under a delegation only. */
  NOT_DELEGATED: { status: 403 },
  LIST_TAKEN: { status: 409 },
  /** Nothing that came from another node can be sent back there. */
  TRANSFER_MISSING: { status: 409 },
  NOT_LATE: { status: 409 },
  ACCOUNT_ASKED: { status: 409 },
  TOO_MANY_GUESTS: { status: 409 },
  RETURN_SETTLED: { status: 409 },
  TOO_MANY_MESSAGES: { status: 429 },
  /** One slip for many dossiers is for those of one person. */
  NOT_ONE_OWNER: { status: 422 },
  LIST_TOO_LONG: { status: 422 },
  /** A page of a list beyond those that are listed. */
  BEYOND_LIST: { status: 400 },
  ANSWERED_ALREADY: { status: 409 },
  WRONG_TASK: { status: 409 },
  /** Something is to be decided or written there: one by one. */
  NOT_IN_BULK: { status: 409 },
  STEP_TAKEN: { status: 409 },
  STEP_NOT_YOURS: { status: 403 },
  /** That officer's roles do not reach the step. */
  NO_CANDIDATE: { status: 422 },
})
