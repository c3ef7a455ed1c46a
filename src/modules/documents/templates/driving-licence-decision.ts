import { z } from 'zod'
import { day, optionalText, paper, sampleHead, sampleMark, text } from './paper.ts'

const licence = z.object({
  number: text,
  /** Class under the road-traffic law: "B", "C1". */
  class: text,
  issuedOn: day,
  /** null for classes without expiry. */
  validUntil: day.nullable(),
})

/** Quyết định về việc đổi giấy phép lái xe: the result of procedure 3.000347. */
export const schema = paper.extend({
  /** Who decides: "Trưởng phòng Cảnh sát giao thông". */
  authority: text,
  /** Legal grounds, one paragraph each: "Căn cứ …;". */
  bases: z.array(text).min(1),
  person: z.object({ name: text, birthDate: day, nationality: text, personalId: text, residence: optionalText }),
  previous: licence,
  licence,
  reason: text,
  executors: text,
})

export const sample: z.input<typeof schema> = {
  head: { ...sampleHead, superior: 'Công an tỉnh Gia Lai', agency: 'Phòng Cảnh sát giao thông', number: '1187/QĐ-CSGT', date: '2026-11-27' },
  mark: sampleMark,
  signature: { position: 'Trưởng phòng', name: 'Lê Quang Minh', organisation: 'Phòng Cảnh sát giao thông, Công an tỉnh Gia Lai', signedAt: new Date('2026-11-27T03:15:09Z') },
  authority: 'Trưởng phòng Cảnh sát giao thông',
  bases: [
    'Căn cứ Luật Trật tự, an toàn giao thông đường bộ số 36/2024/QH15;',
    'Xét hồ sơ mã số H21.15-261123-0007 của bà Nguyễn Thị Ánh Tuyết và đề nghị của Đội Đăng ký, quản lý phương tiện và người lái.',
  ],
  person: { name: 'Nguyễn Thị Ánh Tuyết', birthDate: '1990-04-12', nationality: 'Việt Nam', personalId: '064190001234', residence: '27 đường Wừu, phường Pleiku, tỉnh Gia Lai' },
  previous: { number: '640160004512', class: 'B2', issuedOn: '2016-12-02', validUntil: '2026-12-02' },
  licence: { number: '640160004512', class: 'B', issuedOn: '2026-11-27', validUntil: '2036-11-27' },
  reason: 'giấy phép lái xe sắp hết thời hạn sử dụng.',
  executors: 'Đội Đăng ký, quản lý phương tiện và người lái',
}
