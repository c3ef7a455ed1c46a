import { z } from 'zod'
import type { Node } from '../../../platform/node.ts'

/** What a person says about himself. */
export interface ClaimedPerson { idNumber: string; fullName: string; birthDate: string }

/** What else the register has of the person: places are communes of today. */
export interface RegisteredRecord { sex?: 'male' | 'female'; ethnicity?: string; residence?: RegisteredPlace; hometown?: RegisteredPlace }
export interface RegisteredPlace { province: string; commune: string; street: string }

export type RegisterAnswer =
  | { kind: 'match'; fullName: string; /** Id numbers of father and mother, where the register has the relation. */ parents: readonly string[]; record: RegisteredRecord }
  | { kind: 'mismatch' }
  /** The register says that the person has died. */
  | { kind: 'not-allowed' }
  /** No answer in time, refused, or not understood. */
  | { kind: 'unavailable' }

const relative = z.object({ SoDinhDanh: z.string() }).optional()

const place = z.object({ MaTinh: z.string(), MaXa: z.string(), ChiTiet: z.string() }).transform((p): RegisteredPlace => ({ province: p.MaTinh, commune: p.MaXa, street: p.ChiTiet })).optional().catch(undefined)

const answerSchema = z.object({
  ketQua: z.enum(['KHOP', 'KHONG_KHOP', 'KHONG_TIM_THAY']),
  /** TrangThai 0: the person has died. */
  congDan: z.object({ HoVaTen: z.string(), TrangThai: z.number(), Cha: relative, Me: relative, GioiTinh: z.number().optional().catch(undefined), DanToc: z.string().optional().catch(undefined), ThuongTru: place, QueQuan: place }).optional(),
})

const patience = 4000

/** Compares a person's statement with the national population database ("CSDL quốc gia về dân cư"). Never throws: every trouble is an answer. */
export async function askPopulationRegister(node: Node, person: ClaimedPerson): Promise<RegisterAnswer> {
  try {
    const response = await fetch(new URL('/tra-cuu', node.config.standIns.populationUrl), {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${node.config.standIns.key}` },
      body: JSON.stringify({ soDinhDanh: person.idNumber, hoTen: person.fullName, ngaySinh: person.birthDate.replaceAll('-', '') }),
      signal: AbortSignal.timeout(patience),
    })
    if (!response.ok) {
      node.log.warn({ status: response.status }, 'population register refused')
      return { kind: 'unavailable' }
    }
    const answer = answerSchema.parse(await response.json())
    if (answer.ketQua !== 'KHOP') return { kind: 'mismatch' }
    if (answer.congDan?.TrangThai === 0) return { kind: 'not-allowed' }
    return { kind: 'match', fullName: answer.congDan?.HoVaTen ?? person.fullName, parents: [answer.congDan?.Cha, answer.congDan?.Me].flatMap((parent) => parent?.SoDinhDanh ?? []), record: recordOf(answer.congDan) }
  } catch (error) {
    node.log.warn({ err: error }, 'population register did not answer')
    return { kind: 'unavailable' }
  }
}

function recordOf(person: z.infer<typeof answerSchema>['congDan']): RegisteredRecord {
  const sex = ({ 1: 'male', 2: 'female' } as const)[person?.GioiTinh ?? 0]
  return { ...(sex && { sex }), ...(person?.DanToc && { ethnicity: person.DanToc }), ...(person?.ThuongTru && { residence: person.ThuongTru }), ...(person?.QueQuan && { hometown: person.QueQuan }) }
}
