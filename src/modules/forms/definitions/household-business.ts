import type { FormDefinition } from '../definition.ts'
import { birthDateLabel, emailLabel, idLabel, nameHint, nameLabel, phoneLabel, sexLabel, sexOptions } from './standard-options.ts'

/** Registration of a household business ("đăng ký thành lập hộ kinh doanh", procedure 1.001612). */
export const householdBusiness: FormDefinition = {
  key: 'household-business',
  version: 2,
  title: { vi: 'Giấy đề nghị đăng ký hộ kinh doanh', en: 'Application to register a household business' },
  source: { vi: 'Nghị định 168/2025/NĐ-CP, Thông tư 68/2025/TT-BTC', en: 'Decree 168/2025/NĐ-CP, Circular 68/2025/TT-BTC' },
  placeField: 'businessAddress',
  applicant: { name: 'ownerName', citizenId: 'ownerId', birthDate: 'ownerBirthDate', sex: 'ownerSex', phone: 'phone', email: 'email', address: 'ownerAddress' },
  components: [{ name: 'Giấy đề nghị đăng ký hộ kinh doanh', by: 'form' }, { name: 'Thẻ căn cước của chủ hộ', by: 'office' }],
  pages: [
    {
      id: 'owner', path: 'chu-ho',
      title: { vi: 'Chủ hộ kinh doanh', en: 'The owner' },
      fields: [
        { id: 'ownerName', type: 'person-name', label: nameLabel, hint: nameHint, autocomplete: 'name' },
        { id: 'ownerBirthDate', type: 'date', label: birthDateLabel, max: { today: {} }, minAge: 18, autocomplete: 'bday' },
        { id: 'ownerSex', type: 'choice', label: sexLabel, options: sexOptions },
        { id: 'ownerId', type: 'citizen-id', label: idLabel, birthDate: 'ownerBirthDate', sex: 'ownerSex' },
        { id: 'phone', type: 'phone', mobile: true, label: phoneLabel, autocomplete: 'tel' },
        { id: 'email', type: 'email', required: false, label: emailLabel, autocomplete: 'email' },
      ],
    },
    {
      id: 'ownerAddress', path: 'dia-chi-lien-lac',
      title: { vi: 'Địa chỉ liên lạc của chủ hộ', en: 'Owner’s contact address' },
      fields: [{ id: 'ownerAddress', type: 'address', label: { vi: 'Địa chỉ liên lạc', en: 'Contact address' } }],
    },
    {
      id: 'name', path: 'ten-ho-kinh-doanh',
      title: { vi: 'Tên hộ kinh doanh', en: 'Name of the business' },
      guidance: { vi: 'Giấy chứng nhận ghi cụm từ “Hộ kinh doanh” trước tên riêng. Tên riêng không được trùng với hộ khác trong cùng xã, phường và không dùng “công ty”, “doanh nghiệp”.', en: 'The certificate puts “Hộ kinh doanh” before the name. The name must differ from others in the commune and must not contain “công ty” or “doanh nghiệp”.' },
      fields: [
        { id: 'businessName', type: 'text', format: 'businessName', minLength: 2, maxLength: 100, label: { vi: 'Tên riêng', en: 'Proper name' }, hint: { vi: 'Không ghi cụm từ “Hộ kinh doanh”', en: 'Without the words “Hộ kinh doanh”' } },
        { id: 'shortName', type: 'text', format: 'businessName', maxLength: 50, required: false, label: { vi: 'Tên viết tắt', en: 'Short name' } },
      ],
      rules: [{ rule: 'different', fields: ['businessName', 'shortName'] }],
    },
    {
      id: 'address', path: 'tru-so',
      title: { vi: 'Trụ sở hộ kinh doanh', en: 'Seat of the business' },
      guidance: { vi: 'Xã, phường nơi đặt trụ sở cấp giấy chứng nhận.', en: 'The commune of the seat issues the certificate.' },
      fields: [
        { id: 'businessAddress', type: 'address', label: { vi: 'Địa chỉ trụ sở', en: 'Address of the seat' } },
        { id: 'businessPhone', type: 'phone', required: false, label: { vi: 'Điện thoại của hộ kinh doanh', en: 'Telephone of the business' } },
      ],
    },
    {
      id: 'industries', path: 'nganh-nghe',
      title: { vi: 'Ngành, nghề kinh doanh', en: 'Lines of business' },
      guidance: { vi: 'Ghi ngành, nghề chính đầu tiên. Mã ngành cấp bốn theo Hệ thống ngành kinh tế Việt Nam.', en: 'Put the main line first. Codes are those of level four of the Vietnam Standard Industrial Classification.' },
      fields: [{
        id: 'industries', type: 'group', min: 1, max: 20, label: { vi: 'Ngành, nghề kinh doanh', en: 'Lines of business' }, itemTitle: { vi: 'Ngành, nghề', en: 'Line of business' },
        fields: [
          { id: 'code', type: 'text', format: 'industryCode', maxLength: 4, label: { vi: 'Mã ngành', en: 'Code' }, hint: { vi: '4 chữ số, ví dụ 4711', en: '4 digits, for example 4711' } },
          { id: 'name', type: 'text', maxLength: 200, label: { vi: 'Tên ngành, nghề', en: 'Name of the line' } },
        ],
      }],
    },
    {
      id: 'capital', path: 'von-lao-dong',
      title: { vi: 'Vốn, lao động và ngày bắt đầu', en: 'Capital, workers and start' },
      fields: [
        { id: 'capital', type: 'money', min: 100_000, max: 1_000_000_000_000, label: { vi: 'Vốn kinh doanh', en: 'Capital' }, hint: { vi: 'Số tiền chẵn, ví dụ 50.000.000', en: 'Whole dong, for example 50,000,000' } },
        { id: 'workers', type: 'number', min: 1, max: 10_000, label: { vi: 'Số lao động dự kiến', en: 'Expected number of workers' }, hint: { vi: 'Kể cả chủ hộ', en: 'Including the owner' } },
        { id: 'startDate', type: 'date', label: { vi: 'Ngày bắt đầu hoạt động', en: 'Date of starting' }, min: { today: {} }, max: { today: { years: 1 } } },
      ],
    },
    {
      id: 'founder', path: 'chu-the-thanh-lap',
      title: { vi: 'Chủ thể thành lập', en: 'Who founds the business' },
      fields: [{
        id: 'founder', type: 'choice', label: { vi: 'Ai thành lập hộ kinh doanh?', en: 'Who founds the business?' }, name: { vi: 'Chủ thể thành lập', en: 'Founder' },
        options: [
          { value: 'individual', label: { vi: 'Một cá nhân', en: 'One person' } },
          { value: 'household', label: { vi: 'Các thành viên hộ gia đình', en: 'Members of a household' }, hint: { vi: 'Các thành viên ủy quyền cho một người làm chủ hộ', en: 'They authorise one of them as the owner' } },
        ],
      }],
    },
    {
      id: 'members', path: 'thanh-vien',
      title: { vi: 'Thành viên hộ gia đình', en: 'Members of the household' },
      guidance: { vi: 'Khai các thành viên cùng thành lập, trừ chủ hộ kinh doanh.', en: 'The members who found the business together, without the owner.' },
      condition: { field: 'founder', equals: 'household' },
      fields: [
        {
          id: 'members', type: 'group', min: 1, max: 10, label: { vi: 'Thành viên hộ gia đình', en: 'Members of the household' }, itemTitle: { vi: 'Thành viên', en: 'Member' },
          fields: [
            { id: 'name', type: 'person-name', label: nameLabel },
            { id: 'birthDate', type: 'date', label: birthDateLabel, max: { today: {} }, minAge: 15 },
            { id: 'sex', type: 'choice', label: sexLabel, options: sexOptions },
            { id: 'citizenId', type: 'citizen-id', label: idLabel, birthDate: 'birthDate', sex: 'sex' },
          ],
        },
        { id: 'authorisation', type: 'file', accept: ['pdf', 'jpeg', 'png'], component: 'Văn bản ủy quyền của thành viên hộ gia đình cho một thành viên làm chủ hộ', label: { vi: 'Văn bản ủy quyền của các thành viên, có công chứng hoặc chứng thực', en: 'Notarised or certified authorisation by the members' }, name: { vi: 'Văn bản ủy quyền của các thành viên', en: 'Authorisation by the members' } },
      ],
    },
    {
      id: 'tax', path: 'thue',
      title: { vi: 'Đăng ký thuế', en: 'Tax registration' },
      guidance: { vi: 'Thuế khoán đã chấm dứt từ ngày 1/1/2026. Số định danh của chủ hộ là mã số thuế của hộ kinh doanh.', en: 'Lump-sum tax ended on 1 January 2026. The owner’s identification number is the tax code of the business.' },
      fields: [
        {
          id: 'taxMethod', type: 'choice', label: { vi: 'Phương pháp tính thuế', en: 'Tax method' },
          options: [
            { value: 'declaration', label: { vi: 'Kê khai theo kỳ', en: 'Periodic declaration' } },
            { value: 'occurrence', label: { vi: 'Theo từng lần phát sinh', en: 'At each occurrence' }, hint: { vi: 'Kinh doanh không thường xuyên, không có địa điểm cố định', en: 'For occasional business without a fixed place' } },
          ],
        },
        { id: 'formerTaxCode', type: 'tax-code', personal: true, required: false, label: { vi: 'Mã số thuế đã được cấp trước đây', en: 'Tax code issued before' } },
      ],
    },
    {
      id: 'papers', path: 'giay-to',
      title: { vi: 'Bản sao giấy tờ', en: 'Copies of papers' },
      guidance: { vi: 'Chỉ cần khi chưa có tài khoản định danh điện tử mức độ 2.', en: 'Needed only without an electronic identity account of level 2.' },
      fields: [{ id: 'idCopies', type: 'file', required: false, accept: ['pdf', 'jpeg', 'png'], maxFiles: 4, component: 'Thẻ căn cước của chủ hộ', label: { vi: 'Bản sao thẻ căn cước của chủ hộ và các thành viên', en: 'Copies of the identity cards of owner and members' }, name: { vi: 'Bản sao thẻ căn cước', en: 'Copies of the identity cards' } }],
    },
    {
      id: 'declaration', path: 'cam-ket',
      title: { vi: 'Cam kết', en: 'Declaration' },
      fields: [{ id: 'declaration', type: 'declaration', name: { vi: 'Tôi cam kết', en: 'I declare' }, label: { vi: 'Tôi cam kết không thuộc diện pháp luật cấm kinh doanh, không đồng thời là chủ hộ kinh doanh khác hoặc chủ doanh nghiệp tư nhân, trụ sở thuộc quyền sử dụng hợp pháp, và chịu trách nhiệm về nội dung đăng ký', en: 'I declare that I am not barred from business, own no other household business or private enterprise, have the lawful use of the seat, and answer for what is registered' } }],
    },
  ],
}
