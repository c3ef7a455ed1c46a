import type { Field, FormDefinition, Page } from '../definition.ts'
import { paper, placePage, text } from './usual-pages.ts'

const times = [['1', 'Lần thứ nhất', 'The first'], ['2', 'Lần thứ hai', 'The second'], ['3', 'Lần thứ ba trở lên', 'The third or later']] as const
const statuses = [
  { value: 'single', label: text('Chưa đăng ký kết hôn với ai', 'Never married') },
  { value: 'divorced', label: text('Đã ly hôn', 'Divorced') },
  { value: 'widowed', label: text('Vợ hoặc chồng đã chết', 'Widowed') },
]

const before = (id: string, who: string, of: string): Field[] => [
  { id: `${id}Status`, type: 'choice', label: text(`Tình trạng hôn nhân của ${who}`, `Marital status of ${of}`), options: statuses },
  { id: `${id}Times`, type: 'choice', label: text(`${who.charAt(0).toUpperCase()}${who.slice(1)} kết hôn lần thứ mấy?`, `Which marriage is it for ${of}?`), name: text(`Lần kết hôn của ${who}`, `Marriage of ${of}`), options: times.map(([value, vi, en]) => ({ value, label: text(vi, en) })) },
]

const judgment = (id: string, path: string, who: string, of: string): Page => ({
  id: `${id}Judgment`, path, title: text(`Giấy tờ ly hôn của ${who}`, `Divorce paper of ${of}`), condition: { field: `${id}Status`, equals: 'divorced' },
  guidance: text('Chỉ cần khi ly hôn ở nước ngoài hoặc dữ liệu hộ tịch chưa có.', 'Needed only after a divorce abroad, or one that the civil-status data do not have.'),
  fields: [
    { id: `${id}JudgmentNumber`, type: 'text', format: 'paperNumber', maxLength: 40, label: text('Số bản án, quyết định', 'Number of the judgment') },
    paper(`${id}JudgmentFile`, 'Bản án, quyết định ly hôn', text('Bản chụp bản án, quyết định', 'Picture of the judgment'), { required: false }),
  ],
})

const parts = ['name', 'birthDate', 'sex', 'ethnicity', 'nationality', 'citizenId', 'residence'] as const

