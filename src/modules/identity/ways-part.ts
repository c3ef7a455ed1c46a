import type { Part } from '../../platform/join-parts.ts'
import { changeWayRoutes, logInWaysPath } from './ways/administration/change-way.page.tsx'
import { logInWaysRoutes } from './ways/administration/log-in-ways.page.tsx'
import { identityProviderRoutes } from './ways/identity-provider/identity-provider.page.tsx'
import { providerPhoneRoutes } from './ways/identity-provider/provider-phone.page.tsx'
import { seedDemoWays } from './ways/seed-demo-ways.ts'
import { ownSocialInsuranceRoutes } from './ways/social-insurance/own-social-insurance.page.tsx'
import { socialInsuranceLogInRoutes } from './ways/social-insurance/social-insurance-log-in.page.tsx'
import { socialInsuranceRegistrationRoutes } from './ways/social-insurance/social-insurance-registration.page.tsx'

/** Which ways to log in are open, as dated data, and those of social insurance and electronic identity. */
export const waysPart: Part = {
  permissions: { 'identity.manage-ways': { vi: 'Mở, đóng các phương thức đăng ký và đăng nhập', en: 'Open and close the ways to register and log in' } },
  deskNav: [{ href: logInWaysPath, key: 'identity.ways.admin.nav', permission: 'identity.manage-ways', order: 88 }],
  routes: ({ config }) => config.kind === 'national'
    ? [...socialInsuranceLogInRoutes, ...socialInsuranceRegistrationRoutes, ...ownSocialInsuranceRoutes, ...identityProviderRoutes, ...providerPhoneRoutes, ...logInWaysRoutes, ...changeWayRoutes]
    : [],
  seed: seedDemoWays,
}
