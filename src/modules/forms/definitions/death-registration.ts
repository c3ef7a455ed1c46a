import type { FormDefinition } from '../definition.ts'
import { declarationPage, paper, placePage, requesterFacts, requesterPage, text } from './usual-pages.ts'

const notice = 'Giấy báo tử hoặc giấy tờ thay thế'
const evidence = 'Giấy tờ, chứng cứ chứng minh sự kiện chết'
const authorisation = 'Văn bản ủy quyền'

/** Registration of a death ("đăng ký khai tử", procedure 1.000656). */
export const deathRegistration: FormDefinition = {
  key: 'death-registration', version: 1,
  title: text('Tờ khai đăng ký khai tử', 'Declaration for the registration of a death'),
  source: text('Luật Hộ tịch 2014, Điều 32 – 34; Thông tư 04/2024/TT-BTP', 'Law on Civil Status 2014, articles 32 to 34; Circular 04/2024/TT-BTP'),
  placeField: 'place', applicant: requesterFacts(),
  components: [
    { name: 'Tờ khai đăng ký khai tử', by: 'form' },
    { name: 'Thẻ căn cước', by: 'office' },
    { name: 'Giấy tờ chứng minh nơi cư trú cuối cùng của người chết', by: 'office', when: { field: 'lastResidenceKnown', equals: 'yes' } },
  ],
  pages: [
    requesterPage(),
    {
      id: 'relation', path: 'quan-he', title: text('Quan hệ với người chết', 'Relation to the deceased'),
      fields: [{
        id: 'relation', type: 'choice', label: text('Quan hệ với người chết', 'Relation to the deceased'),
        options: [
          { value: 'spouse', label: text('Vợ, chồng', 'Spouse') }, { value: 'child', label: text('Con', 'Child') }, { value: 'parent', label: text('Cha, mẹ', 'Parent') },
          { value: 'relative', label: text('Người thân thích khác', 'Other relative') },
          { value: 'organisation', label: text('Đại diện cơ quan, tổ chức nơi người đó chết hoặc nuôi dưỡng', 'For the organisation where the person died or was cared for') },
          { value: 'authorised', label: text('Được ủy quyền', 'Authorised by a relative'), hint: text('Cần văn bản ủy quyền có chứng thực', 'A certified authorisation is needed') },
        ],
      }],
    },
    {
      id: 'authorisation', path: 'uy-quyen', title: text('Văn bản ủy quyền', 'Authorisation'), condition: { field: 'relation', equals: 'authorised' },
      fields: [paper('authorisationFile', authorisation, text('Văn bản ủy quyền có chứng thực', 'Certified authorisation'))],
    },
    {
      id: 'death', path: 'viec-chet', title: text('Việc chết', 'The death'),
      guidance: text('Vợ, chồng, con, cha, mẹ hoặc người thân thích khác đăng ký trong 15 ngày kể từ ngày có người chết.', 'The spouse, children, parents or other relatives register within 15 days of the death.'),
      fields: [
        { id: 'deathDate', type: 'date', label: text('Ngày, tháng, năm chết', 'Date of death'), max: { today: {} } },
        { id: 'deathHour', type: 'number', min: 0, max: 23, required: false, label: text('Giờ chết', 'Hour of death'), hint: text('Từ 0 đến 23, nếu biết', 'From 0 to 23, where known') },
        { id: 'deathMinute', type: 'number', min: 0, max: 59, required: false, label: text('Phút', 'Minute') },
        { id: 'cause', type: 'text', maxLength: 150, label: text('Nguyên nhân chết', 'Cause of death'), hint: text('Như trên giấy báo tử, ví dụ: bệnh, tai nạn, tuổi già', 'As on the death notice, for example illness, accident, old age') },
      ],
      rules: [{ rule: 'implies', if: { field: 'deathMinute', notEmpty: true }, then: { field: 'deathHour', notEmpty: true }, at: 'deathHour', message: text('Đã ghi phút thì phải ghi giờ chết. Nhập giờ chết hoặc bỏ phút.', 'Minutes need an hour. Enter the hour of death or leave the minutes out.') }],
    },
    {
      id: 'deathPlace', path: 'noi-chet', title: text('Nơi chết', 'Place of death'),
      guidance: text('Chọn theo tên đơn vị hành chính tại ngày chết.', 'Choose by the name the unit had on the day of death.'),
      fields: [
        { id: 'deathFacility', type: 'text', maxLength: 150, required: false, label: text('Cơ sở y tế', 'Medical facility'), hint: text('Nếu chết tại cơ sở y tế', 'Where the person died in one') },
        { id: 'deathPlace', type: 'address', street: 'optional', asOf: { field: 'deathDate' }, label: text('Nơi chết', 'Place of death') },
      ],
    },
    {
      id: 'deceased', path: 'nguoi-chet', title: text('Người chết', 'The deceased'),
      fields: [{ id: 'deceased', type: 'person', label: text('Người chết', 'The deceased'), parts: ['name', 'birthDate', 'sex', 'ethnicity', 'nationality', 'citizenId'], optional: ['citizenId'], bornBy: { field: 'deathDate' } }],
    },
    {
      id: 'lastResidenceKnown', path: 'noi-cu-tru-cuoi', title: text('Nơi cư trú cuối cùng', 'Last residence'),
      fields: [{ id: 'lastResidenceKnown', type: 'choice', label: text('Có biết nơi cư trú cuối cùng của người chết không?', 'Is the last residence known?'), name: text('Biết nơi cư trú cuối cùng', 'Last residence known'), options: [{ value: 'yes', label: text('Có', 'Yes') }, { value: 'no', label: text('Không', 'No') }] }],
    },
    {
      id: 'lastResidence', path: 'dia-chi-cu-tru-cuoi', title: text('Địa chỉ cư trú cuối cùng', 'Address of the last residence'), condition: { field: 'lastResidenceKnown', equals: 'yes' },
      fields: [{ id: 'lastResidence', type: 'address', asOf: { field: 'deathDate' }, label: text('Nơi cư trú cuối cùng', 'Last residence') }],
    },
    {
      id: 'found', path: 'noi-phat-hien', title: text('Giấy tờ về nơi chết', 'Paper about the place of death'), condition: { field: 'lastResidenceKnown', equals: 'no' },
      fields: [paper('foundFile', 'Giấy tờ chứng minh nơi chết hoặc nơi phát hiện thi thể', text('Giấy tờ chứng minh nơi người đó chết hoặc nơi phát hiện thi thể', 'Proof of where the person died or was found'))],
    },
    {
      id: 'evidence', path: 'giay-to-chung-minh', title: text('Giấy tờ chứng minh việc chết', 'Evidence of the death'),
      fields: [{
        id: 'evidence', type: 'choice', label: text('Có giấy tờ nào chứng minh việc chết?', 'Which evidence of the death is there?'), name: text('Giấy tờ chứng minh', 'Evidence'),
        options: [
          { value: 'electronic', label: text('Giấy báo tử điện tử', 'Electronic death notice'), hint: text('Chỉ cần số giấy báo tử', 'Only its number is needed') },
          { value: 'paper', label: text('Giấy báo tử bản giấy hoặc giấy tờ thay thế', 'Death notice on paper, or a paper in its place') },
          { value: 'other', label: text('Người chết đã lâu, không có giấy báo tử', 'Died long ago, without a notice'), hint: text('Nộp giấy tờ, chứng cứ do cơ quan có thẩm quyền cấp', 'Papers of an authority prove the death') },
        ],
      }],
    },
    {
      id: 'notice', path: 'giay-bao-tu', title: text('Giấy báo tử', 'Death notice'), condition: { field: 'evidence', in: ['electronic', 'paper'] },
      fields: [
        { id: 'noticeNumber', type: 'text', format: 'paperNumber', maxLength: 40, label: text('Số giấy báo tử', 'Number of the notice') },
        { id: 'noticeDate', type: 'date', label: text('Ngày cấp', 'Date of issue'), min: { field: 'deathDate' }, max: { today: {} } },
        { id: 'noticeIssuer', type: 'text', maxLength: 150, label: text('Cơ quan cấp', 'Issued by') },
        paper('noticeFile', notice, text('Bản chụp giấy báo tử', 'Picture of the death notice'), { condition: { field: 'evidence', equals: 'paper' }, maxFiles: 2 }),
      ],
    },
    {
      id: 'otherEvidence', path: 'chung-cu', title: text('Giấy tờ, chứng cứ khác', 'Other evidence'), condition: { field: 'evidence', equals: 'other' },
      fields: [paper('evidenceFile', evidence, text('Giấy tờ, chứng cứ chứng minh sự kiện chết', 'Papers that prove the death'), { maxFiles: 5 })],
    },
    placePage(text('Nơi đăng ký khai tử', 'Where to register'), text('Ủy ban nhân dân xã, phường nơi cư trú cuối cùng của người chết; không biết thì nơi người đó chết.', 'The commune of the last residence; where it is not known, that of the death.'), text('Xã, phường đăng ký khai tử', 'Commune of registration')),
    {
      id: 'copies', path: 'ban-sao', title: text('Bản sao trích lục khai tử', 'Copies of the extract'),
      fields: [{ id: 'copies', type: 'number', min: 0, max: 20, label: text('Cần bao nhiêu bản sao trích lục?', 'How many copies of the extract are needed?'), name: text('Số bản sao', 'Number of copies'), hint: text('Ghi 0 nếu không cần', 'Enter 0 if none') }],
    },
    declarationPage('Tôi cam đoan nội dung khai là đúng sự thật và chịu trách nhiệm trước pháp luật', 'I declare that what I stated is true and that I answer for it before the law'),
  ],
}
