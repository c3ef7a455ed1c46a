import { atDesk, belowMine, everybody, ofMyAgency, type ObjectRule, type Reach } from './rule.ts'

/** Who handles what people tell the administration reads it, whoever they are. */
const handles: Reach = (seat) => seat.kind === 'officer'

/** A look-up is its officer's; what the desk asked for its agency's; what two must see is confirmed by another than who began. */
export const deskRules: readonly ObjectRule[] = [
  { routes: /^\w+ \/desk\/people\/requests\/:id\/consent$/, object: 'scannedRequest', reach: belowMine, reveals: belowMine },
  { routes: /^\w+ \/desk\/people\/requests\/:id\/(paper|form)$/, object: 'paperRequest', reach: belowMine, reveals: belowMine, form: ['kept'] },
  { routes: /^\w+ \/desk\/people\/requests\/:id/, object: 'accountRequest', reach: belowMine, reveals: belowMine },
  { routes: /^\w+ \/desk\/people\/unusual\/:id$/, object: 'unusual', reach: belowMine, form: ['finding', 'note'] },
  { routes: /^POST \/desk\/people\/unusual\/:id$/, object: 'unusual', reach: belowMine, form: ['finding', 'note'], never: 'unusualOfMine', besides: true },
  { routes: /^\w+ \/desk\/people\/:id(\/account)?$/, object: 'lookUp', reach: atDesk('one-stop') },
  { routes: /^POST \/desk\/account-recoveries\/:id\//, object: 'recovery', reach: ofMyAgency },
  { routes: /^POST \/desk\/account-recoveries\/:id\/confirm$/, object: 'recovery', reach: ofMyAgency, never: 'recoveryOfMine', besides: true },
  // Processes are the node's: all who run it draw them, and who changed a draft last does not publish it.
  { routes: /^GET \/admin\/processes\/:key(\/versions\/:version(\/bpmn)?)?$/, object: 'publishedProcess', reach: everybody },
  { routes: /^POST \/admin\/processes\/:key\/versions\/:version\/draft$/, object: 'publishedProcess', reach: everybody },
  { routes: /^POST \/admin\/processes\/:key\/draft\/(publish|return)$/, object: 'processInCheck', reach: everybody, form: ['revision', 'note', 'firstDay-day', 'firstDay-month', 'firstDay-year'] },
  { routes: /^POST \/admin\/processes\/:key\/draft\/publish$/, object: 'processInCheck', reach: everybody, form: ['revision', 'firstDay-day', 'firstDay-month', 'firstDay-year'], never: 'processOfMine', besides: true },
  { routes: /^\w+ \/admin\/processes\/:key\/draft/, object: 'processDraft', reach: everybody },
  { routes: /^\w+ \/admin\/old-accounts\/:id$/, object: 'oldImport', reach: everybody, on: 'province' },
  { routes: /^\w+ \/desk\/old-accounts\/:id$/, object: 'oldAccount', reach: everybody, on: 'province', form: ['judgement', 'reason'] },
  { routes: /^\w+ \/admin\/account-problems\/:id/, object: 'problem', reach: everybody, reveals: handles },
  { routes: /^\w+ \/admin\/data-requests\/:id/, object: 'dataRequest', reach: everybody, reveals: handles },
  { routes: /^\w+ \/admin\/mandates\/:id/, object: 'paper', reach: everybody },
  { routes: /^\w+ \/admin\/sign-on\/systems\/:code/, object: 'party', reach: everybody },
]
