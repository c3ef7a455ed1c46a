import { z } from 'zod'
import { day, optionalText, paper, sampleMark, text } from './paper.ts'

/** Thông báo kết quả giải quyết thủ tục về cư trú (form CT08 of Circular 53/2025/TT-BCA): permanent or temporary residence is registered, or a permanent one removed. */
export const schema = paper.extend({
  kind: z.enum(['permanent', 'temporary', 'removal']),
  person: z.object({ name: text, birthDate: day, idNumber: text }),
  address: text,
  /** The household there: who heads it and how the person is related. */
  household: optionalText,
  /** Temporary residence lasts from a day to a day. */
  period: z.object({ from: day, to: day }).nullable().default(null),
  members: z.array(z.object({ name: text, birthDate: day, idNumber: optionalText, relation: text })).default([]),
})

export const derive = (data: z.output<typeof schema>): Record<string, unknown> => data

export const sample: z.input<typeof schema> = {
  head: { superior: 'Công an tỉnh Gia Lai', agency: 'Công an phường Pleiku', number: '88/TB', place: 'Pleiku', date: '2026-11-23' }, mark: sampleMark,
  signature: { position: 'Trưởng Công an', name: 'Vũ Lãnh Đạo Giả Định', organisation: 'Công an phường Pleiku', signedAt: new Date('2026-11-23T08:31:20Z') },
  kind: 'temporary', person: { name: 'Nguyễn Thị Ánh Tuyết', birthDate: '1990-04-12', idNumber: '064190001234' }, address: '27 đường Wừu, phường Pleiku, tỉnh Gia Lai', household: 'Chủ hộ: Lê Hoàng Sơn; quan hệ: vợ, chồng',
  period: { from: '2026-12-01', to: '2028-11-30' }, members: [{ name: 'Lê Nguyễn Minh Khuê', birthDate: '2020-05-01', idNumber: null, relation: 'Con' }],
}
