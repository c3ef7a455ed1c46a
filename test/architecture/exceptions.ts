/** Files over the limit, each with its reason. Generated tables and data are not source. */
export const longFiles: Readonly<Record<string, string>> = {}

/** Functions over the limit: file and name, each with its reason. */
export const longFunctions: Readonly<Record<string, string>> = {
  'test/oracle/support/process/drawn.ts drawn': 'A closure over the count of ids and the elements drawn so far; the functions in it are short.',
  'src/modules/documents/typeset/typesetter.ts createTypesetter': 'A closure over one worker process; the functions in it are short.',
}

/** Files that tell the compiler more than it can see, each with the reason. */
export const castExceptions: Readonly<Record<string, string>> = {
  'src/platform/db.ts': 'postgres.js does not carry the parsers of a pool into its type.',
  'src/platform/ctx.ts': 'A transaction begins savepoints as a pool begins transactions, under another name.',
  'src/platform/ledger-event.ts': 'Each reader parses the data of the event types it knows.',
  'src/platform/embedded-postgres.ts': 'Streams of a child process can be unreferenced; their type does not say so.',
  'src/modules/dossiers/issue-slip.ts': 'Job payloads are JSON that this file itself wrote.',
  'src/modules/dossiers/papers/build-result.ts': 'Which fields a draft has follows from its template, by data.',
  'src/modules/documents/typeset/render-pdf.ts': 'The table of templates pairs each name with its own data type.',
  'src/modules/notifications/deliver-message.ts': 'A transaction of a transaction has the same methods under another type.',
  'src/stand-ins/identity.tsx': 'The library types its client as an interface and we change its prototype, in the stand-in only.',
}
