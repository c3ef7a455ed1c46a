import assert from 'node:assert/strict'
import { test } from 'node:test'
import { dateInWords, moneyInWords, numberInWords } from './vietnamese-number.ts'

const cases: [number, string][] = [
  [0, 'không'], [5, 'năm'], [10, 'mười'], [11, 'mười một'], [15, 'mười lăm'], [20, 'hai mươi'], [21, 'hai mươi mốt'], [25, 'hai mươi lăm'],
  [101, 'một trăm linh một'], [110, 'một trăm mười'], [1001, 'một nghìn không trăm linh một'], [2026, 'hai nghìn không trăm hai mươi sáu'],
  [115_000, 'một trăm mười lăm nghìn'], [150_000_000, 'một trăm năm mươi triệu'], [1_000_000_005, 'một tỷ không trăm linh năm'],
  [2_000_000_000, 'hai tỷ'], [12_345_678, 'mười hai triệu ba trăm bốn mươi lăm nghìn sáu trăm bảy mươi tám'],
]

test('numbers are written in words as Vietnamese certificates write them', () => {
  for (const [n, words] of cases) assert.equal(numberInWords(n), words)
})

test('a number that is not whole or is below zero has no words', () => {
  for (const n of [-1, 1.5, Number.NaN]) assert.throws(() => numberInWords(n), RangeError)
})

test('a date is written in words with "mồng" up to the tenth and "tư" for April', () => {
  assert.equal(dateInWords('2026-11-22'), 'Ngày hai mươi hai tháng mười một năm hai nghìn không trăm hai mươi sáu')
  assert.equal(dateInWords('2025-04-05'), 'Ngày mồng năm tháng tư năm hai nghìn không trăm hai mươi lăm')
})

test('money is written in words with a capital letter and the currency', () => {
  assert.equal(moneyInWords(115_000), 'Một trăm mười lăm nghìn đồng')
})
