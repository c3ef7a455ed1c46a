import type { FormDefinition } from '../definition.ts'
import { paper, requesterFacts, requesterPage, text, truthful } from './usual-pages.ts'

/** Re-issue or correction of the health-insurance card ("cấp lại, đổi thẻ bảo hiểm y tế", part of procedure 1.002759). */
export const healthInsuranceCard: FormDefinition = {
  key: 'health-insurance-card', version: 1, title: text('Tờ khai cấp lại, đổi thẻ bảo hiểm y tế', 'Application to re-issue or change the health-insurance card'),
  source: text('Mẫu TK1-TS, Quyết định 490/QĐ-BHXH; Luật Bảo hiểm y tế 2008, Điều 18 – 19', 'Form TK1-TS, Decision 490/QĐ-BHXH; Law on Health Insurance 2008, articles 18 and 19'),
  placeField: 'requester.residence', applicant: requesterFacts(),
  components: [
    { name: 'Tờ khai tham gia, điều chỉnh thông tin bảo hiểm xã hội, bảo hiểm y tế', by: 'form' },
    { name: 'Thẻ căn cước', by: 'office' },
    { name: 'Giấy khai sinh của trẻ', by: 'office', when: { field: 'insured', equals: 'child' } },
    { name: 'Thẻ bảo hiểm y tế cũ', by: 'desk', when: { field: 'reason', equals: 'damaged' } },
  ],
  pages: [
    requesterPage(),
    {
      id: 'insured', path: 'nguoi-duoc-cap-the', title: text('Người được cấp thẻ', 'Whose card it is'),
      fields: [{ id: 'insured', type: 'choice', label: text('Thẻ của ai?', 'Whose card is it?'), name: text('Người được cấp thẻ', 'Whose card'), options: [{ value: 'self', label: text('Của tôi', 'Mine') }, { value: 'child', label: text('Của con tôi dưới 16 tuổi', 'That of my child under 16') }] }],
    },
    {
      id: 'child', path: 'tre-em', title: text('Trẻ em', 'The child'), condition: { field: 'insured', equals: 'child' },
      fields: [{ id: 'child', type: 'child', label: text('Trẻ em', 'The child'), parts: ['name', 'birthDate', 'sex', 'citizenId', 'ethnicity', 'nationality', 'birthPlace'], optional: ['citizenId', 'birthPlace'] }],
    },
    {
      id: 'card', path: 'the-hien-co', title: text('Thẻ hiện có', 'The present card'),
      fields: [
        { id: 'insuranceNumber', type: 'insurance-number', label: text('Mã số bảo hiểm xã hội', 'Insurance number') },
        { id: 'group', type: 'choice', look: 'select', label: text('Đối tượng tham gia', 'Insured as'), options: [['worker', 'Người lao động', 'Employee'], ['pension', 'Người hưởng lương hưu, trợ cấp', 'Pensioner'], ['child', 'Trẻ em dưới 6 tuổi', 'Child under 6'], ['student', 'Học sinh, sinh viên', 'Pupil or student'], ['household', 'Hộ gia đình', 'Household'], ['supported', 'Người được ngân sách hỗ trợ', 'Supported by the budget']].map(([value = '', vi = '', en = '']) => ({ value, label: text(vi, en) })) },
      ],
    },
    {
      id: 'reason', path: 'ly-do', title: text('Lý do', 'Reason'),
      fields: [{
        id: 'reason', type: 'choice', label: text('Vì sao cần cấp lại hoặc đổi thẻ?', 'Why is a new card needed?'), name: text('Lý do', 'Reason'),
        options: [
          { value: 'lost', label: text('Mất thẻ', 'Lost') },
          { value: 'damaged', label: text('Thẻ rách, hỏng', 'Damaged'), hint: text('Mang thẻ cũ khi nhận thẻ mới', 'Bring the old card when you receive the new one') },
          { value: 'wrong', label: text('Thông tin trên thẻ sai hoặc đã thay đổi', 'What it says is wrong or has changed') },
          { value: 'facility', label: text('Đổi nơi đăng ký khám chữa bệnh ban đầu', 'Change of the first medical facility'), hint: text('Trong 15 ngày đầu mỗi quý', 'In the first 15 days of a quarter') },
        ],
      }],
    },
    {
      id: 'changes', path: 'noi-dung-thay-doi', title: text('Nội dung thay đổi', 'What changes'), condition: { field: 'reason', equals: 'wrong' },
      fields: [
        {
          id: 'changes', type: 'group', look: 'table', min: 1, max: 8, label: text('Nội dung thay đổi', 'Changes'), itemTitle: text('Thay đổi', 'Change'),
          fields: [
            { id: 'what', type: 'choice', look: 'select', label: text('Mục', 'Item'), options: [['name', 'Họ và tên', 'Name'], ['birthDate', 'Ngày sinh', 'Date of birth'], ['sex', 'Giới tính', 'Sex'], ['address', 'Địa chỉ', 'Address'], ['fiveYears', 'Thời điểm đủ 5 năm liên tục', 'Five years without a break'], ['benefit', 'Mã quyền lợi', 'Benefit code']].map(([value = '', vi = '', en = '']) => ({ value, label: text(vi, en) })) },
            { id: 'old', type: 'text', maxLength: 120, label: text('Thông tin trên thẻ', 'On the card') },
            { id: 'new', type: 'text', maxLength: 120, label: text('Thông tin đúng', 'What is right') },
          ],
        },
        paper('changesFile', 'Giấy tờ chứng minh thông tin thay đổi', text('Giấy tờ chứng minh', 'Proof'), { maxFiles: 4, required: false, hint: text('Không cần khi thông tin có trong dữ liệu dân cư', 'Not needed where the population data have it') }),
      ],
    },
    {
      id: 'facility', path: 'noi-kham-chua-benh', title: text('Nơi đăng ký khám chữa bệnh ban đầu', 'First medical facility'), condition: { field: 'reason', equals: 'facility' },
      fields: [
        { id: 'facility', type: 'text', maxLength: 150, label: text('Cơ sở khám bệnh, chữa bệnh mới', 'The new facility') },
        { id: 'facilityFrom', type: 'date', label: text('Từ ngày', 'From'), min: { today: {} }, max: { today: { days: 120 } } },
      ],
    },
    {
      id: 'validity', path: 'thoi-han-the', title: text('Thời hạn đã đóng', 'Time that is paid for'),
      fields: [{ id: 'validity', type: 'period', open: true, label: text('Thời hạn của thẻ', 'Validity of the card'), hint: text('Như trên thẻ hoặc VssID', 'As on the card or in VssID'), min: { today: { years: -5 } }, max: { today: { years: 5 } } }],
    },
    {
      id: 'form', path: 'dang-the', title: text('Dạng thẻ', 'Form of the card'),
      fields: [{ id: 'cardForm', type: 'choice', label: text('Muốn nhận thẻ dạng nào?', 'Which card would you like?'), name: text('Dạng thẻ', 'Form of the card'), options: [{ value: 'electronic', label: text('Thẻ điện tử', 'Electronic') }, { value: 'paper', label: text('Thẻ giấy', 'On paper') }] }],
    },
    truthful,
  ],
}
