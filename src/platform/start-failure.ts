/** A start that failed for a reason the person at the keyboard can mend; the message is one sentence and says how. */
export class StartFailure extends Error {
  override name = 'StartFailure'
}
