import { everybody, type ObjectRule } from './rule.ts'

/** Whoever administers the node looks after what it tells the national portal, for all of its agencies. */
export const portalRules: readonly ObjectRule[] = [
  { routes: /^POST \/admin\/national-portal\/dossiers\/:id$/, object: 'refusedByPortal', reach: everybody, on: 'province', form: () => ({ MaLinhVuc: 'G05-KD' }) },
  { routes: /^POST \/admin\/national-portal\/dossiers\/:id\/(redrive|set-aside)$/, object: 'refusedByPortal', reach: everybody, on: 'province', form: () => ({}) },
  { routes: /^GET \/admin\/national-portal\/dossiers\/:id/, object: 'refusedByPortal', reach: everybody, on: 'province' },
]
