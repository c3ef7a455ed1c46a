import type { Field, FormDefinition, Page } from '../definition.ts'
import { paper, requesterFacts, requesterPage, text, truthful } from './usual-pages.ts'

const source = text('Quyết định 15/2020/QĐ-TTg, Chương VI', 'Decision 15/2020/QĐ-TTg, chapter VI')
const dong = { min: 0, max: 10_000_000_000_000 }

const employer: Field = { id: 'employer', type: 'organisation', label: text('Người sử dụng lao động', 'The employer'), parts: ['name', 'taxCode', 'address', 'phone'] }
const employerPage: Page = {
  id: 'employer', path: 'nguoi-su-dung-lao-dong', title: text('Người sử dụng lao động', 'The employer'),
  fields: [employer, { id: 'seat', type: 'address', label: text('Nơi đặt trụ sở hoặc địa điểm kinh doanh', 'Seat or place of business') }],
}
const workersPage: Page = {
  id: 'workers', path: 'nguoi-lao-dong', title: text('Người lao động ngừng việc', 'Workers who stopped'),
  fields: [
    { id: 'month', type: 'date', label: text('Ngừng việc từ ngày', 'Stopped since'), max: { today: {} } },
    {
      id: 'workers', type: 'group', look: 'table', min: 1, max: 50, label: text('Danh sách người lao động ngừng việc', 'List of the workers'), itemTitle: text('Người lao động', 'Worker'),
      fields: [{ id: 'name', type: 'person-name', label: text('Họ và tên', 'Name') }, { id: 'insuranceNumber', type: 'insurance-number', label: text('Mã số bảo hiểm xã hội', 'Insurance number') }, { id: 'wage', type: 'money', ...dong, label: text('Tiền lương ngừng việc phải trả', 'Wage that is due') }],
    },
  ],
}
const unionPages: Page[] = [
  {
    id: 'union', path: 'cong-doan', title: text('Thỏa thuận ngừng việc', 'Agreement with the workers'),
    fields: [{ id: 'union', type: 'choice', label: text('Nơi làm việc có công đoàn cơ sở không?', 'Is there a trade union at the workplace?'), name: text('Công đoàn cơ sở', 'Trade union'), options: [{ value: 'yes', label: text('Có', 'Yes') }, { value: 'no', label: text('Không', 'No') }] }],
  },
  { id: 'unionConsent', path: 'y-kien-cong-doan', title: text('Đại diện công đoàn', 'The union'), condition: { field: 'union', equals: 'yes' }, fields: [{ id: 'unionHead', type: 'person-name', label: text('Người đại diện công đoàn ký danh sách', 'Who signs the list for the union') }] },
]
/** Half of the wages is paid by the employer before, the other half is lent for at most three months. */
const amountPage: Page = {
  id: 'amount', path: 'so-tien-vay', title: text('Số tiền đề nghị vay', 'The loan'),
  fields: [
    { id: 'paidBefore', type: 'money', ...dong, label: text('Tiền lương ngừng việc đã trả trước', 'Wages paid already'), hint: text('Ít nhất 50%', 'At least half') },
    { id: 'amount', type: 'money', min: 1, max: dong.max, label: text('Số tiền đề nghị vay', 'Amount of the loan') },
    { id: 'months', type: 'number', min: 1, max: 3, label: text('Số tháng trả lương ngừng việc', 'Months of wages') },
  ],
}
const financePage: Page = { id: 'finance', path: 'bao-cao-tai-chinh', title: text('Báo cáo tài chính', 'Financial report'), fields: [paper('financeFile', 'Báo cáo tài chính', text('Báo cáo tài chính năm và quý gần nhất', 'Report of the year and of the last quarter'), { required: false, hint: text('Không cần khi cơ quan thuế đã có', 'Not needed where the tax office has it') })] }
const accountPage: Page = {
  id: 'account', path: 'tai-khoan', title: text('Tài khoản nhận tiền vay', 'The account'),
  fields: [{ id: 'bankName', type: 'text', maxLength: 100, label: text('Ngân hàng', 'Bank') }, { id: 'accountNumber', type: 'text', maxLength: 30, label: text('Số tài khoản', 'Account number') }],
}
const earlier: Field[] = [
  { id: 'confirmationNumber', type: 'text', maxLength: 60, required: false, label: text('Số xác nhận của bảo hiểm xã hội', 'Number of the insurer’s confirmation') },
  { id: 'confirmationDay', type: 'date', required: false, max: { today: {} }, label: text('Ngày xác nhận', 'Day of the confirmation') },
]
const decided: Field = { id: 'decisionNumber', type: 'text', maxLength: 60, required: false, label: text('Số quyết định hỗ trợ của tỉnh', 'Number of the province’s decision') }
const groundsPage = (fields: Field[]): Page => ({ id: 'grounds', path: 'can-cu', title: text('Căn cứ', 'Grounds'), fields })

const form = (key: string, vi: string, en: string, pages: Page[], components: FormDefinition['components']): FormDefinition => ({
  key, version: 1, title: text(vi, en), source, placeField: 'seat', applicant: requesterFacts(), components: [{ name: 'Giấy đề nghị vay vốn trả lương ngừng việc', by: 'form' }, ...components ?? []], pages: [requesterPage(), ...pages, truthful],
})
const confirmed = { name: 'Danh sách người lao động ngừng việc có xác nhận của bảo hiểm xã hội', by: 'office' } as const

/** Confirmation of the list of workers by the insurer's data (first procedure of the group of Decision 15/2020/QĐ-TTg). */
export const workersConfirmation = form('workers-confirmation', 'Đề nghị xác nhận danh sách người lao động ngừng việc', 'Request to confirm the list of workers', [employerPage, workersPage, ...unionPages], [])
/** Appraisal by the district, since 1 July 2025 by the commune. */
export const wageLoanAppraisal = form('wage-loan-appraisal', 'Đề nghị thẩm định hồ sơ vay vốn trả lương ngừng việc', 'Application to appraise a wage loan', [employerPage, workersPage, ...unionPages, amountPage, financePage, groundsPage(earlier)], [confirmed])
/** Decision of the province. */
export const wageLoanDecision = form('wage-loan-decision', 'Đề nghị hỗ trợ vay vốn trả lương ngừng việc', 'Application for the support of a wage loan', [employerPage, ...unionPages, amountPage, groundsPage(earlier)], [confirmed])
/** The loan itself, by the Bank for Social Policies. */
export const wageLoan = form('wage-loan', 'Đề nghị vay vốn trả lương ngừng việc', 'Application for a wage loan', [employerPage, ...unionPages, amountPage, accountPage, groundsPage([decided])], [])
/** One declaration for all four. */
export const linkedWageLoan = form('linked-wage-loan', 'Tờ khai điện tử liên thông vay vốn trả lương ngừng việc', 'One declaration for a wage loan', [employerPage, workersPage, ...unionPages, amountPage, financePage, accountPage], [])
