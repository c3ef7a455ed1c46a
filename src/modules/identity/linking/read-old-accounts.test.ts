import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { readOldAccounts } from './read-old-accounts.ts'

const read = (text: string) => readOldAccounts(Buffer.from(text))

test('a file is read in either language, with commas or semicolons, dates as people write them', () => {
  const row = { localId: 'gl-1', idNumber: '052090000011', oldIdNumber: '230000011', fullName: 'Nguyễn Văn Thử Nghiệm', birthDate: '1990-03-12', phone: '0900000011' }
  assert.deepEqual(read('ma_tai_khoan,so_dinh_danh,so_cmnd,ho_ten,ngay_sinh,dien_thoai\ngl-1,052090000011,230000011,Nguyễn Văn Thử Nghiệm,12/3/1990,0900 000 011\n'), { ok: true, rows: [row], mistakes: [] })
  assert.deepEqual(read('\uFEFFfull_name;birth_date;local_id;id_number\r\nNguyễn Văn Thử Nghiệm;1990-03-12;gl-1;230000011\r\n'), { ok: true, rows: [{ ...row, idNumber: null, phone: null }], mistakes: [] })
})

test('a line that cannot be right is left out and named, the others are read', () => {
  const result = read(['local_id,id_number,full_name,birth_date', 'a,052090000011,Nguyễn Văn Mẫu,12/3/1990', ',052090000011,Nguyễn Văn Mẫu,12/3/1990', 'a,052090000011,Nguyễn Văn Mẫu,12/3/1990', 'b,123,Nguyễn Văn Mẫu,12/3/1990', 'c,052091000011,Nguyễn Văn Mẫu,12/3/1990', 'd,052090000011,<x>,12/3/1990', 'e,052090000011,Nguyễn Văn Mẫu,31/2/1990'].join('\n'))
  assert.ok(result.ok)
  assert.deepEqual(result.rows.map((r) => r.localId), ['a'])
  assert.deepEqual(result.mistakes, [{ line: 3, mistake: 'local-id' }, { line: 4, mistake: 'twice' }, { line: 5, mistake: 'number' }, { line: 6, mistake: 'contradicts' }, { line: 7, mistake: 'name' }, { line: 8, mistake: 'birth-date' }])
})

test('what is no such file says so', () => {
  assert.deepEqual(read(''), { ok: false, reason: 'missing' })
  assert.deepEqual(read('local_id,id_number,full_name,birth_date\n'), { ok: false, reason: 'missing' })
  assert.deepEqual(read('a,b\n1,2\n'), { ok: false, reason: 'columns' })
  assert.deepEqual(readOldAccounts(Buffer.from([0xff, 0xfe, 0x00, 0x41])), { ok: false, reason: 'format' })
})

test('no file makes the reader fail', () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => void readOldAccounts(Buffer.from(bytes))))
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => void read(`local_id,id_number,full_name,birth_date\n${text}`)))
})
