import { z } from 'zod'
import { day, optionalText, paper, text } from './paper.ts'
import { sampleCommune } from './person-of-record.ts'

/** Giấy phép xây dựng nhà ở riêng lẻ (form of Decree 175/2024/NĐ-CP, annex II). */
export const schema = paper.extend({
  owner: z.object({ name: text, idNumber: text, address: optionalText }),
  plot: text,
  /** Square metres. */
  landArea: z.number().positive(),
  site: text,
  designer: text,
  grade: text,
  groundFloorArea: z.number().positive(),
  floorArea: z.number().positive(),
  /** Metres. */
  height: z.number().positive(),
  elevation: z.number().nullable().default(null),
  setback: z.number().nullable().default(null),
  /** Percent of the plot that is built on. */
  density: z.number().nullable().default(null),
  floors: z.array(z.object({ kind: text, area: z.number().positive() })).min(1),
  validUntil: day,
})

/** 72.5 → "72,5": as Vietnamese papers write decimals. */
const decimal = (value: number): string => new Intl.NumberFormat('vi-VN', { maximumFractionDigits: 2 }).format(value)
const orNull = (value: number | null): string | null => (value === null ? null : decimal(value))

export function derive(data: z.output<typeof schema>): Record<string, unknown> {
  return {
    ...data, landArea: decimal(data.landArea), groundFloorArea: decimal(data.groundFloorArea), floorArea: decimal(data.floorArea), height: decimal(data.height),
    elevation: orNull(data.elevation), setback: orNull(data.setback), density: orNull(data.density), floors: data.floors.map((f) => ({ ...f, area: decimal(f.area) })),
  }
}

export const sample: z.input<typeof schema> = {
  ...sampleCommune, head: { ...sampleCommune.head, number: '9/GPXD' }, owner: { name: 'Nguyễn Thị Ánh Tuyết', idNumber: '064190001234', address: '27 đường Wừu, phường Pleiku, tỉnh Gia Lai' },
  plot: 'Thửa đất số 112, tờ bản đồ số 45', landArea: 120.5, site: '29 đường Wừu, phường Pleiku, tỉnh Gia Lai', designer: 'Công ty Thiết kế Ví Dụ (KTS-0001)', grade: 'Cấp III', groundFloorArea: 80, floorArea: 160, height: 7.6, setback: 2.4, density: 66.4,
  floors: [{ kind: 'Tầng 1', area: 80 }, { kind: 'Tầng trên', area: 80 }], validUntil: '2027-11-23',
}
