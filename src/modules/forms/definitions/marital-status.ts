import type { FormDefinition } from '../definition.ts'
import { paper, placePage, requesterFacts, requesterPage, text, truthful } from './usual-pages.ts'

const forOther = { field: 'subject', equals: 'other' } as const

/** Confirmation of marital status ("cấp giấy xác nhận tình trạng hôn nhân", procedure 1.004873). */
export const maritalStatus: FormDefinition = {
  key: 'marital-status', version: 1,
  title: text('Tờ khai cấp Giấy xác nhận tình trạng hôn nhân', 'Application for confirmation of marital status'),
  source: text('Nghị định 123/2015/NĐ-CP, Điều 21 – 23; Thông tư 04/2024/TT-BTP', 'Decree 123/2015/NĐ-CP, articles 21 to 23; Circular 04/2024/TT-BTP'),
  placeField: 'place', applicant: requesterFacts(),
  components: [
    { name: 'Tờ khai cấp Giấy xác nhận tình trạng hôn nhân', by: 'form' },
    { name: 'Thẻ căn cước', by: 'office' },
    { name: 'Thông tin về nơi cư trú', by: 'office' },
  ],
  pages: [
    requesterPage(),
    {
      id: 'subject', path: 'nguoi-duoc-xac-nhan', title: text('Người được xác nhận', 'Whose status is confirmed'),
      fields: [{ id: 'subject', type: 'choice', label: text('Xác nhận cho ai?', 'Whose marital status is to be confirmed?'), name: text('Người được xác nhận', 'Whose status'), options: [{ value: 'self', label: text('Cho chính mình', 'My own') }, { value: 'other', label: text('Cho người khác, theo ủy quyền', 'Somebody else’s, by authorisation') }] }],
    },
    {
      id: 'person', path: 'thong-tin-nguoi-duoc-xac-nhan', title: text('Thông tin người được xác nhận', 'The person whose status is confirmed'), condition: forOther,
      fields: [
        { id: 'person', type: 'person', label: text('Người được xác nhận', 'The person'), parts: ['name', 'birthDate', 'sex', 'ethnicity', 'nationality', 'citizenId', 'residence'], minAge: 18 },
        paper('authorisation', 'Văn bản ủy quyền', text('Văn bản ủy quyền', 'Authorisation')),
      ],
    },
    {
      id: 'own', path: 'dan-toc-quoc-tich', title: text('Dân tộc và quốc tịch', 'Ethnic group and nationality'), condition: { field: 'subject', equals: 'self' },
      fields: [
        { id: 'ethnicity', type: 'choice', list: 'ethnicities', look: 'select', label: text('Dân tộc', 'Ethnic group') },
        { id: 'nationality', type: 'choice', list: 'countries', look: 'select', label: text('Quốc tịch', 'Nationality') },
      ],
    },
    {
      id: 'status', path: 'tinh-trang', title: text('Tình trạng hôn nhân', 'Marital status'),
      fields: [{
        id: 'status', type: 'choice', label: text('Tình trạng hôn nhân hiện nay', 'Marital status now'),
        options: [
          { value: 'single', label: text('Chưa đăng ký kết hôn với ai', 'Never married') },
          { value: 'married', label: text('Đang có vợ hoặc chồng', 'Married') },
          { value: 'divorced', label: text('Đã ly hôn, chưa đăng ký kết hôn lại', 'Divorced and not married again') },
          { value: 'widowed', label: text('Vợ hoặc chồng đã chết, chưa đăng ký kết hôn lại', 'Widowed and not married again') },
        ],
      }],
    },
    {
      id: 'marriage', path: 'cuoc-hon-nhan', title: text('Cuộc hôn nhân', 'The marriage'), condition: { not: { field: 'status', equals: 'single' } },
      fields: [
        { id: 'spouseName', type: 'person-name', label: text('Họ tên vợ hoặc chồng', 'Name of the spouse') },
        { id: 'marriageNumber', type: 'text', format: 'paperNumber', maxLength: 40, required: false, label: text('Số giấy chứng nhận kết hôn', 'Number of the marriage certificate') },
        { id: 'marriageDate', type: 'date', label: text('Ngày đăng ký kết hôn', 'Date of the marriage'), max: { today: {} } },
      ],
    },
    {
      id: 'end', path: 'cham-dut-hon-nhan', title: text('Việc chấm dứt hôn nhân', 'How the marriage ended'), condition: { field: 'status', in: ['divorced', 'widowed'] },
      guidance: text('Bản sao giấy tờ chỉ cần khi dữ liệu hộ tịch chưa có.', 'A copy is needed only where the civil-status data do not have it.'),
      fields: [
        { id: 'endNumber', type: 'text', format: 'paperNumber', maxLength: 40, label: text('Số bản án, quyết định ly hôn hoặc trích lục khai tử', 'Number of the divorce judgment or death extract') },
        { id: 'endDate', type: 'date', label: text('Ngày bản án có hiệu lực hoặc ngày chết', 'Day of the divorce or death'), min: { field: 'marriageDate' }, max: { today: {} } },
        paper('endFile', 'Giấy tờ chứng minh đã ly hôn hoặc vợ, chồng đã chết', text('Bản sao giấy tờ', 'Copy of the paper'), { required: false }),
      ],
    },
    {
      id: 'residences', path: 'qua-trinh-cu-tru', title: text('Thời gian cần xác nhận', 'Time to be confirmed'),
      guidance: text('Từ khi đủ tuổi kết hôn đã ở nhiều nơi thì khai từng nơi, từng thời gian.', 'Who has lived in several places since the age of marriage gives each place with its time.'),
      fields: [{
        id: 'residences', type: 'group', min: 1, max: 8, label: text('Nơi cư trú và thời gian', 'Places and times'), itemTitle: text('Nơi cư trú', 'Place'),
        fields: [
          { id: 'time', type: 'period', open: true, max: { today: {} }, label: text('Thời gian cư trú', 'Time of residence'), hint: text('Để trống ngày kết thúc nếu còn ở đó', 'Leave the last day empty where it still lasts') },
          { id: 'address', type: 'text', maxLength: 200, label: text('Địa chỉ, ghi theo tên thời gian đó', 'Address, by its names at that time') },
        ],
      }],
    },
    {
      id: 'purpose', path: 'muc-dich', title: text('Mục đích sử dụng', 'What it is for'),
      fields: [{
        id: 'purpose', type: 'choice', label: text('Giấy xác nhận dùng để làm gì?', 'What is the confirmation for?'), name: text('Mục đích sử dụng', 'Purpose'),
        options: [
          { value: 'marriage', label: text('Đăng ký kết hôn', 'To marry'), hint: text('Chỉ được cấp một bản', 'Only one is issued') },
          { value: 'property', label: text('Mua bán, chuyển nhượng tài sản', 'To buy or sell property') },
          { value: 'loan', label: text('Vay vốn', 'For a loan') },
          { value: 'other', label: text('Mục đích khác', 'Something else') },
        ],
      }],
    },
    {
      id: 'marry', path: 'nguoi-du-dinh-ket-hon', title: text('Người dự định kết hôn', 'Whom you will marry'), condition: { field: 'purpose', equals: 'marriage' },
      fields: [
        { id: 'fiance', type: 'person', label: text('Người dự định kết hôn', 'Future spouse'), parts: ['name', 'birthDate', 'nationality', 'citizenId'], optional: ['citizenId'], minAge: 18 },
        { id: 'marriagePlace', type: 'text', maxLength: 150, label: text('Nơi dự định đăng ký kết hôn', 'Where you will marry') },
      ],
    },
    { id: 'otherPurpose', path: 'muc-dich-khac', title: text('Mục đích khác', 'Other purpose'), condition: { field: 'purpose', equals: 'other' }, fields: [{ id: 'otherPurpose', type: 'text', maxLength: 200, label: text('Ghi rõ mục đích', 'Say what it is for') }] },
    {
      id: 'again', path: 'cap-lai', title: text('Lần cấp trước', 'Issued before'),
      fields: [{ id: 'again', type: 'choice', label: text('Đã từng được cấp giấy xác nhận?', 'Has a confirmation been issued before?'), name: text('Đã từng được cấp', 'Issued before'), options: [{ value: 'yes', label: text('Có', 'Yes') }, { value: 'no', label: text('Chưa', 'No') }] }],
    },
    {
      id: 'former', path: 'giay-da-cap', title: text('Giấy xác nhận đã cấp', 'The former confirmation'), condition: { field: 'again', equals: 'yes' },
      fields: [paper('formerFile', 'Giấy xác nhận tình trạng hôn nhân đã cấp trước đây', text('Giấy xác nhận đã cấp', 'The confirmation issued before'), { required: false, hint: text('Không còn giấy thì bỏ trống; lý do do công chức hỏi lại', 'Leave empty where it is lost; the officer asks why') })],
    },
    placePage(text('Nơi cấp', 'Where it is issued'), text('Ủy ban nhân dân xã, phường nơi thường trú; không có thì nơi tạm trú.', 'The commune of permanent residence, else of temporary residence.')),
    truthful,
  ],
}
