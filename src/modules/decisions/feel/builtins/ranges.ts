import { compare, equal, type FeelRange, type Value } from '../value.ts'
import { point, range, takes, type BuiltIns, type Signature } from './define.ts'

// Relations of points and intervals (DMN 1.3, table 78, after Allen). A relation of values without an order is null.

type Truth = boolean | null
const less = (a: Value, b: Value): Truth => {
  const order = compare(a, b)
  return order === null ? null : order < 0
}
const same = (a: Value, b: Value): Truth => {
  const order = compare(a, b)
  return order === null ? null : order === 0
}
const and = (...all: Truth[]): Truth => (all.includes(false) ? false : all.includes(null) ? null : true)
const or = (...all: Truth[]): Truth => (all.includes(true) ? true : all.includes(null) ? null : false)
const not = (a: Truth): Truth => (a === null ? null : !a)

const pointBeforeRange = (p: Value, r: FeelRange): Truth => or(less(p, r.start), and(same(p, r.start), !r.startIncluded))
const rangeBeforePoint = (r: FeelRange, p: Value): Truth => or(less(r.end, p), and(same(r.end, p), !r.endIncluded))
const rangeBefore = (a: FeelRange, b: FeelRange): Truth => or(less(a.end, b.start), and(same(a.end, b.start), not(and(a.endIncluded, b.startIncluded))))
const meets = (a: FeelRange, b: FeelRange): Truth => and(a.endIncluded, b.startIncluded, same(a.end, b.start))
const includesPoint = (r: FeelRange, p: Value): Truth => and(or(less(r.start, p), and(same(r.start, p), r.startIncluded)), or(less(p, r.end), and(same(p, r.end), r.endIncluded)))
const startsNotAfter = (a: FeelRange, b: FeelRange): Truth => or(less(a.start, b.start), and(same(a.start, b.start), or(a.startIncluded, !b.startIncluded)))
const endsNotBefore = (a: FeelRange, b: FeelRange): Truth => or(less(b.end, a.end), and(same(b.end, a.end), or(a.endIncluded, !b.endIncluded)))
const includesRange = (a: FeelRange, b: FeelRange): Truth => and(startsNotAfter(a, b), endsNotBefore(a, b))
const overlaps = (a: FeelRange, b: FeelRange): Truth => and(not(rangeBefore(a, b)), not(rangeBefore(b, a)))
const sameStart = (a: FeelRange, b: FeelRange): Truth => and(same(a.start, b.start), a.startIncluded === b.startIncluded)
const sameEnd = (a: FeelRange, b: FeelRange): Truth => and(same(a.end, b.end), a.endIncluded === b.endIncluded)
const overlapsBefore = (a: FeelRange, b: FeelRange): Truth => and(
  or(less(a.start, b.start), and(same(a.start, b.start), a.startIncluded, !b.startIncluded)),
  or(less(b.start, a.end), and(same(b.start, a.end), a.endIncluded, b.startIncluded)),
  or(less(a.end, b.end), and(same(a.end, b.end), or(!a.endIncluded, b.endIncluded))))
const overlapsAfter = (a: FeelRange, b: FeelRange): Truth => and(
  or(less(b.start, a.start), and(same(b.start, a.start), b.startIncluded, !a.startIncluded)),
  or(less(a.start, b.end), and(same(a.start, b.end), b.endIncluded, a.startIncluded)),
  or(less(b.end, a.end), and(same(b.end, a.end), or(!b.endIncluded, a.endIncluded))))
const finishes = (a: FeelRange, b: FeelRange): Truth => and(sameEnd(a, b), startsNotAfter(b, a))
const starts = (a: FeelRange, b: FeelRange): Truth => and(sameStart(a, b), endsNotBefore(b, a))

const ofRanges = (relation: (a: FeelRange, b: FeelRange) => Truth): Signature => takes([range('range1'), range('range2')], ([a, b]) => relation(a, b))
const pointThenRange = (relation: (p: Value, r: FeelRange) => Truth): Signature => takes([point('point'), range('range')], ([p, r]) => relation(p, r))
const rangeThenPoint = (relation: (r: FeelRange, p: Value) => Truth): Signature => takes([range('range'), point('point')], ([r, p]) => relation(r, p))
const ofPoints = (relation: (a: Value, b: Value) => Truth): Signature => takes([point('point1'), point('point2')], ([a, b]) => relation(a, b))

export const ranges: BuiltIns = {
  before: [ofPoints(less), pointThenRange(pointBeforeRange), rangeThenPoint(rangeBeforePoint), ofRanges(rangeBefore)],
  after: [ofPoints((a, b) => less(b, a)), pointThenRange((p, r) => rangeBeforePoint(r, p)), rangeThenPoint((r, p) => pointBeforeRange(p, r)), ofRanges((a, b) => rangeBefore(b, a))],
  meets: [ofRanges(meets)],
  'met by': [ofRanges((a, b) => meets(b, a))],
  overlaps: [ofRanges(overlaps)],
  'overlaps before': [ofRanges(overlapsBefore)],
  'overlaps after': [ofRanges(overlapsAfter)],
  finishes: [pointThenRange((p, r) => and(r.endIncluded, same(p, r.end))), ofRanges(finishes)],
  'finished by': [rangeThenPoint((r, p) => and(r.endIncluded, same(p, r.end))), ofRanges((a, b) => finishes(b, a))],
  includes: [rangeThenPoint(includesPoint), ofRanges(includesRange)],
  during: [pointThenRange((p, r) => includesPoint(r, p)), ofRanges((a, b) => includesRange(b, a))],
  starts: [pointThenRange((p, r) => and(r.startIncluded, same(p, r.start))), ofRanges(starts)],
  'started by': [rangeThenPoint((r, p) => and(r.startIncluded, same(p, r.start))), ofRanges((a, b) => starts(b, a))],
  coincides: [ofPoints((a, b) => equal(a, b)), ofRanges((a, b) => and(sameStart(a, b), sameEnd(a, b)))],
}
