import type { FormDefinition } from './definition.ts'

const label = (vi: string, en: string) => ({ vi, en })

/** A form of the neutral procedure "library hall" with every type of field and every kind of rule, for tests of the vocabulary. */
export const everyKind: FormDefinition = {
  key: 'library-hall', version: 1, title: label('Đăng ký dùng hội trường thư viện', 'Use of the library hall'),
  placeField: 'applicant.residence', feeField: 'fee',
  applicant: { name: 'applicant.name', citizenId: 'applicant.citizenId', birthDate: 'applicant.birthDate', sex: 'applicant.sex', phone: 'applicant.phone', address: 'applicant.residence' },
  components: [
    { name: 'Tờ khai', by: 'form' },
    { name: 'Thẻ căn cước', by: 'office' },
    { name: 'Giấy giới thiệu', by: 'desk', when: { field: 'asks', equals: 'organisation' } },
  ],
  pages: [
    {
      id: 'applicant', path: 'nguoi-dang-ky', title: label('Người đăng ký', 'Who applies'),
      fields: [{ id: 'applicant', type: 'person', self: true, label: label('Người đăng ký', 'Applicant'), parts: ['name', 'birthDate', 'sex', 'citizenId', 'ethnicity', 'nationality', 'birthPlace', 'hometown', 'residence', 'phone', 'email'], optional: ['email', 'birthPlace'], minAge: 18 }],
    },
    {
      id: 'who', path: 'doi-tuong', title: label('Đối tượng', 'For whom'),
      fields: [{ id: 'asks', type: 'choice', label: label('Đăng ký cho ai?', 'For whom?'), name: label('Đối tượng', 'For whom'), options: [{ value: 'self', label: label('Cho mình', 'Oneself') }, { value: 'organisation', label: label('Cho tổ chức', 'An organisation') }] }],
    },
    {
      id: 'organisation', path: 'to-chuc', title: label('Tổ chức và trẻ em', 'Organisation and child'), condition: { field: 'asks', equals: 'organisation' },
      fields: [
        { id: 'body', type: 'organisation', label: label('Tổ chức', 'Organisation'), parts: ['name', 'taxCode', 'address', 'representative', 'phone', 'email'], optional: ['taxCode', 'email'] },
        { id: 'child', type: 'child', required: false, label: label('Trẻ em đi cùng', 'Child that comes along') },
        { id: 'insured', type: 'insurance-number', label: label('Mã số bảo hiểm xã hội', 'Insurance number') },
        { id: 'letter', type: 'file', accept: ['pdf'], component: 'Giấy giới thiệu', label: label('Giấy giới thiệu', 'Letter of introduction'), required: false },
      ],
    },
    {
      id: 'time', path: 'thoi-gian', title: label('Thời gian', 'Time'),
      fields: [
        { id: 'stay', type: 'period', label: label('Thời gian sử dụng', 'Time of use'), min: { today: {} }, max: { today: { years: 1 } } },
        { id: 'membership', type: 'period', open: true, required: false, label: label('Thời gian là hội viên', 'Time of membership'), max: { today: {} } },
        { id: 'firstVisit', type: 'date', label: label('Lần đầu đến', 'First visit'), max: { date: '2025-06-30' }, min: { date: '2020-01-01' } },
        { id: 'lastVisit', type: 'date', label: label('Lần cuối đến', 'Last visit'), max: { today: {} }, min: { date: '2021-01-01' } },
      ],
      rules: [{ rule: 'compare', left: 'firstVisit', is: '<=', right: 'lastVisit', message: label('Lần cuối đến không được trước lần đầu đến. Kiểm tra lại cả hai ngày.', 'The last visit cannot be before the first. Check both dates.') }],
    },
    {
      id: 'formerly', path: 'noi-o-truoc-day', title: label('Nơi ở trước đây', 'Former home'),
      fields: [
        { id: 'formerHome', type: 'address', street: 'none', asOf: { date: '2025-06-30' }, label: label('Nơi ở ngày 30/6/2025', 'Home on 30 June 2025'), hint: label('Ghi theo tên cũ', 'By its old name') },
        { id: 'homeThen', type: 'address', street: 'none', asOf: { field: 'firstVisit' }, required: false, label: label('Nơi ở khi đến lần đầu', 'Home at the first visit') },
      ],
    },
    {
      id: 'rooms', path: 'phong', title: label('Phòng', 'Rooms'),
      fields: [
        {
          id: 'rooms', type: 'group', look: 'table', min: 1, max: 5, label: label('Phòng cần dùng', 'Rooms'), itemTitle: label('Phòng', 'Room'),
          fields: [
            { id: 'area', type: 'number', decimals: 2, min: 5, max: 200, unit: label('m²', 'm²'), label: label('Diện tích', 'Area') },
            { id: 'price', type: 'money', min: 1000, max: 100_000, label: label('Giá một mét vuông', 'Price of a square metre') },
            { id: 'cost', type: 'calculated', as: 'money', formula: { product: [{ field: 'area' }, { field: 'price' }] }, label: label('Tiền phòng', 'Cost') },
          ],
        },
        { id: 'total', type: 'calculated', as: 'money', formula: { over: 'rooms', each: { field: 'cost' } }, label: label('Tổng tiền phòng', 'Total') },
        { id: 'count', type: 'calculated', formula: { count: 'rooms' }, unit: label('phòng', 'rooms'), label: label('Số phòng', 'Number of rooms') },
        { id: 'largest', type: 'number', min: 1, max: 1000, label: label('Diện tích tối đa chấp nhận', 'Largest area accepted') },
      ],
      rules: [{ rule: 'sum', of: { over: 'rooms', each: { field: 'area' } }, is: '<=', than: { product: [{ field: 'largest' }, { number: 100 }] }, at: 'largest', message: label('Tổng diện tích các phòng vượt quá diện tích tối đa. Bỏ bớt phòng.', 'The rooms together are larger than what is accepted. Take a smaller one.') }],
    },
    {
      id: 'helpers', path: 'nguoi-phu-trach', title: label('Người phụ trách', 'Helpers'),
      fields: [
        {
          id: 'helpers', type: 'group', min: 0, max: 4, label: label('Người phụ trách', 'Helpers'), itemTitle: label('Người phụ trách', 'Helper'),
          fields: [
            { id: 'from', type: 'date', min: { date: '2026-01-01' }, label: label('Từ ngày', 'From') },
            { id: 'until', type: 'date', min: { date: '2026-01-01' }, label: label('Đến ngày', 'Until') },
            { id: 'phone', type: 'phone', required: false, label: label('Số điện thoại', 'Telephone') },
            { id: 'email', type: 'email', required: false, label: label('Thư điện tử', 'E-mail') },
            { id: 'card', type: 'file', accept: ['jpeg', 'png'], maxFiles: 3, required: false, component: 'Thẻ phụ trách', label: label('Ảnh thẻ phụ trách', 'Pictures of the card') },
          ],
          rules: [
            { rule: 'compare', left: 'from', is: '<=', right: 'until', message: label('Ngày kết thúc không được trước ngày bắt đầu. Kiểm tra lại cả hai ngày.', 'The last day cannot be before the first. Check both days.') },
            { rule: 'atLeastOne', fields: ['phone', 'email'] },
          ],
        },
        { id: 'bank', type: 'choice', catalogue: 'payment-providers', startsWith: '97', look: 'select', required: false, label: label('Ngân hàng nhận lại tiền cọc', 'Bank for the deposit') },
      ],
    },
    {
      id: 'fee', path: 'phi', title: label('Phí', 'Fee'),
      fields: [
        { id: 'age', type: 'calculated', formula: { years: { from: { field: 'applicant.birthDate' }, to: { field: 'lastVisit' } } }, label: label('Tuổi', 'Age') },
        { id: 'fee', type: 'calculated', as: 'money', formula: { when: { field: 'age', atLeast: 60 }, then: { number: 0 }, otherwise: { smallest: [{ field: 'total' }, { number: 200_000 }] } }, label: label('Phí phải nộp', 'Fee') },
        { id: 'byCard', type: 'checkbox', required: false, label: label('Trả bằng thẻ', 'Pay by card') },
        { id: 'byCash', type: 'checkbox', required: false, label: label('Trả tiền mặt', 'Pay in cash') },
        { id: 'purpose', type: 'choice', label: label('Mục đích', 'Purpose'), options: [{ value: 'study', label: label('Học tập', 'Study') }, { value: 'sale', label: label('Bán hàng', 'Sale') }] },
        { id: 'permit', type: 'text', required: false, maxLength: 40, label: label('Số giấy phép bán hàng', 'Number of the permit to sell') },
      ],
      rules: [
        { rule: 'exactlyOne', fields: ['byCard', 'byCash'] },
        { rule: 'implies', if: { field: 'purpose', equals: 'sale' }, then: { field: 'permit', notEmpty: true }, at: 'permit', message: label('Bán hàng thì phải có giấy phép. Ghi số giấy phép.', 'Selling needs a permit. Enter its number.') },
      ],
    },
    {
      id: 'old', path: 'nguoi-cao-tuoi', title: label('Người cao tuổi', 'Older people'), condition: { all: [{ field: 'age', atLeast: 60 }, { not: { field: 'fee', atLeast: 1 } }] },
      fields: [{ id: 'declaration', type: 'declaration', label: label('Tôi đủ điều kiện được miễn phí', 'I am free of charge') }],
    },
  ],
}
