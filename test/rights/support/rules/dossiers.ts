import { filingFor } from '../objects/dossiers.ts'
import type { Made } from '../objects/made.ts'
import { atDesk, everybody, mine, type ObjectRule, type Reach } from './rule.ts'

/** The owner, and who acts for the owner as far as the mandate goes. */
const underMandate = (...reaches: readonly string[]): Reach => (seat, side, house) => mine(seat, side, house) || (seat.acts?.for === side && reaches.includes(seat.acts.reach))
const toSee = underMandate('all', 'read')
const toRead = underMandate('read')
const toAct = underMandate('all')

/** Of that agency, where the role takes part in handling. */
const handles: Reach = (seat, side, house) => mine(seat, side, house) && seat.role !== 'unit-head'
const receives = atDesk('one-stop')
const does = atDesk('specialist')
const post = atDesk('postal-staff')
const linkOf = ({ id }: Made): string => `/desk/dossiers/${id}`

/** Citizens see what they filed or what was filed for them; officers what their agency handles, in their step. */
export const dossierRules: readonly ObjectRule[] = [
  { routes: /^\w+ \/ho-so\/:id\/giay-to\/:document$/, object: 'withDocument', reach: toRead, mixed: 'document' },
  { routes: /^\w+ \/ho-so\/:id\/trao-doi\/:file$/, object: 'withMessage', reach: toRead, mixed: 'file' },
  { routes: /^GET \/ho-so\/:id\/trao-doi$/, object: 'withMessage', reach: toSee, secret: (made) => made.words!, tells: toRead },
  { routes: /^POST \/ho-so\/:id\/trao-doi$/, object: 'withMessage', reach: toAct, form: () => ({ body: 'x' }) },
  { routes: /^GET \/ho-so$/, object: 'dossier', reach: everybody, secret: (made) => made.reference!, tells: toSee },
  { routes: /^GET \/ho-so\/:id(\/da-nop|\/cach-tinh-ngay-hen|\/lich-hen|\/bang-chung(\/tep)?)?$/, object: 'dossier', reach: toSee },
  { routes: /^\w+ \/ho-so\/:id/, object: 'dossier', reach: toAct },
  // What was filed for several procedures at once is its owner's as a dossier is.
  { routes: /^GET \/ho-so$/, object: 'linkedGroup', reach: everybody, secret: (made) => made.reference!, tells: toSee, besides: true },
  { routes: /^GET \/ho-so-lien-thong\/:id$/, object: 'linkedGroup', reach: toSee },
  { routes: /^POST \/ho-so-lien-thong\/:id\/rut$/, object: 'linkedGroup', reach: toAct, form: () => ({ reason: 'x' }) },
  { routes: /^\w+ \/ho-so-lien-thong\/:id/, object: 'linkedGroup', reach: toAct },
  // Anybody may begin one; who acts for somebody else, what that one lets him.
  { routes: /^POST \/nop-ho-so\/:code$/, object: () => ({ code: '1.001612' }), reach: (seat) => !seat.acts || seat.acts.reach === 'all' },
  { routes: /^POST \/nop-ho-so\/:code\/:draft\/cung-khai\/bo$/, object: 'inviting', form: ['invitation'] },
  { routes: /^\w+ \/loi-moi\/:id\/trang\/:page$/, object: 'invited' },
  { routes: /^\w+ \/loi-moi\/:id/, object: 'invited' },
  { routes: /^\w+ \/nop-ho-so\/:code\/:draft/, object: 'draft' },
  { routes: /^\w+ \/nop-ho-so\/:code\/:draft(?!\/cung-khai\/bo)/, object: 'draftForOwner', reach: toAct, besides: true },
  { routes: /^GET \/api\/v1\/own-dossiers$/, object: 'dossier', reach: everybody, secret: (made) => made.reference!, tells: toSee },
  { routes: /^GET \/api\/v1\/own-dossiers\/:id$/, object: 'dossier', reach: toSee },
  { routes: /^GET \/api\/v1\/own-dossiers\/:id\/messages$/, object: 'withMessage', reach: toRead },
  { routes: /^POST \/api\/v1\/own-dossiers\/:id\/(messages|return-way)$/, object: 'dossier', reach: toAct, form: () => ({ body: 'x', way: 'desk' }), silent: true },
  { routes: /^POST \/api\/v1\/own-dossiers\/:id/, object: 'dossier', reach: toAct },
  { routes: /^GET \/api\/v1\/desk\/dossiers$/, object: 'dossier', reach: everybody, on: 'province', list: true, form: (made) => ({ q: made.reference! }), secret: ({ id }) => id!, tells: mine },
  { routes: /^\w+ \/api\/v1\/desk\/dossiers\/:id\/tasks\/:task\/complete$/, object: 'withTask', reach: does, on: 'province', mixed: 'task' },
  { routes: /^POST \/api\/v1\/desk\/dossiers\/:id\/tasks\/:task\/take$/, object: 'withTask', reach: does, on: 'province', mixed: 'task', form: () => ({}) },
  { routes: /^POST \/api\/v1\/desk\/dossiers\/:id\/tasks\/:task\/release$/, object: 'heldTask', reach: does, on: 'province', mixed: 'task', form: () => ({}) },
  { routes: /^POST \/api\/v1\/desk\/dossiers\/:id\/tasks\/:task\/assign$/, object: 'heldTask', reach: atDesk('leader'), on: 'province', mixed: 'task', form: ({ holder }) => ({ officerId: holder }), silent: true },
  { routes: /^\w+ \/api\/v1\/desk\/dossiers\/:id\/tasks\/:task/, object: 'withTask', on: 'province', mixed: 'task' },
  { routes: /^POST \/api\/v1\/desk\/dossiers\/:id\/applicant\/(confirm|decline)$/, object: 'withChange', on: 'province', form: ({ change }) => ({ changeId: change }), silent: true },
  { routes: /^POST \/api\/v1\/desk\/dossiers\/:id\/transfer$/, object: 'dossier', on: 'province', form: ({ agency }) => ({ agency, reason: 'x' }) },
  { routes: /^POST \/api\/v1\/desk\/dossiers\/:id\/notes\/:key\/done$/, object: 'withNote', on: 'province', mixed: 'key' },
  { routes: /^POST \/api\/v1\/desk\/dossiers\/:id\/notes$/, object: 'dossier', on: 'province', form: () => ({ text: 'x' }) },
  { routes: /^POST \/api\/v1\/desk\/unplaced\/:id$/, object: 'unplaced', reach: everybody, reveals: (seat) => seat.role === 'one-stop', on: 'province', form: ({ toAgency, transferReason }) => ({ agency: toAgency, reason: transferReason }) },
  { routes: /^POST \/api\/v1\/desk\/consultations\/:id\/answer$/, object: 'consultation', reach: handles, on: 'province', form: ['answer'] },
  { routes: /^POST \/api\/v1\/desk\/visits\/:id/, object: 'visit', reach: receives, on: 'province' },
  { routes: /^POST \/api\/v1\/desk\/returns\/:id$/, object: 'toReturn', reach: receives, on: 'province' },
  { routes: /^POST \/api\/v1\/desk\/post\/lists\/:id\/take$/, object: 'postalList', reach: receives, on: 'province', form: ({ there }) => ({ there: [there] }) },
  { routes: /^POST \/api\/v1\/desk\/post\/results\/:id$/, object: 'postalResult', reach: post, on: 'province' },
  { routes: /^POST \/api\/v1\/desk\/postal-delegations\/:id\/end$/, object: 'delegation', reach: atDesk('leader'), on: 'province' },
  { routes: /^\w+ \/api\/v1\/desk\/dossiers\/:id/, object: 'dossier', on: 'province' },
  { routes: /^POST \/api\/v1\/dossiers$/, object: 'actingRight', form: filingFor, silent: true },
  { routes: /^GET \/desk$/, object: 'dossier', reach: everybody, on: 'province', list: true, form: (made) => ({ view: 'all', q: made.reference! }), secret: linkOf, tells: mine },
  { routes: /^GET \/desk$/, object: 'withTask', reach: everybody, on: 'province', list: true, form: () => ({ view: 'tasks' }), secret: linkOf, tells: does, besides: true },
  { routes: /^GET \/desk\/register$/, object: 'withTask', reach: everybody, on: 'province', list: true, secret: linkOf, tells: mine },
  { routes: /^POST \/desk\/register\/batch-slip$/, object: 'received', on: 'province', form: (made) => ({ codes: made.reference! }) },
  { routes: /^\w+ \/desk\/dossiers\/:id\/control-slip$/, object: 'withTask', on: 'province' },
  { routes: /^\w+ \/desk\/dossiers\/:id\/messages\/:file$/, object: 'withMessage', on: 'province', mixed: 'file' },
  { routes: /^POST \/desk\/dossiers\/:id\/messages$/, object: 'withMessage', on: 'province', form: () => ({ body: 'x' }) },
  { routes: /^POST \/desk\/dossiers\/:id\/messages\/settle$/, object: 'withMessage', on: 'province', silent: true },
  { routes: /^\w+ \/desk\/dossiers\/:id\/files\/:file$/, object: 'withFile', on: 'province', mixed: 'file' },
  { routes: /^\w+ \/desk\/dossiers\/:id\/documents\/:document$/, object: 'withDocument', on: 'province', mixed: 'document' },
  { routes: /^\w+ \/desk\/dossiers\/:id\/tasks\/:task$/, object: 'withTask', reach: does, on: 'province', mixed: 'task' },
  { routes: /^POST \/desk\/dossiers\/:id\/notes\/:key\/done$/, object: 'withNote', on: 'province', mixed: 'key' },
  { routes: /^POST \/desk\/dossiers\/:id\/notes$/, object: 'dossier', on: 'province', form: () => ({ noteText: 'x' }) },
  { routes: /^POST \/desk\/dossiers\/:id\/transfer$/, object: 'dossier', on: 'province', form: ({ agency }) => ({ toAgency: agency, transferReason: 'x' }) },
  { routes: /^POST \/desk\/dossiers\/:id\/payment$/, object: 'withTask', on: 'province', form: () => ({ paymentName: 'x', paymentAmount: '150.000', paymentBasis: 'x' }) },
  { routes: /^POST \/desk\/dossiers\/:id\/payment\/confirm$/, object: 'withPayment', on: 'province', form: () => ({ paymentReceipt: 'x' }) },
  { routes: /^POST \/desk\/dossiers\/:id\/applicant$/, object: 'dossier', on: 'province', form: () => ({ way: 'in-person', phone: '0905111222', ground: 'x' }) },
  { routes: /^POST \/desk\/dossiers\/:id\/applicant\/(confirm|decline)$/, object: 'withChange', on: 'province', form: ({ change }) => ({ change, declineReason: 'x' }) },
  { routes: /^GET \/desk\/linked$/, object: 'askedUndo', reach: everybody, on: 'province', list: true, secret: linkOf, tells: mine },
  { routes: /^GET \/desk\/transfers$/, object: 'sentAway', reach: everybody, on: 'province', list: true, secret: (made) => made.reference!, tells: handles },
  { routes: /^GET \/desk\/applicant-changes$/, object: 'withChange', reach: everybody, on: 'province', list: true, secret: linkOf, tells: handles },
  { routes: /^\w+ \/desk\/dossiers\/:id/, object: 'dossier', on: 'province' },
  // Over rows that are not his nothing happens, and the report says so.
  { routes: /^POST \/desk\/bulk$/, object: 'withTask', reach: does, quiet: true, on: 'province', form: ({ id, task }) => ({ action: 'take', row: `${id}:${task}` }) },
  { routes: /^GET \/desk\/bulk\/:id$/, object: 'bulkReport', reach: does, on: 'province' },
  { routes: /^GET \/desk\/handovers\/:id(\/minutes)?$/, object: 'handover', reach: (seat, side, house) => does(seat, side, house) || atDesk('leader')(seat, side, house), on: 'province' },
  { routes: /^\w+ \/desk\/consultations\/:id\/files\/:file$/, object: 'consultation', reach: handles, on: 'province', mixed: 'file' },
  { routes: /^\w+ \/desk\/consultations\/:id$/, object: 'consultation', reach: handles, on: 'province', form: ['answer'] },
  // No agency has it yet: whoever receives at the node may say whose it is.
  { routes: /^\w+ \/desk\/unplaced\/:id$/, object: 'unplaced', reach: everybody, reveals: (seat) => seat.role === 'one-stop', on: 'province', form: ['toAgency', 'transferReason'] },
  // The result of another agency, and nothing else of the dossier, at the desk that the person chose.
  { routes: /^GET \/desk\/returns\/:id\/papers\/:document$/, object: 'toReturn', reach: receives, on: 'province', mixed: 'document' },
  { routes: /^\w+ \/desk\/returns\/:id$/, object: 'toReturn', reach: receives, on: 'province' },
  // Postal staff see what is in their own hands; a list of hand-over is for its two sides and the desk.
  { routes: /^GET \/desk\/post$/, object: 'inHand', reach: everybody, on: 'province', list: true, secret: (made) => made.reference!, tells: post },
  { routes: /^POST \/desk\/post\/lists\/:id\/take$/, object: 'postalList', reach: receives, on: 'province', form: ({ there }) => ({ there }) },
  { routes: /^GET \/desk\/post\/lists\/:id/, object: 'postalList', reach: (seat, side, house) => receives(seat, side, house) || post(seat, side, house), on: 'province' },
  { routes: /^\w+ \/desk\/post\/results\/:id$/, object: 'postalResult', reach: post, on: 'province' },
  { routes: /^POST \/desk\/postal-delegations\/:id\/end$/, object: 'delegation', reach: atDesk('leader'), on: 'province' },
  // Who stands before one officer is nobody else’s affair.
  { routes: /^\w+ \/desk\/reception\/:id\/slips\/:document$/, object: 'visitWithSlip', reach: receives, on: 'province', mixed: 'document' },
  { routes: /^\w+ \/desk\/reception\/:id\/drafts\/:draft/, object: 'visitDraft', reach: receives, on: 'province', mixed: 'draft' },
  { routes: /^\w+ \/desk\/reception\/:id/, object: 'visit', reach: receives, on: 'province', form: ['procedure'], silent: true },
  { routes: /^\w+ \/admin\/calendar\/changes\/:id/, object: 'calendarChange', reach: () => true },
]
