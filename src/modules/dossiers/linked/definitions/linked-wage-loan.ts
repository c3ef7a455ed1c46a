import type { LinkedDefinition } from '../linked-definition.ts'

const employer = ['requester', 'employer', 'seat', 'union', 'unionHead', 'declaration']
const grounds = { confirmationNumber: { given: 'confirmation.number' }, confirmationDay: { given: 'confirmation.day' } }

/**
 * A loan to employers for the wages of stopped workers, as it was re-engineered in 2020 (Decision 15/2020/QĐ-TTg: insurer 3, district 3, province 2, bank 3 working days). What was the
 * district's is the commune's since 1 July 2025.
 */
export const linkedWageLoan: LinkedDefinition = {
  code: '9.000005', version: 1, validFrom: '2020-04-24', processKey: 'linked-wage-loan', limit: { value: 11, unit: 'working-day' }, lead: 'G09',
  source: { vi: 'Nghị quyết 42/NQ-CP, Quyết định 15/2020/QĐ-TTg', en: 'Resolution 42/NQ-CP, Decision 15/2020/QĐ-TTg' },
  parts: [
    {
      key: 'confirmation', procedure: '9.000001', name: { vi: 'Xác nhận của bảo hiểm xã hội', en: 'Confirmation by the insurer' }, result: { vi: 'xác nhận danh sách người lao động', en: 'the confirmed list of workers' }, limit: { value: 3, unit: 'working-day' },
      same: [...employer, 'month', 'workers'], set: {}, attach: [], gives: [],
    },
    {
      key: 'appraisal', procedure: '9.000002', name: { vi: 'Thẩm định', en: 'Appraisal' }, result: { vi: 'tờ trình của Ủy ban nhân dân', en: 'the submission of the People’s Committee' }, limit: { value: 3, unit: 'working-day' },
      same: [...employer, 'month', 'workers', 'paidBefore', 'amount', 'months', 'financeFile'], set: grounds, attach: ['confirmation'], gives: [],
    },
    {
      key: 'decision', procedure: '9.000003', name: { vi: 'Quyết định của tỉnh', en: 'Decision of the province' }, result: { vi: 'quyết định hỗ trợ vay vốn', en: 'the decision on the support' }, limit: { value: 2, unit: 'working-day' },
      same: [...employer, 'paidBefore', 'amount', 'months'], set: grounds, attach: ['confirmation', 'appraisal'], gives: [],
    },
    {
      key: 'loan', procedure: '9.000004', name: { vi: 'Cho vay', en: 'The loan' }, result: { vi: 'thông báo phê duyệt cho vay', en: 'the approval of the loan' }, limit: { value: 3, unit: 'working-day' },
      same: [...employer, 'paidBefore', 'amount', 'months', 'bankName', 'accountNumber'], set: { decisionNumber: { given: 'decision.number' } }, attach: ['decision'], gives: [],
    },
  ],
}
