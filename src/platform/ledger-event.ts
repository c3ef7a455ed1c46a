/** One fact in a node's ledger. `subject` is what it is about (a dossier id, a procedure code); `data` never holds personal data. */
export interface LedgerEvent {
  readonly position: number
  readonly at: Date
  readonly type: string
  readonly subject: string
  readonly actor: string
  // Each reader parses the data of the types it knows.
  readonly data: any
}
