import { anonymous } from '../../platform/actor.ts'
import { translator, type Lang } from '../../platform/i18n.ts'
import type { PageContext } from '../page-context.ts'

/** A page of the national node for tests of components and pages. */
export function samplePage(lang: Lang = 'vi', more: Partial<PageContext> = {}): PageContext {
  return {
    t: translator(lang),
    lang,
    nonce: 'test-nonce',
    csrf: 'test-csrf',
    actor: anonymous,
    brand: {
      name: { vi: 'Cổng Dịch vụ công quốc gia', en: 'National Public Service Portal' },
      shortName: { vi: 'Cổng quốc gia', en: 'National portal' },
      colour: '#9B1B1E', dark: '#6F1114', emblem: 'national', phone: '1900 0000',
    },
    path: '/',
    query: {},
    assets: (name) => `/assets/${name}`,
    islands: [],
    nav: [],
    links: { home: '/', search: '/thu-tuc', signIn: '/dang-nhap', signOut: '/dang-xuat' },
    ...more,
  }
}
