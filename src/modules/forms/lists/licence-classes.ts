import type { Bilingual } from '../definition.ts'

const category = (vi: string, en: string): Bilingual => ({ vi, en })

/** Classes of driving licence since 1/1/2025 (Law on Road Traffic Order and Safety 2024, article 57), then those issued before. */
export const licenceClasses: readonly (readonly [code: string, label: Bilingual])[] = [
  ['A1', category('A1 – mô tô hai bánh đến 125 cm³ hoặc 11 kW', 'A1 – motorcycle up to 125 cm³ or 11 kW')],
  ['A', category('A – mô tô hai bánh trên 125 cm³ hoặc trên 11 kW', 'A – motorcycle over 125 cm³ or over 11 kW')],
  ['B1', category('B1 – mô tô ba bánh', 'B1 – three-wheeled motorcycle')],
  ['B', category('B – ô tô đến 8 chỗ (không kể chỗ người lái), tải đến 3.500 kg', 'B – car up to 8 passenger seats, lorry up to 3,500 kg')],
  ['C1', category('C1 – ô tô tải từ trên 3.500 kg đến 7.500 kg', 'C1 – lorry over 3,500 kg up to 7,500 kg')],
  ['C', category('C – ô tô tải trên 7.500 kg', 'C – lorry over 7,500 kg')],
  ['D1', category('D1 – ô tô chở người từ 9 đến 16 chỗ', 'D1 – bus with 9 to 16 passenger seats')],
  ['D2', category('D2 – ô tô chở người từ 17 đến 29 chỗ', 'D2 – bus with 17 to 29 passenger seats')],
  ['D', category('D – ô tô chở người trên 29 chỗ', 'D – bus with more than 29 passenger seats')],
  ['BE', category('BE – hạng B kéo rơ moóc', 'BE – class B with trailer')],
  ['C1E', category('C1E – hạng C1 kéo rơ moóc', 'C1E – class C1 with trailer')],
  ['CE', category('CE – hạng C kéo rơ moóc', 'CE – class C with trailer')],
  ['D1E', category('D1E – hạng D1 kéo rơ moóc', 'D1E – class D1 with trailer')],
  ['D2E', category('D2E – hạng D2 kéo rơ moóc', 'D2E – class D2 with trailer')],
  ['DE', category('DE – hạng D kéo rơ moóc', 'DE – class D with trailer')],
  ['A2', category('A2 – cấp trước 1/1/2025', 'A2 – issued before 1/1/2025')],
  ['A3', category('A3 – cấp trước 1/1/2025', 'A3 – issued before 1/1/2025')],
  ['A4', category('A4 – cấp trước 1/1/2025', 'A4 – issued before 1/1/2025')],
  ['B11', category('B1 số tự động – cấp trước 1/1/2025', 'B1 automatic – issued before 1/1/2025')],
  ['B2', category('B2 – cấp trước 1/1/2025', 'B2 – issued before 1/1/2025')],
  ['E', category('E – cấp trước 1/1/2025', 'E – issued before 1/1/2025')],
  ['FB2', category('FB2 – cấp trước 1/1/2025', 'FB2 – issued before 1/1/2025')],
  ['FC', category('FC – cấp trước 1/1/2025', 'FC – issued before 1/1/2025')],
  ['FD', category('FD – cấp trước 1/1/2025', 'FD – issued before 1/1/2025')],
  ['FE', category('FE – cấp trước 1/1/2025', 'FE – issued before 1/1/2025')],
]
