import { z } from 'zod'
import { form, head, sampleForm, sampleHead, text } from './paper.ts'

/** A list of dossiers on wide pages: the register ("sổ theo dõi hồ sơ", form 07; 06 until 2025), or what an officer's list shows. */
export const schema = z.object({
  head,
  /** null for a list that no circular prescribes. */
  form: form.nullable().default(null),
  title: text,
  /** What was chosen, below the title: "Từ 01/11/2026 đến 30/11/2026". */
  chosen: z.array(text),
  /** Share of the width for each column. */
  columns: z.array(z.object({ title: text, width: z.number().positive() })).min(1),
  rows: z.array(z.array(z.string())),
  /** Who signs by hand below the list: giver and taker. */
  signers: z.array(text).default([]),
})

export const sample: z.input<typeof schema> = {
  head: { ...sampleHead, book: null, sequence: null },
  form: sampleForm('07', 'Sổ theo dõi hồ sơ'),
  title: 'Sổ theo dõi hồ sơ',
  chosen: ['Từ ngày 01/11/2026 đến ngày 30/11/2026'],
  columns: [{ title: 'STT', width: 1 }, { title: 'Mã hồ sơ', width: 4 }, { title: 'Chủ hồ sơ', width: 4 }, { title: 'Ngày nhận', width: 3 }, { title: 'Ký nhận', width: 2 }],
  rows: [['1', 'H21.15-261123-0007', 'Nguyễn Thị Ánh Tuyết', '08:42, 23/11/2026', ''], ['2', 'H21.15-261123-0008', 'Trần Văn Nam', '08:55, 23/11/2026', '']],
}
