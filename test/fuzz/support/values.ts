import { createHash } from 'node:crypto'

/** Values that have broken programs before: wrong types, other alphabets, times that never were, numbers without end. */
export const values: readonly string[] = [
  '', ' ', '0', '-1', '1e309', '9'.repeat(400), '2147483648', '9223372036854775808', '-9223372036854775809', '1.5', '0x10', 'NaN', 'Infinity', 'null', 'undefined', 'true', '[]', '{}', '__proto__', 'constructor', 'toString', 'hasOwnProperty', '\u0000', '\u0000\u0001\u001f', '\ud800', 'a\udfff', '\u202e\u2066abc', 'é'.repeat(300), 'e\u0301'.repeat(200), '😀'.repeat(500), '\ufeff', '\u2028',
  "' OR 1=1 --", '"; DROP TABLE x; --', '\\', '%00', '%', '%zz', '%c0%af', '../../etc/passwd', '//evil.example', '/\\evil.example', '\\\\evil', '/desk/../\t/evil', 'javascript:alert(1)', 'http://[', 'https://x:99999', 'https://user@x/#a', '<script>alert(1)</script>', '${7*7}', '{{7*7}}', '\r\nset-cookie: a=b', 'x'.repeat(3000),
  '0000-00-00', '9999-99-99', '2026-02-30', '-000001-01-01', '275760-09-13', '0001-01-01', '9999-12-31', '31', '13', '00', '2026', '99999', '1970-01-01T00:00:00Z', '2026-11-27T25:61:61+99:99', '00000000-0000-0000-0000-000000000000', '01900000-0000-7000-8000-000000000000', '0190000000007000800000000000', 'ffffffff-ffff-ffff-ffff-ffffffffffff',
  '000000000000', '０５２０９００００011', '0909000011', '+84909000011', '@', 'a@b', `${'a'.repeat(300)}@example.com`, '１２３４５６', 'a:b:c', 'officer:x', '*', '(', '[a-', '%%%___', 'loa3', 'H99', 'VN.', '.', '..',
  '052090000011|||||', '||||||', '052090000011||Nguyễn Văn A|01011990|Nam|x|01012020|a|b|c', '052090000011||Nguyễn Văn A|99999999|Nam|x|00000000', 'MC1:AAAA', 'MC1:', 'eyJhbGciOiJub25lIn0.e30.', 'eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOjF9.AAAA', '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----', 'AAAA'.repeat(50), 'A'.repeat(43),
]

/** Rare: they are refused for their size alone. */
export const hugeValue = 'x'.repeat(70_000)

const client = (type: string): string => Buffer.from(JSON.stringify({ type, challenge: 'QUFBQQ', origin: 'http://localhost', crossOrigin: false })).toString('base64url')
const bytes = Buffer.alloc(200, 7).toString('base64url')
const authenticator = Buffer.concat([createHash('sha256').update('localhost').digest(), Buffer.from([0x45, 0, 0, 0, 1]), Buffer.alloc(16), Buffer.from([0, 16]), Buffer.alloc(16), Buffer.from('a5010203262001215820', 'hex')]).toString('base64url')
const answer = (response: object, more: object = {}): string => JSON.stringify({ id: 'AAAAAAAAAAAAAAAAAAAAAA', rawId: 'AAAAAAAAAAAAAAAAAAAAAA', type: 'public-key', clientExtensionResults: {}, response, ...more })

/** Answers of passkeys that are whole in their form and broken inside. */
export const passkeyAnswers: readonly string[] = [
  answer({ clientDataJSON: client('webauthn.create'), attestationObject: 'o2NmbXRkbm9uZWdhdHRTdG10oGhhdXRoRGF0YVg', transports: ['internal'] }), answer({ clientDataJSON: client('webauthn.create'), attestationObject: Buffer.from('a363666d74646e6f6e65', 'hex').toString('base64url'), transports: [] }),
  answer({ clientDataJSON: client('webauthn.create'), attestationObject: bytes }), answer({ clientDataJSON: 'bm8', attestationObject: 'oA' }), answer({ clientDataJSON: '', attestationObject: '' }),
  answer({ clientDataJSON: client('webauthn.get'), authenticatorData: authenticator, signature: 'MAYCAQECAQE' }), answer({ clientDataJSON: client('webauthn.get'), authenticatorData: 'AA', signature: bytes, userHandle: bytes }), answer({ clientDataJSON: 'e30', authenticatorData: '', signature: '' }),
  answer({ clientDataJSON: Buffer.from('null').toString('base64url'), authenticatorData: bytes, signature: bytes }), answer({}, { type: 'x' }), answer({}, { id: '', rawId: '-' }), '{"id":1}', 'null', '[[]]', '"',
]

