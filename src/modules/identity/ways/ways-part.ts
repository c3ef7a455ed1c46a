import type { Part } from '../../../platform/join-parts.ts'
import { changeWayRoutes, logInWaysPath } from './administration/change-way.page.tsx'
import { logInWaysRoutes } from './administration/log-in-ways.page.tsx'
import { identityProviderRoutes } from './identity-provider/identity-provider.page.tsx'
import { providerPhoneRoutes } from './identity-provider/provider-phone.page.tsx'
import { seedDemoWays } from './seed-demo-ways.ts'
import { ownSocialInsuranceRoutes } from './social-insurance/own-social-insurance.page.tsx'
import { socialInsuranceLogInRoutes } from './social-insurance/social-insurance-log-in.page.tsx'
import { socialInsuranceRegistrationRoutes } from './social-insurance/social-insurance-registration.page.tsx'

/** Which ways to log in are open, as dated data, and those of social insurance and electronic identity. */
export const waysPart: Part = {
  permissions: { 'identity.manage-ways': { vi: 'Mở, đóng các phương thức đăng ký và đăng nhập', en: 'Open and close the ways to register and log in' } },
  deskNav: [{ href: logInWaysPath, key: 'identity.ways.admin.nav', permission: 'identity.manage-ways', order: 88, group: 'log-in' }],
  routes: ({ config }) => config.kind === 'national'
    ? [...socialInsuranceLogInRoutes, ...socialInsuranceRegistrationRoutes, ...ownSocialInsuranceRoutes, ...identityProviderRoutes, ...providerPhoneRoutes, ...logInWaysRoutes, ...changeWayRoutes]
    : [],
  seed: seedDemoWays,
}
