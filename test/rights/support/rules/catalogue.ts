import { belowMine, everybody, mine, mineOrNational, nobody, onlyOwn, type ObjectRule, type Reach } from './rule.ts'

/** The other form is that of an office that has no seat here. */
const ownForm: Reach = (seat, side, house) => side === 'own' && mine(seat, side, house)

/** What an office publishes, keeps and proposes is for itself to change; the office that keeps the national catalogue sees it. */
export const catalogueRules: readonly ObjectRule[] = [
  { routes: /^GET \/admin\/decisions\/:id(\/file)?$/, object: 'decision', reach: mineOrNational, on: 'national' },
  { routes: /^\w+ \/admin\/decisions\/:id\/items\/:code/, object: 'decisionItem', on: 'national' },
  { routes: /^\w+ \/admin\/decisions\/:id/, object: 'decision', on: 'national' },
  { routes: /^POST \/admin\/decisions\/new$/, on: 'national' },
  { routes: /^GET \/admin\/lists\/:name(\/export)?$/, object: (side) => ({ name: side === 'own' ? 'agencies' : 'payment-providers' }), reach: everybody },
  { routes: /^GET \/admin\/lists\/:name\/entries\/:code$/, object: (side) => (side === 'own' ? { name: 'agencies', code: 'G01.08' } : { name: 'agencies', code: 'H21.101' }), reach: everybody },
  { routes: /^GET \/admin\/forms\/:form(\/compare|\/versions\/:version)?$/, object: 'publishedForm', reach: everybody, on: 'national', form: (made) => ({ from: made.version!, to: made.version! }) },
  { routes: /^POST \/admin\/forms\/:form\/draft$/, object: 'publishedForm', reach: ownForm, on: 'national', form: ['version'] },
  { routes: /^\w+ \/admin\/forms\/:form\/draft\/pages\/:page\/rules\/:id/, object: 'formRule', reach: ownForm, on: 'national' },
  { routes: /^\w+ \/admin\/forms\/:form\/draft\/pages\/:page\/fields\/:name\/rules/, object: 'formGroupRule', reach: ownForm, on: 'national' },
  { routes: /^\w+ \/admin\/forms\/:form\/draft/, object: 'formDraft', reach: ownForm, on: 'national' },
  { routes: /^POST \/admin\/decision-tables\/new$/, on: 'national' },
  { routes: /^GET \/admin\/decision-tables\/:key(\/versions\/:version(\/dmn)?)?$/, object: 'publishedTable', reach: everybody, on: 'national' },
  { routes: /^POST \/admin\/decision-tables\/:key\/versions\/:version\/draft$/, object: 'publishedTable', on: 'national' },
  { routes: /^\w+ \/admin\/decision-tables\/:key\/draft/, object: 'tableDraft', on: 'national' },
  { routes: /^\w+ \/admin\/lists\/:name\/imports\/:id$/, object: 'listImport', on: 'national' },
  { routes: /^\w+ \/admin\/lists\/:name\/entries/, object: (side) => ({ name: 'agencies', code: side === 'own' ? 'G01.08' : 'H21.101' }), on: 'national' },
  { routes: /^\w+ \/admin\/lists\/:name/, object: (side) => ({ name: side === 'own' ? 'agencies' : 'payment-providers' }), reach: onlyOwn, on: 'national' },
  { routes: /^\w+ \/admin\/portal-clients\/:name/, object: 'portalClient', reach: everybody },
  { routes: /^\w+ \/admin\/quality-of-data\/\w+\/:code$/, object: () => ({ code: '3.000347' }), reach: everybody },
  { routes: /^\w+ \/admin\/questions\/\w+\/:id$/, object: 'question', reach: belowMine },
  { routes: /^\w+ \/admin\/reports\/:id$/, object: 'report', on: 'national', reach: (seat, side, house) => seat.role === 'national-admin' || (side === 'own' && mine(seat, side, house)) },
  { routes: /^\w+ \/admin\/services\/cases\/:id/, object: 'serviceCase', reach: mineOrNational, on: 'national' },
  { routes: /^\w+ \/admin\/services\/offers\/:code$/, object: () => ({ code: '1.001193' }), reach: everybody },
  { routes: /^\w+ \/admin\/localisations\/:code$/, object: () => ({ code: '3.000347.000.00.00.H21' }), reach: nobody },
]
