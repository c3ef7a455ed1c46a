import type { Part } from '../../platform/join-parts.ts'
import { receiveServiceChange, serviceChangeService, serviceFeed } from './onboarding/offer-feed.ts'
import { serviceRoutes } from './onboarding/routes.ts'
import { useFollower } from './onboarding/use-follower.ts'

/** Online services: their way to the public, and whether they are offered. */
export const onboardingPart: Part = {
  permissions: {
    'catalogue.view-services': { vi: 'Xem việc tích hợp, cung cấp dịch vụ công trực tuyến', en: 'See the onboarding and offering of online services' },
    'catalogue.propose-services': { vi: 'Đề nghị công khai dịch vụ, báo cáo kiểm thử', en: 'Propose services and report their test' },
    'catalogue.decide-services': { vi: 'Mở, xác nhận, tạm ngừng, dừng dịch vụ', en: 'Open, confirm, suspend and stop services' },
  },
  deskNav: [{ href: '/admin/services', key: 'catalogue.nav.services', permission: 'catalogue.view-services', order: 72, group: 'catalogue' }],
  routes: (node) => (node.config.kind === 'national' ? [...serviceRoutes] : []),
  followers: (node) => (node.config.kind === 'national' ? [serviceFeed, useFollower] : []),
  services: { [serviceChangeService]: receiveServiceChange },
}
