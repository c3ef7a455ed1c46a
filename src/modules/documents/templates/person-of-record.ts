import { z } from 'zod'
import { day, optionalText, text } from './paper.ts'

/** A person as civil-status papers name one. */
export const personOfRecord = z.object({ name: text, birthDate: day, gender: optionalText, ethnicity: optionalText, nationality: optionalText, residence: optionalText, idNumber: optionalText })

export const samplePerson = { name: 'Nguyễn Thị Ánh Tuyết', birthDate: '1990-04-12', gender: 'Nữ', ethnicity: 'Kinh', nationality: 'Việt Nam', residence: '27 đường Wừu, phường Pleiku, tỉnh Gia Lai', idNumber: '064190001234' }
export const sampleCommune = {
  head: { superior: null, agency: 'Ủy ban nhân dân phường Pleiku', number: '12/2026', place: 'Pleiku', date: '2026-11-23' },
  mark: { code: 'H21.107-261123-0002', url: 'http://localhost:3010/tra-cuu?ma=H21.107-261123-0002' },
  signature: { capacity: 'TM. Ủy ban nhân dân', position: 'Chủ tịch', name: 'Dương Lãnh Đạo Mẫu', organisation: 'Ủy ban nhân dân phường Pleiku', signedAt: new Date('2026-11-23T08:31:20Z') },
}
