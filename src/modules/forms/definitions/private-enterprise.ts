import type { FormDefinition } from '../definition.ts'
import { isYes, paper, text, yesNo } from './usual-pages.ts'

const dong = { min: 0, max: 10_000_000_000_000 }

/** Registration of a private enterprise ("đăng ký thành lập doanh nghiệp tư nhân", procedure 2.001610). */
export const privateEnterprise: FormDefinition = {
  key: 'private-enterprise', version: 1, title: text('Giấy đề nghị đăng ký doanh nghiệp tư nhân', 'Application to register a private enterprise'),
  source: text('Nghị định 168/2025/NĐ-CP; Thông tư 68/2025/TT-BTC', 'Decree 168/2025/NĐ-CP; Circular 68/2025/TT-BTC'),
  placeField: 'seat',
  applicant: { name: 'owner.name', citizenId: 'owner.citizenId', birthDate: 'owner.birthDate', sex: 'owner.sex', phone: 'owner.phone', email: 'owner.email', address: 'owner.residence' },
  components: [{ name: 'Giấy đề nghị đăng ký doanh nghiệp', by: 'form' }, { name: 'Giấy tờ pháp lý của chủ doanh nghiệp', by: 'office' }],
  pages: [
    {
      id: 'owner', path: 'chu-doanh-nghiep', title: text('Chủ doanh nghiệp tư nhân', 'The owner'),
      guidance: text('Mỗi cá nhân chỉ thành lập một doanh nghiệp tư nhân và không đồng thời là chủ hộ kinh doanh.', 'A person founds one private enterprise only and owns no household business beside it.'),
      fields: [{ id: 'owner', type: 'person', self: true, label: text('Chủ doanh nghiệp tư nhân', 'Owner'), parts: ['name', 'birthDate', 'sex', 'citizenId', 'ethnicity', 'nationality', 'residence', 'phone', 'email'], minAge: 18 }],
    },
    {
      id: 'kind', path: 'truong-hop', title: text('Trường hợp thành lập', 'How it is founded'),
      fields: [
        {
          id: 'kind', type: 'choice', label: text('Doanh nghiệp được thành lập như thế nào?', 'How is the enterprise founded?'), name: text('Trường hợp thành lập', 'Founding'),
          options: [{ value: 'new', label: text('Thành lập mới', 'Newly') }, { value: 'household', label: text('Chuyển đổi từ hộ kinh doanh', 'From a household business') }],
        },
        { id: 'social', type: 'choice', label: text('Đăng ký là doanh nghiệp xã hội?', 'Is it a social enterprise?'), name: text('Doanh nghiệp xã hội', 'Social enterprise'), hint: text('Dùng ít nhất 51% lợi nhuận cho mục tiêu xã hội, môi trường', 'At least 51% of its profit serves society or the environment'), options: yesNo },
        { id: 'byOther', type: 'choice', label: text('Có ủy quyền cho người khác làm thủ tục?', 'Does somebody else act for the owner?'), name: text('Ủy quyền làm thủ tục', 'Authorisation'), options: yesNo },
      ],
    },
    {
      id: 'household', path: 'ho-kinh-doanh', title: text('Hộ kinh doanh được chuyển đổi', 'The household business'), condition: { field: 'kind', equals: 'household' },
      fields: [
        { id: 'householdCode', type: 'tax-code', personal: true, label: text('Mã số hộ kinh doanh', 'Number of the household business') },
        paper('householdFile', 'Bản sao Giấy chứng nhận đăng ký hộ kinh doanh', text('Bản sao Giấy chứng nhận đăng ký hộ kinh doanh', 'Copy of its certificate')),
      ],
    },
    {
      id: 'socialAims', path: 'muc-tieu-xa-hoi', title: text('Mục tiêu xã hội, môi trường', 'Social aims'), condition: isYes('social'),
      fields: [
        { id: 'aims', type: 'long-text', maxLength: 1000, rows: 4, label: text('Vấn đề xã hội, môi trường và cách giải quyết', 'The problem and how it is met') },
        paper('aimsFile', 'Cam kết thực hiện mục tiêu xã hội, môi trường', text('Cam kết có chữ ký của chủ doanh nghiệp', 'Undertaking signed by the owner')),
      ],
    },
    {
      id: 'authorisation', path: 'uy-quyen', title: text('Ủy quyền làm thủ tục', 'Authorisation'), condition: isYes('byOther'),
      fields: [
        { id: 'agent', type: 'person', label: text('Người được ủy quyền', 'Authorised person'), parts: ['name', 'citizenId', 'phone'] },
        paper('authorisationFile', 'Văn bản ủy quyền thực hiện thủ tục', text('Văn bản ủy quyền', 'Authorisation'), { hint: text('Không cần công chứng, chứng thực', 'It need not be notarised') }),
      ],
    },
    {
      id: 'name', path: 'ten-doanh-nghiep', title: text('Tên doanh nghiệp', 'Name of the enterprise'),
      guidance: text('Giấy chứng nhận ghi “Doanh nghiệp tư nhân” trước tên riêng.', 'The certificate puts “Doanh nghiệp tư nhân” before the proper name.'),
      fields: [
        { id: 'enterpriseName', type: 'text', format: 'enterpriseName', minLength: 2, maxLength: 150, label: text('Tên riêng', 'Proper name') },
        { id: 'foreignName', type: 'text', format: 'enterpriseName', maxLength: 150, required: false, label: text('Tên bằng tiếng nước ngoài', 'Name in a foreign language') },
        { id: 'shortName', type: 'text', format: 'enterpriseName', maxLength: 50, required: false, label: text('Tên viết tắt', 'Short name') },
      ],
      rules: [{ rule: 'different', fields: ['enterpriseName', 'foreignName', 'shortName'] }],
    },
    {
      id: 'seat', path: 'tru-so-chinh', title: text('Trụ sở chính', 'Head office'), guidance: text('Không đặt trụ sở tại căn hộ chung cư chỉ để ở.', 'Not in a flat that serves for living only.'),
      fields: [
        { id: 'seat', type: 'address', label: text('Địa chỉ trụ sở chính', 'Address of the head office') },
        { id: 'seatPhone', type: 'phone', label: text('Điện thoại của doanh nghiệp', 'Telephone of the enterprise') },
        { id: 'website', type: 'text', maxLength: 100, required: false, label: text('Trang thông tin điện tử', 'Website') },
      ],
    },
    {
      id: 'industries', path: 'nganh-nghe', title: text('Ngành, nghề kinh doanh', 'Lines of business'), guidance: text('Ghi ngành, nghề chính đầu tiên. Mã ngành cấp bốn.', 'Put the main line first. Codes of level four.'),
      fields: [{
        id: 'industries', type: 'group', look: 'table', min: 1, max: 30, label: text('Ngành, nghề kinh doanh', 'Lines of business'), itemTitle: text('Ngành, nghề', 'Line of business'),
        fields: [
          { id: 'code', type: 'text', format: 'industryCode', maxLength: 4, label: text('Mã ngành', 'Code') },
          { id: 'name', type: 'text', maxLength: 200, label: text('Tên ngành, nghề', 'Name of the line') },
        ],
      }],
    },
    {
      id: 'capital', path: 'von-dau-tu', title: text('Vốn đầu tư', 'Capital'), guidance: text('Quy đổi tất cả ra đồng Việt Nam.', 'All in Vietnamese dong.'),
      fields: [
        { id: 'cash', type: 'money', ...dong, label: text('Đồng Việt Nam', 'Vietnamese dong') },
        { id: 'currency', type: 'money', ...dong, required: false, label: text('Ngoại tệ tự do chuyển đổi', 'Convertible currency') },
        { id: 'gold', type: 'money', ...dong, required: false, label: text('Vàng', 'Gold') },
        { id: 'rights', type: 'money', ...dong, required: false, label: text('Quyền sử dụng đất, sở hữu trí tuệ', 'Land use and intellectual property') },
        { id: 'assets', type: 'money', ...dong, required: false, label: text('Tài sản khác', 'Other assets') },
        { id: 'capital', type: 'calculated', as: 'money', formula: { sum: [{ field: 'cash' }, { field: 'currency' }, { field: 'gold' }, { field: 'rights' }, { field: 'assets' }] }, label: text('Tổng vốn đầu tư', 'Total capital') },
      ],
      rules: [{ rule: 'sum', of: { field: 'capital' }, is: '>', than: { number: 0 }, at: 'cash', message: text('Tổng vốn đầu tư phải lớn hơn 0. Ghi số vốn đã đăng ký.', 'The capital must be more than nothing. Enter the amount.') }],
    },
    {
      id: 'tax', path: 'dang-ky-thue', title: text('Đăng ký thuế', 'Tax registration'),
      fields: [
        { id: 'startDate', type: 'date', label: text('Ngày bắt đầu hoạt động', 'Date of starting'), min: { today: {} }, max: { today: { years: 1 } } },
        { id: 'workers', type: 'number', min: 0, max: 100_000, label: text('Số lao động dự kiến', 'Expected workers') },
        { id: 'fiscalYear', type: 'choice', look: 'select', label: text('Năm tài chính bắt đầu', 'Fiscal year begins'), options: [['01', '1/1'], ['04', '1/4'], ['07', '1/7'], ['10', '1/10']].map(([value = '', day = '']) => ({ value, label: text(`Ngày ${day}`, day) })) },
        { id: 'accounting', type: 'choice', label: text('Hình thức hạch toán', 'Accounting'), options: [{ value: 'independent', label: text('Hạch toán độc lập', 'Independent') }, { value: 'dependent', label: text('Hạch toán phụ thuộc', 'Dependent') }] },
        { id: 'vat', type: 'choice', label: text('Phương pháp tính thuế giá trị gia tăng', 'VAT method'), options: [{ value: 'credit', label: text('Khấu trừ', 'Credit') }, { value: 'sales', label: text('Trực tiếp trên doanh số', 'On sales') }, { value: 'added', label: text('Trực tiếp trên giá trị gia tăng', 'On value added') }, { value: 'none', label: text('Không phải nộp', 'None') }] },
      ],
    },
    {
      id: 'declaration', path: 'cam-ket', title: text('Cam kết', 'Declaration'),
      fields: [{ id: 'declaration', type: 'declaration', name: text('Tôi cam kết', 'I declare'), label: text('Tôi cam kết không thuộc diện bị cấm thành lập doanh nghiệp, không đồng thời là chủ hộ kinh doanh, thành viên hợp danh hoặc chủ doanh nghiệp tư nhân khác, trụ sở thuộc quyền sử dụng hợp pháp, và chịu trách nhiệm về nội dung đăng ký', 'I declare that I am not barred from founding an enterprise, own no other, am no partner nor owner of a household business, have the lawful use of the seat, and answer for what is registered') }],
    },
  ],
}
