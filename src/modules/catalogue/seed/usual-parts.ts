import type { Brief, Paper, Pair } from './shape.ts'

export const days = (value: number) => ({ value, unit: 'working-day' as const })
export const calendarDays = (value: number) => ({ value, unit: 'day' as const })

/** The four steps that most procedures share, with the office that decides and what it gives. */
export function usualSteps(office: Pair, result: Pair): Pair[] {
  return [
    ['Điền tờ khai và nộp hồ sơ trực tuyến, tại bộ phận một cửa hoặc qua bưu chính.', 'Fill in the form and file online, at the one-stop desk or by post.'],
    ['Bộ phận một cửa kiểm tra, cấp giấy tiếp nhận và hẹn ngày trả kết quả; thiếu thì hướng dẫn bổ sung một lần.', 'The one-stop desk checks the papers and gives a receipt with the date of the answer; what is missing is asked for once.'],
    [`${office[0]} thẩm tra và quyết định.`, `${office[1]} examines and decides.`],
    [`Nhận ${result[0]} theo cách đã chọn.`, `Receive ${result[1]} in the way chosen.`],
  ]
}

export const idCard: Paper = { name: ['Thẻ căn cước', 'Identity card'], originals: 0, copies: 0, source: 'we-fetch-it' }
export const residence: Paper = { name: ['Thông tin về nơi cư trú', 'Residence information'], originals: 0, copies: 0, source: 'we-fetch-it' }
export const authorisation: Paper = { name: ['Văn bản ủy quyền', 'Power of attorney'], source: 'you-bring-it', when: ['Khi ủy quyền cho người khác', 'When someone else acts for you'] }
export const form = (vi: string, en: string, name?: string): Paper => ({ name: [vi, en], source: 'you-have-it', ...(name ? { form: name } : {}) })

export const communeCommittee = [['Ủy ban nhân dân cấp xã', 'People’s Committee of the commune']] as const
export const communePolice = [['Công an cấp xã', 'Commune police']] as const
export const civilStatusLaws = ['60/2014/QH13', '123/2015/NĐ-CP', '07/2025/NĐ-CP', '120/2025/NĐ-CP', '04/2020/TT-BTP', '04/2024/TT-BTP'] as const
export const setByProvince = { amount: null, note: ['Mức lệ phí do Hội đồng nhân dân cấp tỉnh quy định; miễn cho người có công, hộ nghèo, người khuyết tật.', 'Set by the provincial People’s Council; free for people with merit, poor households and people with disabilities.'] as Pair } as const
/** The part that runs here: form and process of one name, the result's template, who decides. */
export function service(key: string, resultTemplate: string, more: Omit<NonNullable<Brief['service']>, 'formKey' | 'processKey' | 'resultTemplate' | 'competence'> & Partial<Pick<NonNullable<Brief['service']>, 'competence'>>): NonNullable<Brief['service']> {
  return { formKey: key, processKey: key, resultTemplate, competence: { level: 'commune' }, ...more }
}
export const free = { amount: 0 } as const