/** Registration of a marriage ("đăng ký kết hôn", procedure 1.000894). Both are asked for the same; who types comes first. */
export const marriageRegistration: FormDefinition = {
  key: 'marriage-registration', version: 1,
  title: text('Tờ khai đăng ký kết hôn', 'Declaration for the registration of a marriage'),
  source: text('Luật Hôn nhân và gia đình 2014, Điều 8; Luật Hộ tịch 2014, Điều 17 – 18; Thông tư 04/2024/TT-BTP', 'Law on Marriage and Family 2014, article 8; Law on Civil Status 2014, articles 17 and 18; Circular 04/2024/TT-BTP'),
  placeField: 'place',
  applicant: { name: 'requester.name', citizenId: 'requester.citizenId', birthDate: 'requester.birthDate', sex: 'requester.sex', phone: 'requester.phone', email: 'requester.email', address: 'requester.residence' },
  components: [{ name: 'Tờ khai đăng ký kết hôn', by: 'form' }, { name: 'Thẻ căn cước', by: 'office' }, { name: 'Giấy xác nhận tình trạng hôn nhân', by: 'office' }],
  pages: [
    {
      id: 'requester', path: 'nguoi-yeu-cau', title: text('Người yêu cầu', 'You'),
      fields: [{ id: 'requester', type: 'person', self: true, label: text('Người yêu cầu', 'You'), parts: [...parts, 'phone', 'email'], optional: ['email'], minAge: 18 }],
    },
    {
      id: 'partner', path: 'nguoi-con-lai', title: text('Người còn lại', 'Your partner'),
      fields: [{ id: 'partner', type: 'person', label: text('Người còn lại', 'Your partner'), parts: [...parts], minAge: 18 }],
      rules: [
        { rule: 'different', fields: ['requester.citizenId', 'partner.citizenId'] },
        { rule: 'implies', if: { field: 'requester.sex', equals: 'male' }, then: { field: 'partner.sex', equals: 'female' }, at: 'partner.sex', message: text('Một bên là nam, một bên là nữ. Kiểm tra lại giới tính của hai người.', 'One is a man and one a woman. Check the sex of both.') },
        { rule: 'implies', if: { field: 'requester.sex', equals: 'female' }, then: { field: 'partner.sex', equals: 'male' }, at: 'partner.sex', message: text('Một bên là nam, một bên là nữ. Kiểm tra lại giới tính của hai người.', 'One is a man and one a woman. Check the sex of both.') },
      ],
    },
    {
      id: 'signing', path: 'ngay-ky', title: text('Ngày hai bên đến ký', 'The day to sign'),
      guidance: text('Hai bên cùng có mặt tại Ủy ban nhân dân để ký Sổ đăng ký kết hôn. Nam từ đủ 20 tuổi, nữ từ đủ 18 tuổi vào ngày đăng ký.', 'Both sign the register in person. The man is 20 or older and the woman 18 or older on that day.'),
      fields: [
        { id: 'signingDate', type: 'date', label: text('Ngày dự kiến đến ký', 'Day on which both come to sign'), min: { today: {} }, max: { today: { days: 60 } } },
        { id: 'requesterAge', type: 'calculated', formula: { years: { from: { field: 'requester.birthDate' }, to: { field: 'signingDate' } } }, label: text('Tuổi của người yêu cầu vào ngày đó', 'Your age on that day') },
        { id: 'partnerAge', type: 'calculated', formula: { years: { from: { field: 'partner.birthDate' }, to: { field: 'signingDate' } } }, label: text('Tuổi của người còn lại vào ngày đó', 'Your partner’s age on that day') },
      ],
      rules: [
        { rule: 'implies', if: { all: [{ field: 'requester.sex', equals: 'male' }, { field: 'requesterAge', atMost: 19 }] }, then: { field: 'requesterAge', atLeast: 20 }, at: 'signingDate', message: text('Nam phải từ đủ 20 tuổi vào ngày đăng ký kết hôn. Kiểm tra ngày sinh hoặc chọn ngày khác.', 'The man must be 20 on the day of the marriage. Check the date of birth or choose another day.') },
        { rule: 'implies', if: { all: [{ field: 'partner.sex', equals: 'male' }, { field: 'partnerAge', atMost: 19 }] }, then: { field: 'partnerAge', atLeast: 20 }, at: 'signingDate', message: text('Nam phải từ đủ 20 tuổi vào ngày đăng ký kết hôn. Kiểm tra ngày sinh hoặc chọn ngày khác.', 'The man must be 20 on the day of the marriage. Check the date of birth or choose another day.') },
      ],
    },
    { id: 'before', path: 'tinh-trang-hon-nhan', title: text('Tình trạng hôn nhân', 'Marital status'), fields: [...before('requester', 'người yêu cầu', 'you'), ...before('partner', 'người còn lại', 'your partner')] },
    judgment('requester', 'ly-hon-nguoi-yeu-cau', 'người yêu cầu', 'you'),
    judgment('partner', 'ly-hon-nguoi-con-lai', 'người còn lại', 'your partner'),
    placePage(text('Nơi đăng ký kết hôn', 'Where to register'), text('Ủy ban nhân dân xã, phường nơi cư trú của một trong hai bên.', 'The commune where either of you lives.'), text('Xã, phường đăng ký kết hôn', 'Commune of registration')),
    {
      id: 'copies', path: 'ban-sao', title: text('Bản sao trích lục kết hôn', 'Copies of the extract'),
      fields: [{ id: 'copies', type: 'number', min: 0, max: 20, label: text('Cần bao nhiêu bản sao trích lục?', 'How many copies of the extract are needed?'), name: text('Số bản sao', 'Number of copies'), hint: text('Ghi 0 nếu không cần', 'Enter 0 if none') }],
    },
    {
      id: 'declaration', path: 'cam-doan', title: text('Cam đoan', 'Declaration'),
      fields: [{ id: 'declaration', type: 'declaration', name: text('Chúng tôi cam đoan', 'We declare'), label: text('Chúng tôi cam đoan những điều khai là đúng sự thật, việc kết hôn là tự nguyện, không vi phạm quy định của pháp luật, và chịu trách nhiệm trước pháp luật', 'We declare that what we stated is true, that we marry of our own free will and against no law, and that we answer for it before the law') }],
    },
  ],
}
