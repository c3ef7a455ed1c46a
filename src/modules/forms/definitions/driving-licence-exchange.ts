import type { Condition, FormDefinition } from '../definition.ts'
import { birthDateLabel, emailLabel, idLabel, nameHint, nameLabel, phoneLabel, sexLabel, sexOptions } from './standard-options.ts'

const byPost: Condition = { field: 'delivery', equals: 'post' }

/** Exchange of a driving licence ("đổi giấy phép lái xe", procedure 3.000347). */
export const drivingLicenceExchange: FormDefinition = {
  key: 'driving-licence-exchange',
  version: 2,
  title: { vi: 'Đề nghị đổi giấy phép lái xe', en: 'Application to exchange a driving licence' },
  source: { vi: 'Phụ lục XII, Thông tư 12/2025/TT-BCA', en: 'Annex XII of Circular 12/2025/TT-BCA' },
  placeField: 'residence',
  deliveryField: 'delivery',
  applicant: { name: 'applicantName', citizenId: 'applicantId', birthDate: 'birthDate', sex: 'sex', phone: 'phone', email: 'email', address: 'residence' },
  components: [{ name: 'Đề nghị đổi giấy phép lái xe', by: 'form' }, { name: 'Giấy phép lái xe hiện có', by: 'office' }, { name: 'Thẻ căn cước', by: 'office' }],
  pages: [
    {
      id: 'applicant', path: 'nguoi-de-nghi',
      title: { vi: 'Người đề nghị', en: 'Who applies' },
      fields: [
        { id: 'applicantName', type: 'person-name', label: nameLabel, hint: nameHint, autocomplete: 'name' },
        { id: 'birthDate', type: 'date', label: birthDateLabel, max: { today: {} }, minAge: 18, autocomplete: 'bday' },
        { id: 'sex', type: 'choice', label: sexLabel, options: sexOptions },
        { id: 'applicantId', type: 'citizen-id', label: idLabel, birthDate: 'birthDate', sex: 'sex' },
        { id: 'phone', type: 'phone', mobile: true, label: phoneLabel, autocomplete: 'tel' },
        { id: 'email', type: 'email', label: emailLabel, required: false, autocomplete: 'email' },
      ],
    },
    {
      id: 'residence', path: 'noi-cu-tru',
      title: { vi: 'Nơi cư trú', en: 'Place of residence' },
      guidance: { vi: 'Chọn đơn vị hành chính theo tên từ ngày 1/7/2025. Phòng Cảnh sát giao thông nơi này sẽ giải quyết hồ sơ.', en: 'Choose the unit by its name since 1 July 2025. The traffic police of this place handle the dossier.' },
      fields: [{ id: 'residence', type: 'address', label: { vi: 'Nơi cư trú hiện nay', en: 'Present place of residence' } }],
    },
    {
      id: 'licence', path: 'giay-phep-hien-co',
      title: { vi: 'Giấy phép lái xe hiện có', en: 'The present licence' },
      fields: [
        { id: 'licenceNumber', type: 'text', format: 'drivingLicence', maxLength: 12, label: { vi: 'Số giấy phép lái xe', en: 'Licence number' }, hint: { vi: '12 chữ số ở dòng “Số/No.”', en: '12 digits on the line “Số/No.”' } },
        { id: 'licenceClass', type: 'choice', list: 'licence-classes', look: 'select', label: { vi: 'Hạng', en: 'Class' } },
        { id: 'licenceIssued', type: 'date', label: { vi: 'Ngày cấp', en: 'Date of issue' }, max: { today: {} }, min: { field: 'birthDate' } },
        { id: 'licenceExpires', type: 'date', required: false, label: { vi: 'Có giá trị đến', en: 'Valid until' }, hint: { vi: 'Để trống nếu giấy phép ghi “Không thời hạn”', en: 'Leave empty where the licence says “Không thời hạn” (no expiry)' }, min: { field: 'licenceIssued' } },
        { id: 'licenceIssuer', type: 'text', maxLength: 120, label: { vi: 'Cơ quan cấp', en: 'Issued by' }, hint: { vi: 'Ví dụ: Sở Giao thông vận tải Gia Lai', en: 'For example: Sở Giao thông vận tải Gia Lai' } },
      ],
    },
    {
      id: 'reason', path: 'ly-do',
      title: { vi: 'Lý do đổi', en: 'Why it is exchanged' },
      fields: [{
        id: 'reason', type: 'choice', label: { vi: 'Vì sao cần đổi giấy phép?', en: 'Why do you need to exchange the licence?' }, name: { vi: 'Lý do đổi', en: 'Reason' },
        options: [
          { value: 'expiring', label: { vi: 'Sắp hết hạn hoặc đã hết hạn dưới một năm', en: 'It expires soon, or expired less than a year ago' } },
          { value: 'damaged', label: { vi: 'Bị hỏng, không còn đọc được', en: 'It is damaged and cannot be read' } },
          { value: 'paper', label: { vi: 'Đổi bản giấy bìa sang bản vật liệu PET', en: 'A paper licence to be replaced by one of PET' } },
          { value: 'changed', label: { vi: 'Thông tin trên giấy phép đã thay đổi hoặc bị sai', en: 'What it says has changed or is wrong' } },
          { value: 'integrated', label: { vi: 'Tách giấy phép tích hợp', en: 'An integrated licence to be split' } },
        ],
      }],
    },
    {
      id: 'change', path: 'noi-dung-thay-doi',
      title: { vi: 'Nội dung thay đổi', en: 'What has changed' },
      condition: { field: 'reason', equals: 'changed' },
      fields: [
        {
          id: 'changedFact', type: 'choice', label: { vi: 'Thông tin nào cần sửa?', en: 'Which information must be corrected?' }, name: { vi: 'Thông tin cần sửa', en: 'Information to correct' },
          options: [
            { value: 'name', label: { vi: 'Họ, chữ đệm và tên', en: 'Name' } },
            { value: 'birthDate', label: { vi: 'Ngày, tháng, năm sinh', en: 'Date of birth' } },
            { value: 'residence', label: { vi: 'Nơi cư trú', en: 'Place of residence' } },
            { value: 'other', label: { vi: 'Thông tin khác', en: 'Something else' } },
          ],
        },
        { id: 'changeDetail', type: 'long-text', maxLength: 500, rows: 3, label: { vi: 'Ghi trên giấy phép và nội dung đúng', en: 'What the licence says, and what is right' } },
      ],
    },
    {
      id: 'health', path: 'kham-suc-khoe',
      title: { vi: 'Giấy khám sức khỏe của người lái xe', en: 'Driver’s health certificate' },
      guidance: { vi: 'Giấy khám sức khỏe có giá trị 12 tháng. Người có giấy phép hạng A1, A, B1 không cần giấy này.', en: 'A health certificate is valid for 12 months. Holders of the classes A1, A and B1 do not need one.' },
      condition: { not: { field: 'licenceClass', in: ['A1', 'A', 'B1'] } },
      fields: [
        { id: 'healthNumber', type: 'text', format: 'paperNumber', maxLength: 40, label: { vi: 'Số giấy khám sức khỏe', en: 'Certificate number' } },
        { id: 'healthDate', type: 'date', label: { vi: 'Ngày kết luận', en: 'Date of the conclusion' }, min: { today: { years: -1 } }, max: { today: {} } },
        { id: 'healthFacility', type: 'text', maxLength: 150, label: { vi: 'Cơ sở khám bệnh, chữa bệnh', en: 'Medical facility' } },
        { id: 'healthFile', type: 'file', accept: ['pdf', 'jpeg', 'png'], component: 'Giấy khám sức khỏe của người lái xe', label: { vi: 'Bản chụp giấy khám sức khỏe', en: 'Picture of the health certificate' } },
      ],
    },
    {
      id: 'portrait', path: 'anh-chan-dung',
      title: { vi: 'Ảnh chân dung', en: 'Portrait photograph' },
      guidance: { vi: 'Ảnh nền xanh hoặc trắng, chụp không quá 6 tháng, thấy rõ mặt, không đội mũ, không đeo kính màu.', en: 'Blue or white background, not older than 6 months, face clearly visible, no hat, no dark glasses.' },
      fields: [{ id: 'portrait', type: 'file', accept: ['jpeg', 'png'], maxBytes: 5_000_000, label: { vi: 'Ảnh chân dung', en: 'Portrait photograph' } }],
    },
    {
      id: 'delivery', path: 'nhan-ket-qua',
      title: { vi: 'Nhận giấy phép mới', en: 'Receiving the new licence' },
      fields: [{
        id: 'delivery', type: 'choice', label: { vi: 'Muốn nhận giấy phép mới bằng cách nào?', en: 'How would you like to receive the new licence?' }, name: { vi: 'Cách nhận kết quả', en: 'Way to receive the result' },
        options: [
          { value: 'desk', label: { vi: 'Tại nơi tiếp nhận hồ sơ', en: 'At the office that took the dossier' }, hint: { vi: 'Mang theo giấy phép cũ', en: 'Bring the old licence' } },
          { value: 'post', label: { vi: 'Qua bưu chính', en: 'By post' }, hint: { vi: 'Người nhận trả cước cho bưu tá', en: 'The receiver pays the postage' } },
        ],
      }],
    },
    {
      id: 'deliveryAddress', path: 'dia-chi-nhan',
      title: { vi: 'Địa chỉ nhận qua bưu chính', en: 'Postal address' },
      condition: byPost,
      fields: [
        { id: 'receiverName', type: 'person-name', label: { vi: 'Người nhận', en: 'Receiver' } },
        { id: 'receiverPhone', type: 'phone', label: { vi: 'Số điện thoại người nhận', en: 'Receiver’s telephone' } },
        { id: 'deliveryAddress', type: 'address', label: { vi: 'Địa chỉ nhận', en: 'Delivery address' } },
      ],
    },
    {
      id: 'declaration', path: 'cam-doan',
      title: { vi: 'Cam đoan', en: 'Declaration' },
      fields: [{ id: 'declaration', type: 'declaration', name: { vi: 'Tôi cam đoan', en: 'I declare' }, label: { vi: 'Tôi cam đoan những điều khai là đúng, không đang bị tước quyền sử dụng giấy phép lái xe, và chịu trách nhiệm trước pháp luật', en: 'I declare that what I stated is true, that my right to drive is not withdrawn, and that I answer for it before the law' } }],
    },
  ],
}
