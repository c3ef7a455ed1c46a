import type { FormDefinition, Page } from '../definition.ts'
import { requesterFacts, requesterPage, text, truthful } from './usual-pages.ts'

/** What kind of support it is and how it is paid: asked here and where the support is one part of a linked filing. */
export const supportPages: Page[] = [
  {
    id: 'support', path: 'dien-huong', title: text('Diện hưởng', 'Ground of the support'),
    fields: [
      {
        id: 'supportKind', type: 'choice', label: text('Người chết thuộc diện nào?', 'What did the deceased receive?'), name: text('Diện hưởng', 'Ground'),
        options: [{ value: 'allowance', label: text('Đang hưởng trợ cấp xã hội hằng tháng', 'A monthly social allowance') }, { value: 'child', label: text('Con của người đơn thân nghèo đang hưởng trợ cấp', 'Child of a poor single parent with an allowance') }, { value: 'pension', label: text('Đang hưởng trợ cấp hưu trí xã hội', 'The social pension') }],
      },
      { id: 'payWay', type: 'choice', label: text('Nhận tiền bằng cách nào?', 'How is it paid?'), name: text('Cách nhận tiền', 'Payment'), options: [{ value: 'account', label: text('Chuyển khoản', 'To an account') }, { value: 'cash', label: text('Tiền mặt tại Ủy ban nhân dân cấp xã', 'In cash at the commune') }] },
    ],
  },
  {
    id: 'account', path: 'tai-khoan', title: text('Tài khoản nhận tiền', 'The account'), condition: { field: 'payWay', equals: 'account' },
    fields: [
      { id: 'bankName', type: 'text', maxLength: 100, label: text('Ngân hàng', 'Bank') },
      { id: 'accountNumber', type: 'text', maxLength: 30, label: text('Số tài khoản', 'Account number') },
    ],
  },
]

/** Support with the cost of a funeral ("hỗ trợ chi phí mai táng cho đối tượng bảo trợ xã hội", procedure 2.001283). */
export const funeralSupport: FormDefinition = {
  key: 'funeral-support', version: 1, title: text('Tờ khai đề nghị hỗ trợ chi phí mai táng', 'Application for funeral support'),
  source: text('Nghị định 20/2021/NĐ-CP, Điều 11; Nghị định 76/2024/NĐ-CP', 'Decree 20/2021/NĐ-CP, article 11; Decree 76/2024/NĐ-CP'),
  placeField: 'place', applicant: requesterFacts(),
  components: [{ name: 'Tờ khai đề nghị hỗ trợ chi phí mai táng', by: 'form' }, { name: 'Trích lục khai tử', by: 'office' }],
  pages: [
    requesterPage(),
    {
      id: 'deceased', path: 'nguoi-chet', title: text('Người chết', 'The deceased'),
      fields: [
        { id: 'deceased', type: 'person', label: text('Người chết', 'The deceased'), parts: ['name', 'birthDate', 'citizenId'], optional: ['citizenId'] },
        { id: 'deathDate', type: 'date', label: text('Ngày chết', 'Date of death'), max: { today: {} } },
        { id: 'extractNumber', type: 'text', maxLength: 60, required: false, label: text('Số trích lục khai tử', 'Number of the extract') },
      ],
    },
    { id: 'place', path: 'noi-giai-quyet', title: text('Nơi giải quyết', 'Where it is decided'), fields: [{ id: 'place', type: 'address', street: 'none', label: text('Xã, phường nơi người chết cư trú', 'Commune where the deceased lived') }] },
    ...supportPages,
    truthful,
  ],
}
