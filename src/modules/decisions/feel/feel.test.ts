import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { evaluateText } from './evaluate-text.ts'
import { FeelLimitError } from './run.ts'
import { parseDecimal } from './decimal.ts'
import { textOf, type Value } from './value.ts'

/** The value of a text, as the function "string" writes it. */
const worth = (text: string, variables: Record<string, Value> = {}): string => textOf(evaluateText(text, new Map(Object.entries(variables))).value, true)

// Each line: a text, and what it is worth by DMN 1.3 (10.3).
const cases: Record<string, [string, string][]> = {
  'numbers have 34 digits and round half to even': [
    ['1/3', '0.3333333333333333333333333333333333'], ['2/3', '0.6666666666666666666666666666666667'], ['0.1+0.2', '0.3'], ['0.1+0.2 = 0.3', 'true'],
    ['9999999999999999999999999999999999 + 1', '10000000000000000000000000000000000'], ['decimal(2.5, 0)', '2'], ['decimal(1115, -1)', '1120'],
    ['1/0', 'null'], ['1e3', '1000'], ['.5', '0.5'], ['modulo(-12, 5)', '3'], ['2 ** 0.5', '1.414213562373095048801688724209698'], ['sqrt(16)', '4'],
    ['exp(1)', '2.718281828459045235360287471352662'], ['log(10)', '2.302585092994045684017991454684364'], ['2 ** -2', '0.25'], ['(-8) ** (1/3)', 'null'], ['-2 ** 2', '4'],
  ],
  'what cannot be compared or calculated is null': [
    ['1 = "1"', 'null'], ['null = null', 'true'], ['1 = null', 'false'], ['1 < "a"', 'null'], ['"a" + 1', 'null'], ['not(1)', 'null'],
    ['true and null', 'null'], ['false and null', 'false'], ['null or true', 'true'], ['if null then 1 else 2', '2'], ['[1, 2] = [1, 2]', 'true'], ['{a: 1} = {a: 2}', 'false'],
  ],
  'names may have blanks, signs and Vietnamese letters': [
    ['{số bản: 2, phí-1 bản: 5000, tổng: số bản * phí-1 bản}.tổng', '10000'], ['{a-b: 5, a: 2, c: a-b}.c', '5'], ['{"khóa lạ (1)": 1}', '{khóa lạ (1): 1}'], ['for số lần in 1..3 return số lần * 2', '[2, 4, 6]'],
  ],
  'lists count from 1, and from -1 at the end': [
    ['[1,2,3][-1]', '3'], ['[1,2,3][4]', 'null'], ['[1,2,3][item > 1]', '[2, 3]'], ['[{x: 1, y: 2}, {x: 2, y: 3}][x = 2].y', '[3]'], ['5[1]', '5'], ['sublist([1,2,3], 2, 1)', '[2]'],
    ['sort([3,1,2], function(a, b) a < b)', '[1, 2, 3]'], ['distinct values([1,2,1])', '[1, 2]'], ['reverse([1,2])', '[2, 1]'], ['remove([1,2,3], -1)', '[1, 2]'], ['insert before([1,2], 2, 9)', '[1, 9, 2]'], ['concatenate([1], 2, [3])', '[1, 2, 3]'], ['append(list: [1], item: 2)', '[1, 2]'], ['union([1,2],[2,3])', '[1, 2, 3]'], ['list contains([1, null], null)', 'true'], ['flatten([[1,[2]],3])', '[1, 2, 3]'], ['index of([1,2,1], 1)', '[1, 3]'], ['list replace([1,2], 2, 5)', '[1, 5]'],
    ['for i in 0..4 return if i = 0 then 1 else i * partial[-1]', '[1, 1, 2, 6, 24]'], ['for i in 3..1 return i', '[3, 2, 1]'], ['for i in [1..3) return i', '[1, 2]'], ['every x in [1,2] satisfies x > 0', 'true'],
    ['for d in @"2026-02-27"..@"2026-03-01" return d.day', '[27, 28, 1]'], ['some x in [1, null] satisfies x > 2', 'null'],
  ],
  'statistics': [
    ['sum([])', 'null'], ['mean(1, 2, 6)', '3'], ['median([8, 2, 5, 3, 4])', '4'], ['mode([6, 1, 9, 6, 1])', '[1, 6]'], ['stddev(2, 4, 7, 5)', '2.081665999466132735282297706979931'], ['max("a", "c", "b")', '"c"'], ['min([1, "a"])', 'null'], ['all([true, null])', 'null'], ['any([])', 'false'],
    ['sum([@"P1D", @"PT1H"])', 'P1DT1H'],
  ],
  'texts count characters, not units of a coding': [
    ['string length("🐎ab")', '3'], ['substring("foobar", -2)', '"ar"'], ['substring("🐎ab", 2)', '"ab"'], ['"\\u0111"', '"đ"'], ['upper case("đồng")', '"ĐỒNG"'], ['substring before("foobar", "x")', '""'], ['split("a;b;;c", ";")', '["a", "b", "", "c"]'], ['string join(["a", null, "b"], "-")', '"a-b"'], ['substring("foobar", 3, null)', 'null'], ['number("1.500.000,5", ".", ",")', '1500000.5'],
  ],
  'patterns are those of XPath': [
    ['matches("Đỗ", "^\\w+$")', 'true'], ['replace("abcd", "(ab)|(a)", "[1=$1][2=$2]")', '"[1=ab][2=]cd"'], ['matches("b", "[a-z-[aeiou]]")', 'true'], ['matches("e", "[a-z-[aeiou]]")', 'false'], ['matches("hello world", "hello\\ sworld", "x")', 'true'],
    ['matches("a", "(?=a)a")', 'null'], ['matches("a", "a", "g")', 'null'], ['replace("abc", "x*", "-")', 'null'], ['matches("a-b", "a\\-b")', 'true'], ['matches("aa", "(a)\\1")', 'true'], ['matches("h", "(.)\\3")', 'null'], ['matches("a", "\\p{IsBasicLatin}")', 'true'], ['replace("a$b", "$", "€", "q")', '"a€b"'],
  ],
  'dates, times and durations': [
    ['@"2024-02-29" + @"P1Y"', '2025-02-28'], ['date("2023-02-29")', 'null'], ['@"2026-11-27".weekday', '5'], ['day of week(@"2026-11-27")', '"Friday"'], ['week of year(@"2021-01-03")', '53'], ['@"2026-11-27" - @"2026-11-20"', 'P7D'],
    ['@"2026-11-27T10:00:00@Asia/Ho_Chi_Minh" = @"2026-11-27T03:00:00Z"', 'true'], ['@"23:30:00" + @"PT1H"', '00:30:00'], ['years and months duration(@"2024-12-31", @"2026-11-27")', 'P1Y10M'], ['@"P1Y6M" * 2', 'P3Y'], ['@"PT90M"', 'PT1H30M'],
    ['@"2026-03-29T01:30:00@Europe/Paris" + @"PT1H"', '2026-03-29T03:30:00@Europe/Paris'], ['string(@"PT0S")', '"PT0S"'], ['time(10, 30, 0, @"PT7H")', '10:30:00+07:00'], ['@"P1M2D"', 'null'], ['time("10:00:00@Asia/Ho_Chi_Minh").time offset', 'PT7H'], ['@"P1M" < @"P2M"', 'true'], ['@"P1M" < @"P2D"', 'null'],
  ],
  'intervals': [
    ['5 in [1..10]', 'true'], ['5 in (5..10]', 'false'], ['5 in (> 3, < 1)', 'true'], ['before([1..5), [5..8])', 'true'], ['overlaps([1..5], [5..8])', 'true'], ['meets([1..5], [5..8])', 'true'], ['includes([1..5], 3)', 'true'], ['range("[1..5)").end included', 'false'], ['range("[5..1]")', 'null'], ['[1.."a"]', 'null'], ['"b" in ["a".."c"]', 'true'],
    ['starts(1, [1..5])', 'true'], ['during([2..3], [1..5])', 'true'], ['coincides([1..2], [1..2])', 'true'], ['finished by([1..5], 5)', 'true'],
  ],
  'contexts and functions': [
    ['get value({a: {b: 1}}, ["a", "b"])', '1'], ['context put({a: 1}, "b", 2)', '{a: 1, b: 2}'], ['context merge([{a: 1}, {a: 2}])', '{a: 2}'], ['{date: 1, x: date("2020-01-01")}.x', '2020-01-01'], ['(function(a: number) a + 1)(2)', '3'], ['(function(a: number) a + 1)("x")', 'null'], ['{f: function(n) if n = 0 then 1 else n * f(n - 1), x: f(5)}.x', '120'],
    ['get entries({a: 1})', '[{key: "a", value: 1}]'], ['{a: 1, a: 2}', 'null'], ['[1,2] instance of list<number>', 'true'], ['{a: 1} instance of context<a: string>', 'false'], ['abs(n: -1)', '1'], ['abs(m: -1)', 'null'],
  ],
}

