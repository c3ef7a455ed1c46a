import { days, form, free, idCard, service, usualSteps } from './usual-parts.ts'
import { procedure, type Brief, type ShippedProcedure } from './shape.ts'

const sums = { amount: null, note: { vi: 'Tổng phí, lệ phí của các thủ tục trong nhóm', en: 'The fees of the parts together' } }
const loanLaws = ['42/NQ-CP', '15/2020/QĐ-TTg', '32/2020/QĐ-TTg'] as const
/** The procedures of 2020 are no longer in force anywhere but in this example of re-engineering; their numbers are ours. */
const loan = { sector: 'viec-lam', subjects: ['enterprise', 'cooperative', 'organisation', 'citizen'], laws: loanLaws, online: 'full', from: '2020-04-24', fee: free, ways: ['online', 'desk'], events: ['thue-lao-dong', 'di-lam'], keywords: ['vay trả lương ngừng việc', 'covid', 'wage loan'] } as const satisfies Partial<Brief>
const loanForm = form('Giấy đề nghị vay vốn trả lương ngừng việc', 'Application for a wage loan')
const confirmedList = { name: ['Danh sách người lao động ngừng việc có xác nhận của bảo hiểm xã hội', 'List of workers confirmed by the insurer'], originals: 0, copies: 0, source: 'we-fetch-it' } as const
const finance = { name: ['Báo cáo tài chính', 'Financial report'], copies: 1, source: 'you-bring-it', when: ['Khi cơ quan thuế chưa có', 'Where the tax office does not have it'] } as const

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
    service: { formKey: 'linked-birth', processKey: 'linked-birth', resultTemplate: 'linked', competence: { level: 'commune' }, limit: days(4), fee: sums },
  }),
  procedure({
    code: '2.002622', from: '2024-07-01', sector: 'ho-tich', levels: ['commune'], subjects: ['citizen'], laws: ['63/2024/NĐ-CP', '60/2014/QH13', '68/2020/QH14', '20/2021/NĐ-CP'], online: 'full', scope: 'country',
    name: ['Liên thông đăng ký khai tử, xóa đăng ký thường trú, hỗ trợ chi phí mai táng', 'Death registration, removal of permanent residence and funeral support'],
    summary: ['Nộp một lần, khai một tờ khai: việc chết được đăng ký, nơi thường trú được xóa và gia đình nhận hỗ trợ mai táng trong 10 ngày làm việc.', 'One filing, one declaration: the death is registered, the residence removed and the family receives the funeral support within 10 working days.'],
    executing: [['Ủy ban nhân dân cấp xã', 'People’s Committee of the commune'], ['Công an cấp xã', 'Commune police']], limit: days(10), fee: free, ways: ['online'],
    steps: [
      ['Điền một tờ khai điện tử trên Cổng; mỗi thông tin, giấy tờ chỉ khai và nộp một lần.', 'Fill in one electronic declaration on the portal; each datum and paper is asked for once.'],
      ['Ủy ban nhân dân cấp xã đăng ký khai tử và gửi trích lục cho các phần sau.', 'The People’s Committee registers the death and passes the extract on.'],
      ['Công an cấp xã xóa đăng ký thường trú; cùng lúc, Ủy ban nhân dân cấp xã quyết định hỗ trợ chi phí mai táng.', 'The commune police remove the residence; at the same time the People’s Committee decides on the funeral support.'],
      ['Theo dõi cả ba việc trên một trang và nhận các kết quả bản điện tử.', 'Follow all three on one page and receive the results electronically.'],
    ],
    papers: [
      form('Tờ khai điện tử liên thông', 'Linked electronic declaration'), idCard,
      { name: ['Giấy báo tử hoặc giấy tờ thay thế', 'Death notice or a paper in its place'], source: 'you-bring-it', when: ['Khi chưa có giấy báo tử điện tử', 'Without an electronic notice'] },
      { name: ['Giấy tờ, chứng cứ chứng minh sự kiện chết', 'Papers that prove the death'], source: 'you-bring-it', when: ['Khi người chết đã lâu, không có giấy báo tử', 'For a death long ago without a notice'] },
      { name: ['Giấy tờ chứng minh nơi cư trú cuối cùng của người chết', 'Proof of the last residence of the deceased'], originals: 0, copies: 0, source: 'we-fetch-it' },
      { name: ['Giấy tờ chứng minh nơi chết hoặc nơi phát hiện thi thể', 'Proof of where the person died or was found'], source: 'you-bring-it', when: ['Khi không biết nơi cư trú cuối cùng', 'Where the last residence is not known'] },
      { name: ['Văn bản ủy quyền', 'Power of attorney'], source: 'you-bring-it', when: ['Khi ủy quyền cho người khác', 'When someone else acts for you'] },
    ],
    results: [{ code: 'KQ.G15.000034', name: ['Trích lục khai tử', 'Extract of the death record'] }, { code: 'KQ.G01.000065', name: ['Thông báo kết quả giải quyết thủ tục về cư trú', 'Notice of the result in the residence matter'] }, { name: ['Quyết định hỗ trợ chi phí mai táng', 'Decision on funeral support'] }],
    keywords: ['liên thông khai tử', 'người thân mất', 'mai táng phí', 'xóa hộ khẩu người chết', 'death'], events: ['mat-nguoi-than'], related: ['1.000656', '1.003197', '2.001283'],
    linked: { members: [{ code: '1.000656', after: [] }, { code: '1.003197', after: ['1.000656'] }, { code: '2.001283', after: ['1.000656'] }] },
    service: { formKey: 'linked-death', processKey: 'linked-death', resultTemplate: 'linked', competence: { level: 'commune' }, limit: days(10), fee: sums },
  }),
  procedure({
    ...loan, code: '9.000001', levels: ['province'], executing: [['Bảo hiểm xã hội tỉnh, cơ sở', 'Provincial and local social insurance office']], limit: days(3),
    name: ['Xác nhận danh sách người lao động ngừng việc', 'Confirmation of the list of workers who stopped'], summary: ['Cơ quan bảo hiểm xã hội đối chiếu dữ liệu và xác nhận người lao động đang tham gia bảo hiểm xã hội bắt buộc.', 'The insurer compares its data and confirms that the workers are insured.'],
    steps: usualSteps(['Cơ quan bảo hiểm xã hội', 'The social insurance office'], ['bản xác nhận', 'the confirmation']), papers: [loanForm], results: [{ name: ['Xác nhận danh sách người lao động ngừng việc', 'Confirmation of the list of workers'] }],
    service: service('workers-confirmation', 'case-decision', { competence: { level: 'province', kind: 'social-insurance' }, limit: days(3), fee: { amount: 0 } }),
  }),
  procedure({
    ...loan, code: '9.000002', levels: ['commune'], executing: [['Ủy ban nhân dân cấp xã (năm 2020: cấp huyện)', 'People’s Committee of the commune (2020: of the district)']], limit: days(3),
    name: ['Thẩm định hồ sơ vay vốn trả lương ngừng việc', 'Appraisal of a wage loan'], summary: ['Ủy ban nhân dân thẩm định hồ sơ của người sử dụng lao động và trình Ủy ban nhân dân cấp tỉnh.', 'The People’s Committee appraises the application and submits it to the province.'],
    steps: usualSteps(['Ủy ban nhân dân', 'The People’s Committee'], ['tờ trình', 'the submission']), papers: [loanForm, confirmedList, finance], results: [{ name: ['Tờ trình đề nghị hỗ trợ vay vốn', 'Submission on the support'] }],
    service: service('wage-loan-appraisal', 'case-decision', { limit: days(3), fee: { amount: 0 } }),
  }),
  procedure({
    ...loan, code: '9.000003', levels: ['province'], executing: [['Ủy ban nhân dân cấp tỉnh', 'People’s Committee of the province']], limit: days(2),
    name: ['Quyết định hỗ trợ vay vốn trả lương ngừng việc', 'Decision on the support of a wage loan'], summary: ['Ủy ban nhân dân cấp tỉnh quyết định danh sách người sử dụng lao động được vay vốn.', 'The province decides which employers may borrow.'],
    steps: usualSteps(['Ủy ban nhân dân cấp tỉnh', 'The People’s Committee of the province'], ['quyết định', 'the decision']), papers: [loanForm, confirmedList], results: [{ name: ['Quyết định hỗ trợ vay vốn trả lương ngừng việc', 'Decision on the support of a wage loan'] }],
    service: service('wage-loan-decision', 'case-decision', { competence: { level: 'province' }, limit: days(2), fee: { amount: 0 } }),
  }),
  procedure({
    ...loan, code: '9.000004', levels: ['province'], executing: [['Ngân hàng Chính sách xã hội', 'Bank for Social Policies']], limit: days(3),
    name: ['Cho vay vốn trả lương ngừng việc', 'Loan for wages of stopped workers'], summary: ['Ngân hàng Chính sách xã hội cho vay không lãi suất để trả lương ngừng việc, tối đa ba tháng.', 'The Bank for Social Policies lends without interest for the wages of at most three months.'],
    steps: usualSteps(['Ngân hàng Chính sách xã hội', 'The Bank for Social Policies'], ['tiền vay', 'the loan']), papers: [loanForm], results: [{ name: ['Thông báo phê duyệt cho vay', 'Approval of the loan'] }],
    service: service('wage-loan', 'case-decision', { competence: { level: 'province', kind: 'bank' }, limit: days(3), fee: { amount: 0 } }),
  }),
  procedure({
    ...loan, code: '9.000005', levels: ['ministry', 'province', 'commune'], scope: 'country', limit: days(11), ways: ['online'],
    executing: [['Bảo hiểm xã hội tỉnh, cơ sở', 'Provincial and local social insurance office'], ['Ủy ban nhân dân cấp xã (năm 2020: cấp huyện)', 'People’s Committee of the commune (2020: of the district)'], ['Ủy ban nhân dân cấp tỉnh', 'People’s Committee of the province'], ['Ngân hàng Chính sách xã hội', 'Bank for Social Policies']],
    name: ['Liên thông cho người sử dụng lao động vay vốn trả lương ngừng việc', 'Loan to employers for wages of stopped workers'], summary: ['Người sử dụng lao động nộp một bộ hồ sơ: bảo hiểm xã hội xác nhận, Ủy ban nhân dân thẩm định và quyết định, ngân hàng cho vay.', 'The employer files once: the insurer confirms, the committees appraise and decide, the bank lends.'],
    steps: [
      ['Người sử dụng lao động điền một tờ khai điện tử trên Cổng.', 'The employer fills in one electronic declaration on the portal.'], ['Cơ quan bảo hiểm xã hội xác nhận danh sách người lao động bằng dữ liệu.', 'The insurer confirms the list by its data.'],
      ['Ủy ban nhân dân thẩm định, Ủy ban nhân dân cấp tỉnh quyết định hỗ trợ.', 'The People’s Committee appraises, the province decides.'], ['Ngân hàng Chính sách xã hội cho vay; nếu một bước không được, các bước trước được đề nghị hủy.', 'The bank lends; where one step fails, the earlier ones are asked to be undone.'],
    ],
    papers: [loanForm, finance], results: [{ name: ['Thông báo phê duyệt cho vay', 'Approval of the loan'] }], related: ['9.000001', '9.000002', '9.000003', '9.000004'],
    linked: { members: [{ code: '9.000001', after: [] }, { code: '9.000002', after: ['9.000001'] }, { code: '9.000003', after: ['9.000002'] }, { code: '9.000004', after: ['9.000003'] }] },
    service: { formKey: 'linked-wage-loan', processKey: 'linked-wage-loan', resultTemplate: 'linked', competence: { level: 'commune' }, limit: days(11), fee: sums },
  }),
]
