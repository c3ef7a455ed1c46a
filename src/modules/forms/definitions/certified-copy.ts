import type { Formula, FormDefinition } from '../definition.ts'
import { isYes, paper, placePage, requesterFacts, requesterPage, text, yesNo } from './usual-pages.ts'

/** 2,000 đồng for each of the first two pages, 1,000 for each further one, at most 200,000 for a copy (Circular 226/2016/TT-BTC, art. 4). */
const feeOfPaper: Formula = {
  product: [
    { field: 'copies' },
    { smallest: [{ number: 200_000 }, { sum: [{ product: [{ number: 2000 }, { smallest: [{ field: 'pages' }, { number: 2 }] }] }, { product: [{ number: 1000 }, { largest: [{ number: 0 }, { difference: [{ field: 'pages' }, { number: 2 }] }] }] }] }] },
  ],
}

/** Certified copies ("chứng thực bản sao từ bản chính", procedure 2.000815). */
export const certifiedCopy: FormDefinition = {
  key: 'certified-copy', version: 1, title: text('Yêu cầu chứng thực bản sao từ bản chính', 'Request for certified copies'),
  source: text('Nghị định 23/2015/NĐ-CP, Điều 18 – 22; Nghị định 280/2025/NĐ-CP; Thông tư 226/2016/TT-BTC', 'Decree 23/2015/NĐ-CP, articles 18 to 22; Decree 280/2025/NĐ-CP; Circular 226/2016/TT-BTC'),
  placeField: 'place', applicant: requesterFacts(), feeField: 'fee',
  components: [{ name: 'Bản chính giấy tờ', by: 'desk' }],
  pages: [
    requesterPage(),
    {
      id: 'papers', path: 'giay-to', title: text('Giấy tờ cần chứng thực', 'Papers to be certified'),
      guidance: text('Lệ phí: 2.000 đồng một trang, từ trang thứ ba 1.000 đồng, không quá 200.000 đồng một bản.', 'Fee: 2,000 dong a page, 1,000 from the third page on, at most 200,000 a copy.'),
      fields: [
        {
          id: 'papers', type: 'group', look: 'table', min: 1, max: 20, label: text('Giấy tờ cần chứng thực', 'Papers'), itemTitle: text('Giấy tờ', 'Paper'),
          fields: [
            {
              id: 'kind', type: 'choice', look: 'select', label: text('Loại giấy tờ', 'Kind of paper'),
              options: [
                ['identity', 'Thẻ căn cước, hộ chiếu', 'Identity card, passport'], ['civil-status', 'Giấy tờ hộ tịch', 'Civil-status paper'], ['diploma', 'Văn bằng, chứng chỉ, bảng điểm', 'Diploma, certificate, marks'],
                ['land', 'Giấy chứng nhận quyền sử dụng đất', 'Land title'], ['business', 'Giấy chứng nhận đăng ký doanh nghiệp, hộ kinh doanh', 'Business registration'], ['licence', 'Giấy phép lái xe, đăng ký xe', 'Driving licence, vehicle registration'], ['other', 'Giấy tờ khác', 'Other paper'],
              ].map(([value = '', vi = '', en = '']) => ({ value, label: text(vi, en) })),
            },
            { id: 'title', type: 'text', maxLength: 150, label: text('Tên, số giấy tờ', 'Title and number') },
            { id: 'issuer', type: 'text', maxLength: 150, label: text('Cơ quan cấp', 'Issued by') },
            { id: 'pages', type: 'number', min: 1, max: 1000, label: text('Số trang', 'Pages') },
            { id: 'copies', type: 'number', min: 1, max: 50, label: text('Số bản sao', 'Copies') },
            { id: 'fee', type: 'calculated', as: 'money', formula: feeOfPaper, label: text('Lệ phí', 'Fee') },
          ],
        },
        { id: 'fee', type: 'calculated', as: 'money', formula: { over: 'papers', each: { field: 'fee' } }, label: text('Tổng lệ phí', 'Total fee') },
      ],
    },
    {
      id: 'foreign', path: 'co-quan-nuoc-ngoai', title: text('Giấy tờ của nước ngoài', 'Foreign papers'),
      fields: [{ id: 'foreign', type: 'choice', label: text('Có giấy tờ do cơ quan nước ngoài cấp?', 'Is any of them issued by a foreign authority?'), name: text('Giấy tờ do nước ngoài cấp', 'Foreign papers'), options: yesNo }],
    },
    {
      id: 'legalised', path: 'hop-phap-hoa', title: text('Hợp pháp hóa lãnh sự', 'Consular legalisation'), condition: isYes('foreign'),
      guidance: text('Không cần với hộ chiếu, thẻ căn cước, thẻ cư trú, giấy phép lái xe, bằng tốt nghiệp, chứng chỉ và bảng điểm kèm theo.', 'Not needed for passports, identity and residence cards, driving licences, diplomas and certificates with their marks.'),
      fields: [{ id: 'legalised', type: 'declaration', name: text('Tôi xác nhận', 'I confirm'), label: text('Giấy tờ do nước ngoài cấp đã được hợp pháp hóa lãnh sự hoặc thuộc loại được miễn', 'The foreign papers are legalised, or of a kind that need not be') }],
    },
    {
      id: 'kind', path: 'hinh-thuc', title: text('Hình thức bản sao', 'Form of the copies'),
      fields: [{
        id: 'kind', type: 'choice', label: text('Cần bản sao nào?', 'Which copies do you need?'), name: text('Hình thức bản sao', 'Form of the copies'),
        options: [
          { value: 'electronic', label: text('Bản sao điện tử', 'Electronic copies'), hint: text('Gửi vào kho dữ liệu của bạn, có chữ ký số', 'Sent to your vault, digitally signed') },
          { value: 'paper', label: text('Bản sao giấy', 'Copies on paper') },
          { value: 'both', label: text('Cả hai', 'Both') },
        ],
      }],
    },
    {
      id: 'visit', path: 'hen-xuat-trinh', title: text('Hẹn xuất trình bản chính', 'When you show the originals'),
      guidance: text('Bản chính được đối chiếu tại bộ phận một cửa rồi trả lại ngay.', 'The originals are compared at the one-stop desk and given back at once.'),
      fields: [
        { id: 'visitDate', type: 'date', label: text('Ngày đến', 'Day of your visit'), min: { today: {} }, max: { today: { days: 30 } } },
        paper('scans', 'Bản chụp cần chứng thực', text('Bản chụp giấy tờ', 'Pictures of the papers'), { required: false, maxFiles: 20, hint: text('Nếu đã có sẵn', 'If already made') }),
      ],
    },
    placePage(text('Nơi chứng thực', 'Where to certify'), text('Bất kỳ Ủy ban nhân dân xã, phường nào, không phụ thuộc nơi cư trú.', 'Any commune, wherever you live.')),
    {
      id: 'declaration', path: 'cam-doan', title: text('Cam đoan', 'Declaration'),
      fields: [{ id: 'declaration', type: 'declaration', name: text('Tôi cam đoan', 'I declare'), label: text('Tôi cam đoan bản chính là thật, không bị tẩy xóa, sửa chữa, không thuộc loại không được sao chụp, và chịu trách nhiệm về nội dung, tính hợp pháp của bản chính', 'I declare that the originals are genuine, unaltered and free to be copied, and that I answer for their content') }],
    },
  ],
}
