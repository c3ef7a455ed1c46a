import { days, form, free } from './usual-parts.ts'
import { procedure, type ShippedProcedure } from './shape.ts'

/** Nhóm thủ tục liên thông: filed once, decided by several agencies. How each runs, dossiers/linked says; here stands what is published of it. */
export const linkedGroups: readonly ShippedProcedure[] = [
  procedure({
    code: '2.000986', from: '2024-07-01', sector: 'ho-tich', levels: ['commune'], subjects: ['citizen'], laws: ['63/2024/NĐ-CP', '60/2014/QH13', '68/2020/QH14', '25/2008/QH12'], online: 'full', scope: 'country',
    name: ['Liên thông đăng ký khai sinh, đăng ký thường trú, cấp thẻ bảo hiểm y tế cho trẻ em dưới 6 tuổi', 'Birth registration, permanent residence and health-insurance card for a child under six'],
    summary: ['Nộp một lần, khai một tờ khai: trẻ có Giấy khai sinh, được đăng ký thường trú và có thẻ bảo hiểm y tế trong 4 ngày làm việc.', 'One filing, one declaration: the child gets the birth certificate, is registered at home and has the health-insurance card within 4 working days.'],
    executing: [['Ủy ban nhân dân cấp xã', 'People’s Committee of the commune'], ['Công an cấp xã', 'Commune police'], ['Bảo hiểm xã hội tỉnh, cơ sở', 'Provincial and local social insurance office']],
    limit: days(4), fee: free, ways: ['online'],
    steps: [
      ['Điền một tờ khai điện tử trên Cổng; mỗi thông tin, giấy tờ chỉ khai và nộp một lần.', 'Fill in one electronic declaration on the portal; each datum and paper is asked for once.'],
      ['Ủy ban nhân dân cấp xã đăng ký khai sinh và gửi Giấy khai sinh, số định danh của trẻ cho các cơ quan sau.', 'The People’s Committee registers the birth and passes the certificate and the child’s number on.'],
      ['Công an cấp xã đăng ký thường trú; cùng lúc, cơ quan bảo hiểm xã hội cấp thẻ bảo hiểm y tế.', 'The commune police register the residence; at the same time the insurer issues the card.'],
      ['Theo dõi cả ba việc trên một trang và nhận các kết quả bản điện tử.', 'Follow all three on one page and receive the results electronically.'],
    ],
    papers: [
      form('Tờ khai điện tử liên thông', 'Linked electronic declaration'),
      { name: ['Giấy chứng sinh', 'Birth notification from the health facility'], source: 'you-bring-it', when: ['Khi dữ liệu điện tử của cơ sở y tế chưa có', 'When the health facility’s electronic data are not available'] },
      { name: ['Giấy tờ tùy thân của người đi đăng ký', 'Identity document of the person who registers'], originals: 0, copies: 0, source: 'we-fetch-it' },
      { name: ['Giấy chứng nhận kết hôn của cha, mẹ', 'Marriage certificate of the parents'], originals: 0, copies: 0, source: 'we-fetch-it', replacedBy: 'KQ.G15.000032', when: ['Khi cha, mẹ đã đăng ký kết hôn', 'When the parents are married'] },
      { name: ['Giấy tờ chứng minh chỗ ở hợp pháp', 'Proof of lawful housing'], copies: 1, source: 'you-bring-it', when: ['Khi dữ liệu nhà, đất chưa kết nối', 'When land and housing data are not linked'] },
      { name: ['Ý kiến đồng ý của chủ hộ, chủ sở hữu chỗ ở', 'Consent of the head of household or the owner'], source: 'you-bring-it', when: ['Khi chủ hộ không phải là người yêu cầu', 'When the head of the household is another person'] },
    ],
    results: [{ code: 'KQ.G15.000031', name: ['Giấy khai sinh', 'Birth certificate'] }, { code: 'KQ.G01.000065', name: ['Thông báo kết quả giải quyết thủ tục về cư trú', 'Notice of the result in the residence matter'] }, { code: 'KQ.G24.000004', name: ['Thẻ bảo hiểm y tế', 'Health insurance card'] }],
    keywords: ['liên thông khai sinh', 'khai sinh nhập hộ khẩu', 'làm giấy khai sinh và thẻ bảo hiểm', 'sinh con', 'newborn'], events: ['co-con'], related: ['1.001193', '1.004222', '1.001939'],
    linked: { members: [{ code: '1.001193', after: [] }, { code: '1.004222', after: ['1.001193'] }, { code: '1.001939', after: ['1.001193'] }] },
    service: { formKey: 'linked-birth', processKey: 'linked-birth', resultTemplate: 'linked', competence: { level: 'commune' }, limit: days(4), fee: { amount: null, note: { vi: 'Tổng phí, lệ phí của các thủ tục trong nhóm', en: 'The fees of the parts together' } } },
  }),
]
