import type { FormDefinition, Page } from '../definition.ts'
import { requesterFacts, requesterPage, text, truthful } from './usual-pages.ts'

/** Where the child is treated first: asked here and where the card is one part of a linked filing. */
export const firstFacilityPages: Page[] = [
  {
    id: 'firstFacility', path: 'noi-kham-ban-dau', title: text('Nơi khám chữa bệnh ban đầu', 'First medical facility'),
    fields: [{
      id: 'firstFacility', type: 'choice', label: text('Đăng ký khám chữa bệnh ban đầu ở đâu?', 'Where will the child be treated first?'), name: text('Nơi khám chữa bệnh ban đầu', 'First medical facility'),
      options: [{ value: 'commune', label: text('Trạm y tế nơi cư trú', 'The health station of the place of residence') }, { value: 'other', label: text('Cơ sở khác trong tỉnh', 'Another facility of the province') }],
    }],
  },
  {
    id: 'facility', path: 'co-so-kham-chua-benh', title: text('Cơ sở khám bệnh, chữa bệnh', 'The medical facility'), condition: { field: 'firstFacility', equals: 'other' },
    fields: [{ id: 'facility', type: 'text', maxLength: 150, label: text('Tên cơ sở khám bệnh, chữa bệnh', 'Name of the facility') }],
  },
]

/** First health-insurance card of a child under six ("cấp thẻ bảo hiểm y tế cho trẻ em dưới 6 tuổi", a case of procedure 1.001939). */
export const childInsuranceCard: FormDefinition = {
  key: 'child-insurance-card', version: 1, title: text('Tờ khai cấp thẻ bảo hiểm y tế cho trẻ em dưới 6 tuổi', 'Application for the health-insurance card of a child under six'),
  source: text('Mẫu TK1-TS, Quyết định 490/QĐ-BHXH; Luật Bảo hiểm y tế 2008, Điều 12', 'Form TK1-TS, Decision 490/QĐ-BHXH; Law on Health Insurance 2008, article 12'),
  placeField: 'home', applicant: requesterFacts(),
  components: [{ name: 'Tờ khai tham gia, điều chỉnh thông tin bảo hiểm', by: 'form' }, { name: 'Thẻ căn cước', by: 'office' }, { name: 'Giấy khai sinh của trẻ', by: 'office' }],
  pages: [
    requesterPage(),
    {
      id: 'child', path: 'tre-em', title: text('Trẻ em', 'The child'),
      fields: [
        { id: 'child', type: 'child', label: text('Trẻ em', 'The child'), parts: ['name', 'birthDate', 'sex', 'citizenId', 'ethnicity', 'nationality'], optional: ['citizenId'], maxAge: 6 },
        { id: 'birthCertificate', type: 'text', maxLength: 60, required: false, label: text('Số Giấy khai sinh', 'Number of the birth certificate') },
      ],
    },
    { id: 'home', path: 'noi-cu-tru', title: text('Nơi cư trú của trẻ', 'Where the child lives'), fields: [{ id: 'home', type: 'address', label: text('Nơi cư trú của trẻ', 'Where the child lives') }] },
    ...firstFacilityPages,
    truthful,
  ],
}
