import type { FormDefinition } from '../definition.ts'
import { isYes, paper, requesterFacts, text, yesNo } from './usual-pages.ts'

const squareMetres = text('m²', 'm²')
const metres = text('m', 'm')

/** Building permit for a single house ("giấy phép xây dựng nhà ở riêng lẻ", procedure 1.013225). */
export const buildingPermit: FormDefinition = {
  key: 'building-permit', version: 1, title: text('Đơn đề nghị cấp giấy phép xây dựng nhà ở riêng lẻ', 'Application for a building permit for a house'),
  source: text('Mẫu số 01, Phụ lục II, Nghị định 175/2024/NĐ-CP', 'Form 01, Annex II, Decree 175/2024/NĐ-CP'),
  placeField: 'site', applicant: requesterFacts(),
  components: [
    { name: 'Đơn đề nghị cấp giấy phép xây dựng', by: 'form' },
    { name: 'Giấy tờ hợp pháp về đất đai', by: 'office', when: isYes('landLinked') },
    { name: 'Cam kết bảo đảm an toàn công trình liền kề', by: 'form', when: isYes('neighbours') },
  ],
  pages: [
    {
      id: 'requester', path: 'chu-dau-tu', title: text('Chủ đầu tư (chủ hộ)', 'The owner'),
      fields: [{ id: 'requester', type: 'person', self: true, label: text('Chủ đầu tư (chủ hộ)', 'The owner'), parts: ['name', 'birthDate', 'sex', 'citizenId', 'residence', 'phone', 'email'], optional: ['email'], minAge: 18 }],
    },
    {
      id: 'land', path: 'thua-dat', title: text('Thửa đất', 'The plot'),
      fields: [
        { id: 'plot', type: 'text', maxLength: 20, label: text('Thửa đất số', 'Plot number') },
        { id: 'mapSheet', type: 'text', maxLength: 20, label: text('Tờ bản đồ số', 'Map sheet') },
        { id: 'landArea', type: 'number', decimals: 2, min: 10, max: 100_000, unit: squareMetres, label: text('Diện tích lô đất', 'Area of the plot') },
        { id: 'site', type: 'address', label: text('Địa điểm xây dựng', 'Building site') },
        { id: 'landLinked', type: 'choice', label: text('Giấy chứng nhận đã có trong dữ liệu đất đai quốc gia?', 'Is the title in the national land data?'), name: text('Giấy chứng nhận đã có trong dữ liệu', 'Title in the data'), hint: text('Có thì không phải nộp bản sao', 'If so, no copy is needed'), options: yesNo },
      ],
    },
    {
      id: 'landPaper', path: 'giay-to-dat', title: text('Giấy tờ về đất', 'Land title'), condition: { field: 'landLinked', equals: 'no' },
      fields: [paper('landFile', 'Giấy tờ hợp pháp về đất đai', text('Bản chụp giấy tờ về đất', 'Picture of the land title'), { maxFiles: 4 })],
    },
    {
      id: 'floors', path: 'cac-tang', title: text('Các tầng', 'The floors'), guidance: text('Khai cả tầng hầm, tầng lửng, tum.', 'With basement, mezzanine and roof room.'),
      fields: [
        {
          id: 'floors', type: 'group', look: 'table', min: 1, max: 12, label: text('Các tầng', 'Floors'), itemTitle: text('Tầng', 'Floor'),
          fields: [
            { id: 'kind', type: 'choice', look: 'select', label: text('Loại tầng', 'Kind'), options: [['ground', 'Tầng 1', 'Ground floor'], ['upper', 'Tầng trên', 'Upper floor'], ['basement', 'Tầng hầm', 'Basement'], ['mezzanine', 'Tầng lửng', 'Mezzanine'], ['roof', 'Tum', 'Roof room']].map(([value = '', vi = '', en = '']) => ({ value, label: text(vi, en) })) },
            { id: 'area', type: 'number', decimals: 2, min: 5, max: 10_000, unit: squareMetres, label: text('Diện tích sàn', 'Floor area') },
          ],
        },
        { id: 'floorArea', type: 'calculated', decimals: 2, unit: squareMetres, formula: { over: 'floors', each: { field: 'area' } }, label: text('Tổng diện tích sàn', 'Total floor area') },
        { id: 'floorCount', type: 'calculated', formula: { count: 'floors' }, unit: text('tầng', 'floors'), label: text('Số tầng', 'Number of floors') },
      ],
    },
    {
      id: 'house', path: 'cong-trinh', title: text('Công trình', 'The house'),
      fields: [
        { id: 'grade', type: 'choice', label: text('Cấp công trình', 'Grade of the building'), options: [{ value: 'III', label: text('Cấp III', 'Grade III') }, { value: 'IV', label: text('Cấp IV', 'Grade IV') }] },
        { id: 'firstFloorArea', type: 'number', decimals: 2, min: 5, max: 10_000, unit: squareMetres, label: text('Diện tích xây dựng tầng 1', 'Built area of the ground floor') },
        { id: 'density', type: 'calculated', decimals: 1, unit: text('%', '%'), formula: { product: [{ quotient: [{ field: 'firstFloorArea' }, { field: 'landArea' }] }, { number: 100 }] }, label: text('Mật độ xây dựng', 'Share of the plot') },
        { id: 'height', type: 'number', decimals: 2, min: 2, max: 60, unit: metres, label: text('Chiều cao công trình', 'Height') },
        { id: 'elevation', type: 'number', decimals: 2, min: 0, max: 20, unit: metres, required: false, label: text('Cốt xây dựng', 'Elevation of the ground floor') },
        { id: 'setback', type: 'number', decimals: 2, min: 0, max: 100, unit: metres, required: false, label: text('Khoảng lùi', 'Setback') },
        { id: 'months', type: 'number', min: 1, max: 36, required: false, label: text('Dự kiến hoàn thành trong bao nhiêu tháng?', 'Months until it is finished'), name: text('Thời gian hoàn thành dự kiến', 'Months until finished') },
      ],
      rules: [
        { rule: 'compare', left: 'firstFloorArea', is: '<=', right: 'landArea', at: 'firstFloorArea', message: text('Diện tích xây dựng tầng 1 không được lớn hơn diện tích lô đất. Kiểm tra lại cả hai số.', 'The ground floor cannot be larger than the plot. Check both figures.') },
        { rule: 'sum', of: { field: 'firstFloorArea' }, is: '<=', than: { field: 'floorArea' }, at: 'firstFloorArea', message: text('Diện tích xây dựng tầng 1 không được lớn hơn tổng diện tích sàn. Kiểm tra lại các tầng.', 'The ground floor cannot be larger than all floors together. Check the floors.') },
      ],
    },
    {
      id: 'design', path: 'thiet-ke', title: text('Thiết kế', 'The design'),
      guidance: text('Nhà dưới 250 m² sàn, dưới 3 tầng, cao dưới 12 m thì chủ nhà được tự thiết kế.', 'The owner may design a house of less than 250 m² of floor, 3 floors and 12 m.'),
      fields: [{ id: 'designer', type: 'choice', label: text('Ai lập thiết kế?', 'Who made the design?'), name: text('Người lập thiết kế', 'Designer'), options: [{ value: 'firm', label: text('Tổ chức, cá nhân có chứng chỉ', 'A certified firm or person') }, { value: 'owner', label: text('Chủ nhà tự thiết kế', 'The owner') }] }],
      rules: [{ rule: 'implies', if: { any: [{ field: 'floorArea', atLeast: 250 }, { field: 'floorCount', atLeast: 3 }, { field: 'height', atLeast: 12 }] }, then: { field: 'designer', equals: 'firm' }, at: 'designer', message: text('Nhà từ 250 m² sàn, từ 3 tầng hoặc cao từ 12 m phải do tổ chức, cá nhân có chứng chỉ thiết kế. Chọn lại người lập thiết kế.', 'A house of 250 m², 3 floors or 12 m and more needs a certified designer. Choose again.') }],
    },
    {
      id: 'designers', path: 'to-chuc-thiet-ke', title: text('Tổ chức, cá nhân thiết kế, thẩm tra', 'Designer and reviewer'), condition: { field: 'designer', equals: 'firm' },
      fields: [
        { id: 'designerName', type: 'text', maxLength: 150, label: text('Tên tổ chức, cá nhân thiết kế', 'Designer') },
        { id: 'designerLicence', type: 'text', format: 'paperNumber', maxLength: 40, label: text('Mã số chứng chỉ của người thiết kế', 'Certificate of the designer') },
        { id: 'reviewerName', type: 'text', maxLength: 150, required: false, label: text('Tên tổ chức, cá nhân thẩm tra', 'Reviewer') },
        { id: 'reviewerLicence', type: 'text', format: 'paperNumber', maxLength: 40, required: false, label: text('Mã số chứng chỉ của người thẩm tra', 'Certificate of the reviewer') },
      ],
      rules: [{ rule: 'implies', if: { field: 'reviewerName', notEmpty: true }, then: { field: 'reviewerLicence', notEmpty: true }, at: 'reviewerLicence', message: text('Đã ghi người thẩm tra thì phải ghi mã số chứng chỉ. Nhập mã số chứng chỉ.', 'A reviewer has a certificate. Enter its number.') }],
    },
    {
      id: 'neighbours', path: 'cong-trinh-lien-ke', title: text('Công trình liền kề', 'Neighbouring buildings'),
      fields: [{ id: 'neighbours', type: 'choice', label: text('Có công trình liền kề không?', 'Are there buildings next door?'), name: text('Có công trình liền kề', 'Buildings next door'), options: yesNo }],
    },
    {
      id: 'undertaking', path: 'cam-ket-an-toan', title: text('Cam kết bảo đảm an toàn', 'Undertaking of safety'), condition: isYes('neighbours'),
      fields: [{ id: 'undertaking', type: 'declaration', name: text('Tôi cam kết', 'I undertake'), label: text('Tôi cam kết bảo đảm an toàn đối với công trình liền kề và bồi thường nếu gây thiệt hại', 'I undertake to keep the neighbouring buildings safe and to make good any damage') }],
    },
    {
      id: 'drawings', path: 'ban-ve', title: text('Bản vẽ thiết kế xây dựng', 'Construction drawings'),
      guidance: text('Mặt bằng vị trí, mặt bằng các tầng, mặt đứng, mặt cắt, mặt bằng móng và sơ đồ đấu nối hạ tầng.', 'Site plan, floor plans, elevations, sections, foundations and connections.'),
      fields: [paper('drawings', 'Bản vẽ thiết kế xây dựng', text('Bản vẽ', 'Drawings'), { accept: ['pdf'], maxFiles: 10, maxBytes: 30_000_000 })],
    },
    {
      id: 'declaration', path: 'cam-ket', title: text('Cam kết', 'Declaration'),
      fields: [{ id: 'declaration', type: 'declaration', name: text('Tôi cam kết', 'I declare'), label: text('Tôi cam kết làm đúng giấy phép xây dựng được cấp, nếu sai xin chịu trách nhiệm và bị xử lý theo quy định của pháp luật', 'I undertake to build as permitted, and answer for it before the law') }],
    },
  ],
}
