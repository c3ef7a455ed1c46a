import { unitsHref } from '../../organisations/index.ts'
import { questionsPath } from '../questions/hrefs.ts'
import { reportPath } from '../reports/hrefs.ts'
import { publicQualityPath } from '../review/hrefs.ts'
import { informationPath, listHref, listPath, trackPath } from './hrefs.ts'

/** Kinds of information that the portal owes the public, in the order of the regulation (S4 art. 7), each with where it is. */
export interface InformationKind { readonly slug: string; readonly links: readonly { readonly href: string; readonly key: string }[] }

const kind = (slug: string, ...links: [href: string, key: string][]): InformationKind => ({ slug, links: links.map(([href, key]) => ({ href, key: `catalogue.information.link.${key}` })) })

export const informationKinds: readonly InformationKind[] = [
  kind('thu-tuc', [listPath, 'procedures'], [listHref({ 'truc-tuyen': 'here' }), 'services']),
  kind('huong-dan', [listPath, 'guides'], [questionsPath, 'questions']),
  kind('tinh-hinh-ho-so', [trackPath, 'track'], ['/ho-so', 'own']),
  kind('phan-anh', [reportPath, 'report']),
  kind('danh-gia', ['/so-lieu', 'figures'], [publicQualityPath, 'quality']),
  kind('so-lieu', ['/so-lieu', 'figures']),
  kind('lien-he'),
  kind('thanh-toan'),
  kind('buu-chinh'),
  kind('dieu-khoan'),
  kind('khac', ['/du-lieu-mo', 'openData'], [unitsHref(), 'units']),
]

/** For the footer of every portal page. */
export const informationNav = informationKinds.map(({ slug }) => ({ href: `${informationPath}#${slug}`, key: `catalogue.information.${slug}.name` }))
