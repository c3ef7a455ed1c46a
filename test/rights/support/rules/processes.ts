import { everybody, type ObjectRule } from './rule.ts'

/** Processes are the node's: who holds the right reaches each of them. */
export const processRules: readonly ObjectRule[] = [
  { routes: /^GET \/admin\/process-moves\/(new|preview)$/, object: 'processVersions', reach: everybody, form: ['process', 'from', 'to'], silent: true },
  { routes: /^POST \/admin\/process-moves$/, object: 'processVersions', reach: everybody, form: ['process', 'from', 'to', 'reason'] },
  { routes: /^\w+ \/admin\/process-moves\/:id/, object: 'versionMove', reach: everybody },
  { routes: /^GET \/admin\/step-overrides\/new$/, object: 'processStep', reach: everybody, form: ['process', 'step'], silent: true },
  { routes: /^POST \/admin\/step-overrides$/, object: 'processStep', reach: everybody, form: ['process', 'step', 'role', 'reason', 'day-day', 'day-month', 'day-year'] },
  { routes: /^\w+ \/admin\/step-overrides\/:id/, object: 'stepOverride', reach: everybody },
  { routes: /^POST \/admin\/step-overrides\/:id\/confirm$/, object: 'stepOverride', reach: everybody, never: 'overrideOfMine', besides: true },
]