for (const [title, lines] of Object.entries(cases)) {
  describe(title, () => {
    for (const [text, expected] of lines) test(text, () => assert.equal(worth(text), expected))
  })
}

test('a text that is no FEEL tells where', () => {
  assert.deepEqual(evaluateText('1 + * 2').problems, [{ reason: 'unexpected', about: '*', at: 4 }])
  assert.deepEqual(evaluateText('"mở').problems[0], { reason: 'unclosed-string', about: '"', at: 0 })
  assert.deepEqual(evaluateText('1 +').problems[0], { reason: 'unfinished', about: '', at: 3 })
  assert.equal(evaluateText('tuổi + 1').problems[0]?.reason, 'unknown-name')
})

test('variables may have names of several words', () => {
  assert.equal(worth('Phí thẩm định * 2', { 'Phí thẩm định': parseDecimal('1500')! }), '3000')
})

test('an expression that asks for too much ends', () => {
  assert.throws(() => evaluateText('for i in 1..1000000000 return i'), FeelLimitError)
  assert.throws(() => evaluateText('{f: function(n) f(n), x: f(1)}.x'), FeelLimitError)
  assert.throws(() => evaluateText(`matches("${'a'.repeat(40)}!", "(a+)+$")`), FeelLimitError)
  const doubled = (first: string, next: (name: string) => string): string => `{${Array.from({ length: 60 }, (_, i) => `v${i}: ${i === 0 ? first : next(`v${i - 1}`)}`).join(', ')}}`
  assert.throws(() => evaluateText(doubled('"x"', (v) => `${v} + ${v}`)), FeelLimitError)
  assert.throws(() => evaluateText(doubled('[1]', (v) => `concatenate(${v}, ${v})`)), FeelLimitError)
  assert.throws(() => evaluateText(doubled('[1]', (v) => `[${v}, ${v}]`).replace(/}$/, ', all: flatten(v59)}')), FeelLimitError)
  assert.equal(evaluateText('('.repeat(5000)).problems[0]?.reason, 'too-deep')
})
