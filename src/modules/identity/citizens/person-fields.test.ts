import assert from 'node:assert/strict'
import { test } from 'node:test'
import { safeReturn } from '../access/return-path.ts'
import { deviceOf, sourceOf } from '../access/device.ts'
import { decrypt, encrypt } from '../secrets.ts'
import { ageOn, cleanEmail, cleanIdNumber, cleanName, cleanPhone } from './person-fields.ts'

test('numbers are taken as people write them', () => {
  assert.equal(cleanIdNumber(' 052 090.000 011'), '052090000011')
  for (const wrong of ['05209000001', '0520900000111', '05209000001a', '']) assert.equal(cleanIdNumber(wrong), undefined)
  for (const phone of ['0912345678', '+84 912 345 678', '84912345678', '0912.345.678', '(091) 234-5678', '0084912345678']) assert.equal(cleanPhone(phone), '0912345678', phone)
  for (const wrong of ['0212345678', '091234567', '09123456789', '+1 912 345 678', '']) assert.equal(cleanPhone(wrong), undefined, wrong)
})

test('names of all peoples of the country are names, markup is not', () => {
  for (const name of ["Siu H'Ví Dụ", 'Rơ Châm Thử Nghiệm', 'Nguyễn  Văn   An', 'Y Bhiŏ-Êban', 'Lò Thị Ó']) assert.ok(cleanName(name), name)
  assert.equal(cleanName(' Nguyễn  Văn An '), 'Nguyễn Văn An')
  for (const wrong of ['<script>', 'A', '', '123', 'x'.repeat(101), '…']) assert.equal(cleanName(wrong), undefined, wrong)
  for (const wrong of ['a@b', 'a b@c.vn', 'a@b.vn, c@d.vn', '"x" <a@b.vn>', 'a@b.vn\nbcc: x@y.vn']) assert.equal(cleanEmail(wrong), undefined, wrong)
})

test('age counts whole years in Vietnam', () => {
  assert.equal(ageOn('2012-11-22', new Date('2026-11-21T17:00:00Z')), 14)
  assert.equal(ageOn('2012-11-22', new Date('2026-11-21T16:59:59Z')), 13)
})

test('only paths of this node are places to return to', () => {
  for (const path of ['/tai-khoan', '/a?b=c&d=%2F', '/dang-nhap/tiep/abc', '/dang-nhap-cu', '/nộp-hồ-sơ']) assert.equal(safeReturn(path, '/x'), path)
  for (const path of ['//evil', undefined, '/\\evil', 'https://evil', 'javascript:alert(1)', '/dang-nhap', '/dang-xuat', '/desk/login', '', `/${'a'.repeat(2000)}`, '/a\nb'] as const) assert.equal(safeReturn(path, '/x'), '/x', path ?? '')
})

test('a sealed text opens only with its secret, for its use, unchanged', () => {
  const sealed = encrypt('secret-one-secret', 'use', 'Xin chào')
  assert.equal(decrypt('secret-one-secret', 'use', sealed), 'Xin chào')
  assert.equal(decrypt('secret-two-secret', 'use', sealed), undefined)
  assert.equal(decrypt('secret-one-secret', 'other', sealed), undefined)
  assert.equal(decrypt('secret-one-secret', 'use', sealed.slice(0, -2) + (sealed.endsWith('AA') ? 'BB' : 'AA')), undefined)
  assert.equal(decrypt('secret-one-secret', 'use', 'short'), undefined)
})

test('a browser is described in two words and an address by its household', () => {
  assert.equal(deviceOf('Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605 Version/19.0 Mobile Safari/604.1'), 'Safari · iPhone')
  assert.equal(deviceOf('curl/8.0'), '')
  assert.equal(sourceOf('2001:db8:1:2:3:4:5:6'), '2001:db8:1:2::/64')
  assert.equal(sourceOf('::ffff:10.0.0.1'), '10.0.0.1')
})
