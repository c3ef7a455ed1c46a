import type { FormDefinition } from '../definition.ts'
import { paper, requesterFacts, requesterPage, text, truthful } from './usual-pages.ts'

/** Removal of permanent residence ("xóa đăng ký thường trú", procedure 1.003197). */
export const residenceRemoval: FormDefinition = {
  key: 'residence-removal', version: 1, title: text('Tờ khai xóa đăng ký thường trú', 'Declaration for the removal of permanent residence'),
  source: text('Mẫu CT01, Thông tư 53/2025/TT-BCA; Luật Cư trú 2020, Điều 24', 'Form CT01, Circular 53/2025/TT-BCA; Law on Residence 2020, article 24'),
  placeField: 'removedHome', applicant: requesterFacts(),
  components: [{ name: 'Tờ khai thay đổi thông tin cư trú', by: 'form' }, { name: 'Thẻ căn cước', by: 'office' }, { name: 'Trích lục khai tử', by: 'office', when: { field: 'removalReason', equals: 'death' } }],
  pages: [
    requesterPage(),
    {
      id: 'removalReason', path: 'truong-hop', title: text('Trường hợp', 'The case'),
      fields: [{
        id: 'removalReason', type: 'choice', label: text('Vì sao xóa đăng ký thường trú?', 'Why is the registration removed?'), name: text('Trường hợp', 'Case'),
        options: [{ value: 'death', label: text('Người có tên đã chết', 'The person has died') }, { value: 'abroad', label: text('Ra nước ngoài định cư', 'The person settles abroad') }, { value: 'left', label: text('Vắng mặt liên tục từ 12 tháng trở lên', 'Away for 12 months or more') }],
      }],
    },
    {
      id: 'person', path: 'nguoi-duoc-xoa', title: text('Người được xóa đăng ký', 'Whose registration is removed'),
      fields: [{ id: 'person', type: 'person', label: text('Người được xóa đăng ký thường trú', 'Whose registration is removed'), parts: ['name', 'birthDate', 'citizenId'], optional: ['citizenId'] }],
    },
    { id: 'removedHome', path: 'noi-thuong-tru', title: text('Nơi thường trú', 'The permanent home'), fields: [{ id: 'removedHome', type: 'address', street: 'optional', label: text('Nơi đã đăng ký thường trú', 'Where the person is registered') }] },
    {
      id: 'death', path: 'trich-luc-khai-tu', title: text('Trích lục khai tử', 'Extract of the death record'), condition: { field: 'removalReason', equals: 'death' },
      guidance: text('Công an tra cứu dữ liệu hộ tịch, không cần nộp bản giấy.', 'The police look it up; no paper is needed.'),
      fields: [{ id: 'extractNumber', type: 'text', maxLength: 60, required: false, label: text('Số trích lục khai tử', 'Number of the extract') }],
    },
    {
      id: 'proof', path: 'giay-to-chung-minh', title: text('Giấy tờ chứng minh', 'Proof'), condition: { not: { field: 'removalReason', equals: 'death' } },
      fields: [paper('proofFile', 'Giấy tờ chứng minh thuộc trường hợp xóa đăng ký thường trú', text('Giấy tờ chứng minh', 'Proof of the case'))],
    },
    truthful,
  ],
}
