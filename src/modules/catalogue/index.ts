export { catalogue } from './module.ts'

export type { Component, Fee, Level, Method, MethodChannel, OnlineLevel, PaperSource, ProcedureContent, ProcedureInput, Subject, TimeLimit } from './content.ts'
export { procedureContentSchema } from './content.ts'
export type { ExchangedProcedure, Origin, ProcedureVersion } from './procedure-version.ts'
export { getCurrentProcedure, getProcedureVersion, listVersions, procedureNames, type VersionHead } from './get-procedure.ts'
export { publishProcedure, publishProcedures, type Publication, type Published } from './publish-procedure.ts'
export { applyProcedure, procedureForExchange, type Applied } from './apply-procedure.ts'
export { contentHash } from './canonical-json.ts'
