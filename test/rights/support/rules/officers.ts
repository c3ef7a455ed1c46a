import { atDesk, belowMine, everybody, nobody, type ObjectRule, type Reach } from './rule.ts'

/** A high-level account administers its agency and those below it (S4 art. 16.1, 48); that of the node's own agency all who work at the node. */
const administers: Reach = (seat, side, house) => seat.agencyCode === house.node.config.code || belowMine(seat, side, house)
const runsTheNode: Reach = (seat, _side, house) => seat.agencyCode === house.node.config.code
/** Who leads an agency names substitutes in it. */
const leads = atDesk('leader')

const reason = ['reason'] as const

/** Nobody administers himself, and a right over rights is given and taken by two (O7). */
export const officerRules: readonly ObjectRule[] = [
  { routes: /^GET \/admin\/officers\/:id$/, object: 'colleagueAtWork', reach: administers },
  { routes: /^GET \/admin\/officers\/:id\/activation$/, object: 'newColleague', reach: administers, never: 'myself', tells: atDesk('high-level-admin') },
  { routes: /^\w+ \/admin\/officers\/:id\/grants\/:key\/withdraw$/, object: 'colleagueAtWork', reach: administers, never: 'myself', mixed: 'key', form: reason },
  { routes: /^POST \/admin\/officers\/:id\/unlock$/, object: 'lockedColleague', reach: administers, never: 'myself', form: reason },
  { routes: /^\w+ \/admin\/officers\/:id\/certificates\/:key\/unbind$/, object: 'colleagueWithCertificate', reach: administers, never: 'myself', mixed: 'key', form: reason },
  // A right, or a person, goes only where the administrator is one too.
  { routes: /^POST \/admin\/officers\/:id\/(grant|move)$/, object: 'colleagueToElsewhere', reach: runsTheNode, never: 'myself', form: ['reason', 'role', 'agency'], quiet: true },
  // A certificate is shown before it is proposed.
  { routes: /^POST \/admin\/officers\/:id\/certificates$/, object: 'colleagueAtWork', reach: administers, never: 'myself', form: reason, silent: true },
  { routes: /^\w+ \/admin\/officers\/:id\//, object: 'colleagueAtWork', reach: administers, never: 'myself', form: reason },
  { routes: /^POST \/admin\/officers\/new$/, object: 'newAccount', reach: administers, form: ['agency', 'login', 'name'] },
  { routes: /^POST \/admin\/account-reviews$/, object: 'grantHeld', reach: administers, form: ['grant'], quiet: true },
  { routes: /^POST \/admin\/requests\/:id\/cancel$/, object: 'rightRequest', reach: nobody },
  { routes: /^POST \/admin\/requests\/:id\//, object: 'rightRequest', reach: administers, never: 'requestOfMine', form: reason },
  // The second person is of the agency of who asked, or of one above.
  { routes: /^POST \/admin\/requests\/:id\/(approve|refuse)$/, object: 'requestFromAbove', reach: runsTheNode, form: reason, besides: true },
  { routes: /^\w+ \/admin\/requests\/:id$/, object: 'rightRequest', reach: administers },
  // Rules of the node belong to no agency.
  { routes: /^POST \/admin\/access-rules\/:id\/decide$/, object: 'limitsProposed', reach: everybody, never: 'limitsOfMine', form: ['decision'] },
  { routes: /^POST \/admin\/trusted-authorities\/:id\/decide$/, object: 'distrustProposed', reach: everybody, never: 'distrustOfMine', form: ['decision'] },
  { routes: /^\w+ \/admin\/trusted-authorities\/:id\/close$/, object: 'authorityTrusted', reach: everybody, form: (made) => made },
  { routes: /^POST \/admin\/unit-duties\/:id\/end$/, object: 'unitDuty', reach: administers },
  { routes: /^POST \/admin\/unit-duties$/, object: 'newDuty', reach: administers, form: ['agency', 'unit', 'sector'] },
  { routes: /^POST \/desk\/substitutes\/:id\/end$/, object: 'substitution', reach: leads },
  { routes: /^POST \/desk\/substitutes$/, object: 'newSubstitute', reach: leads, form: (made) => made },
  { routes: /^POST \/desk\/passkeys\/:id\/remove$/, object: 'officerPasskey', reach: atDesk('one-stop'), quiet: true },
  { routes: /^\w+ \/desk\/passkeys\/:id/, object: 'officerPasskey', reach: atDesk('one-stop') },
  { routes: /^POST \/desk\/account\/sessions$/, object: 'officerSession', reach: atDesk('one-stop'), form: ['session'], quiet: true },
]
