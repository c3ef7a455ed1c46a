import type { Tx } from '../../platform/db.ts'
import type { Part } from '../../platform/join-parts.ts'
import { adminQuestionRoutes } from './questions/admin.page.tsx'
import { adminQuestionsPath, questionsPath } from './questions/hrefs.ts'
import { questionRoutes } from './questions/public.page.tsx'
import { questionFollower } from './questions/publish-question.ts'
import { adminReportRoutes } from './reports/admin.page.tsx'
import { eraseContact, eraseContactQueue, receiveReportAnswer, reportAnswerService } from './reports/answer-report.ts'
import { reportsPath } from './reports/hrefs.ts'
import { receiveReport, reportService } from './reports/make-report.ts'
import { reportRoutes } from './reports/public.page.tsx'
import { qualityRoutes } from './review/admin.page.tsx'
import { qualityPath } from './review/hrefs.ts'
import { publicQualityRoute } from './review/public.page.tsx'
import { planReview, reviewAll, reviewFollower, reviewQueue } from './review/review-procedures.ts'
import { suggestRoute } from './search/suggest.routes.ts'

/** What belongs to finding, asking, reviewing and reporting: the part of the module's table of contents that readers and reviewers see. */
export const reviewPart: Part = {
  permissions: {
    'catalogue.questions': { vi: 'Soạn và công khai câu hỏi, trả lời về thủ tục', en: 'Write and publish questions and answers about procedures' },
    'catalogue.quality': { vi: 'Xem kết quả rà soát dữ liệu thủ tục và trả lời yêu cầu chỉnh sửa', en: 'See the review of procedures and answer requests to correct' },
    'catalogue.review': { vi: 'Rà soát dữ liệu thủ tục, yêu cầu chỉnh sửa', en: 'Review procedures and ask for corrections' },
    'catalogue.reports': { vi: 'Đọc và trả lời báo cáo về dữ liệu thủ tục của cơ quan mình', en: 'Read and answer reports about the procedures of the own agency' },
  },
  portalNav: [{ href: questionsPath, key: 'catalogue.questions.title', order: 12 }],
  deskNav: [
    { href: adminQuestionsPath, key: 'catalogue.questions.title', permission: 'catalogue.questions', order: 61, group: 'catalogue' },
    { href: qualityPath, key: 'catalogue.review.public', permission: 'catalogue.quality', order: 62, group: 'catalogue' },
    { href: reportsPath, key: 'catalogue.reports.admin', permission: 'catalogue.reports', order: 63, group: 'catalogue' },
  ],
  routes: () => [suggestRoute, ...questionRoutes, ...adminQuestionRoutes, ...qualityRoutes, publicQualityRoute, ...reportRoutes, ...adminReportRoutes],
  followers: (node) => (node.config.kind === 'national' ? [questionFollower, reviewFollower] : [questionFollower]),
  services: { [reportService]: receiveReport, [reportAnswerService]: receiveReportAnswer },
  jobs: { [reviewQueue]: reviewAll, [eraseContactQueue]: eraseContact },
  async start(node) {
    if (node.config.kind === 'national') await node.db.begin((tx) => planReview(tx as Tx, node.now()))
  },
}
