import { everybody, mine, nobody, type ObjectRule, type Reach } from './rule.ts'

/** Himself, not who acts for him: of his account nobody disposes but he. */
const own: Reach = mine

export const personRules: readonly ObjectRule[] = [
  // Removing twice does no harm: whose it was is not said.
  { routes: /^POST \/tai-khoan\/khoa-truy-cap\/:id\/xoa$/, object: 'passkey', reach: own, quiet: true },
  { routes: /^\w+ \/tai-khoan\/khoa-truy-cap\/:id/, object: 'passkey', reach: own },
  { routes: /^POST \/tai-khoan\/phien$/, object: 'session', reach: own, form: ['session'], quiet: true },
  { routes: /^\w+ \/tai-khoan\/du-lieu\/ban-sao\/:id/, object: 'dataExport', reach: own },
  { routes: /^POST \/tai-khoan\/yeu-cau\/:id\/rut$/, object: 'ownDataRequest', reach: own },
  { routes: /^GET \/tai-khoan\/ai-da-xem$/, object: 'lookedAt', reach: everybody, tells: own },
  { routes: /^POST \/tai-khoan\/tai-khoan-cu$/, object: 'ownOldAccount', reach: own, form: ['id', 'answer'], on: 'province' },
  // The side that was asked says yes or no; who offered has had his word.
  { routes: /^POST \/tai-khoan\/uy-quyen\/:id\/(dong-y|tu-choi)$/, object: 'mandateOffer', reach: own },
  { routes: /^POST \/tai-khoan\/uy-quyen\/:id\/(dong-y|tu-choi)$/, object: 'mandateOffer', reach: own, never: 'ownOffer', besides: true },
  { routes: /^\w+ \/tai-khoan\/uy-quyen\/moi\/:draft\//, object: 'mandateDraft', reach: own },
  { routes: /^POST \/tai-khoan\/uy-quyen\/moi\/:draft\/kiem-tra$/, object: 'staffElsewhere', reach: nobody, on: 'national', besides: true },
  { routes: /^\w+ \/tai-khoan\/uy-quyen\/:id/, object: 'mandate', reach: own },
  { routes: /^POST \/api\/v1\/mandates\/:id\/withdraw$/, object: 'mandate', reach: own },
  { routes: /^POST \/tai-khoan\/thuc-hien-thay$/, object: 'actingRight', reach: own, form: ['mandate'] },
  { routes: /^\w+ \/tai-khoan\/to-chuc\/:id$/, object: 'organisation', reach: own },
  // The words of the answer are for who reported the problem; that there is one sees whoever has its number.
  { routes: /^GET \/bao-loi-tai-khoan\/theo-doi$/, object: 'ownProblem', reach: everybody, form: ['ma'], tells: own },
  { routes: /^GET \/lam-tiep\/:id$/, object: 'keptForm', reach: (seat, side, house) => seat.kind === 'person' && own(seat, side, house) },
  // A request of another system is found by what the browser holds, never by the address alone.
  { routes: /^POST \/dang-nhap\/tiep\/:uid$/, object: () => ({ uid: 'none' }), reach: everybody },
]
