import type { Units } from './answers.ts'

/** A handful of real units, for tests that need no database. */
const provinces = [{ code: '52', name: { vi: 'Tỉnh Gia Lai', en: 'Gia Lai Province' } }, { code: '01', name: { vi: 'Thành phố Hà Nội', en: 'Hà Nội City' } }]
const communes = [
  ...['21553', '21583', '21589', '21592', '21601', '21640', '21664', '21808', '21853'].map((code) => ({ code, province: '52', name: { vi: `Phường ${code}`, en: `${code} Ward` } })),
  { code: '00004', province: '01', name: { vi: 'Phường Ba Đình', en: 'Ba Đình Ward' } },
]

export const testUnits: Units = {
  commune: (code) => communes.find((c) => c.code === code),
  province: (code) => provinces.find((p) => p.code === code),
  provinces: () => provinces,
  entries: (catalogue) => (catalogue === 'payment-providers' ? [{ value: '970436', label: { vi: 'Vietcombank', en: 'Vietcombank' } }, { value: 'VIMOMO', label: { vi: 'MoMo', en: 'MoMo' } }] : []),
  communes: (province) => communes.filter((c) => c.province === province),
}