const der = Buffer.from('3082010a0282010100c0ffee0203010001', 'hex')
/** Contents of files: certificates and signatures that break off, tables that are none, archives, pictures. */
export const fileContents: readonly Buffer[] = [
  Buffer.alloc(0), Buffer.from('x'), der, Buffer.concat([Buffer.from([0x30, 0x84, 0xff, 0xff, 0xff, 0xff]), Buffer.alloc(40)]), Buffer.from([0x30, 0x80, 0x30, 0x80, 0x30, 0x80]), Buffer.alloc(3000, 0x30), Buffer.from('-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----'), Buffer.from('-----BEGIN PKCS7-----\nMIIB\n-----END PKCS7-----'),
  Buffer.from('%PDF-1.7\n%%EOF'), Buffer.from('%PDF-1.7\n1 0 obj\n<</Type/Catalog>>\n'), Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0]), Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 16]), Buffer.from('PK\u0003\u0004' + 'x'.repeat(60), 'latin1'), Buffer.from([0xff, 0xfe, 0x41, 0, 0x0a]), Buffer.from([0xef, 0xbb, 0xbf, 0x2c, 0x0a]),
  Buffer.from('a,b,c\n1,2\n"'), Buffer.from('\n\n\n'), Buffer.from(`${'a,'.repeat(3000)}\n`), Buffer.from('localId,fullName,idNumber,birthDate,phone\n1,Nguyễn Văn A,052090000011,1990-03-12,0909000011\n1,,x,2026-02-30,\n'), Buffer.from('id_number;full_name\n\u0000;\u0000'), Buffer.from('__proto__,constructor\n1,2\n'), Buffer.from('{"a":'), Buffer.from('"a""'.repeat(500)),
]
export const fileNames: readonly string[] = ['x.csv', 'x.p7s', 'x.cer', 'x.pdf', '../../x', 'x'.repeat(300), 'tệp.png', '', '.', 'a\u0000b']

/** By the end of a field's name: a value that a careful person would type there. */
export function plausible(name: string, pick: <T>(of: readonly T[]) => T): string {
  const rule = plausibles.find(([pattern]) => pattern.test(name))
  return rule ? pick(rule[1]) : pick(['Lý do của thử nghiệm', 'yes', '1', 'Nguyễn Văn Dấu Riêng'])
}

const plausibles: readonly (readonly [RegExp, readonly string[]])[] = [
  [/-day$/, ['12', '1']], [/-month$/, ['3', '12']], [/-year$/, ['1990', '2026', '2027']],
  [/idNumber|number$|dinhDanh/i, ['052090000090', '052090000091', '052090000011', '052090000012']],
  [/insurance|bhxh/i, ['5209000011', '0123456789']], [/tax|mst/i, ['0100109106', '8000000011', '5900000000']],
  [/name$|hoTen/i, ['Nguyễn Văn Dấu Riêng', 'Trần Thị Dấu Khác', 'Công ty Thử Nghiệm']],
  [/phone|mobile/i, ['0911000901', '0911000902', '0909000011']], [/email|mail/i, ['thu@example.com']],
  [/birth/i, ['1990-03-12']], [/(date|from|until|to|On|At|day)$/, ['2026-12-01', '2026-11-28', '2027-05-01', '2026-11-27']],
  [/code|otp|ma$/i, ['123456', '000000', 'A7K3-M9QX']], [/password|current|again/i, ['a password of some length', 'mot mat khau khac dai']],
  [/login/i, ['leader.own', 'agency-admin.own', 'moi.nguoi']], [/agency/i, ['G01', 'H21', 'VN', 'G01.08']], [/role/i, ['leader', 'specialist', 'agency-admin']],
  [/uri|url|origin/i, ['https://he-thong.example/cb', 'http://127.0.0.1:9/cb']], [/scope/i, ['openid', 'person', 'all']],
  [/accept|agree|kept|confirm|sure/i, ['yes']], [/level|strength|muc/i, ['1', '2', '3']], [/qr/i, ['052090000090|123456789|Nguyễn Văn Dấu Riêng|12031990|Nam|Gia Lai|01012022', '052090000091||Trần Thị Dấu Khác|12031990|Nữ|Gia Lai|01012022']],
  [/answer|credential|passkey/i, passkeyAnswers],
]
