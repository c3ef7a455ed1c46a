import type { FormDefinition } from '../definition.ts'
import { birthRegistration } from './birth-registration.ts'
import { firstFacilityPages } from './child-insurance-card.ts'
import { consentPage, homeDataPage, housingPage, relationOptions } from './residence.ts'
import { text, truthful } from './usual-pages.ts'

/**
 * One declaration for the linked group of birth registration, permanent residence and health-insurance card (procedure 2.000986): what the registration of the birth asks, then only
 * what the police and the insurer need beside it.
 */
export const linkedBirth: FormDefinition = {
  key: 'linked-birth', version: 1,
  title: text('Tờ khai điện tử liên thông khai sinh, thường trú, thẻ bảo hiểm y tế', 'One declaration: birth, permanent residence, health-insurance card'),
  source: text('Nghị định 63/2024/NĐ-CP', 'Decree 63/2024/NĐ-CP'),
  placeField: birthRegistration.placeField, applicant: birthRegistration.applicant,
  components: [
    { name: 'Tờ khai điện tử liên thông', by: 'form' },
    ...birthRegistration.components!.filter((c) => c.by === 'office'),
    { name: 'Giấy tờ chứng minh chỗ ở hợp pháp', by: 'office', when: { field: 'linked', equals: 'yes' } },
  ],
  pages: [
    ...birthRegistration.pages.filter((p) => p.id !== 'declaration'),
    {
      id: 'newHome', path: 'noi-thuong-tru-cua-tre', title: text('Nơi đăng ký thường trú cho trẻ', 'Where the child will live'),
      guidance: text('Công an xã, phường nơi này đăng ký thường trú; cơ quan bảo hiểm xã hội của tỉnh cấp thẻ.', 'The commune police of this place register the residence; the insurer of the province issues the card.'),
      fields: [{ id: 'newHome', type: 'address', label: text('Nơi thường trú của trẻ', 'Permanent home of the child') }],
    },
    {
      id: 'household', path: 'ho-gia-dinh', title: text('Hộ gia đình nơi trẻ đến', 'The household'),
      fields: [{ id: 'headRelation', type: 'choice', label: text('Người yêu cầu là gì của chủ hộ nơi đó?', 'How is the person who asks related to the head of the household?'), name: text('Quan hệ của người yêu cầu với chủ hộ', 'Relation to the head of the household'), options: relationOptions }],
    },
    {
      id: 'head', path: 'chu-ho', title: text('Chủ hộ', 'Head of the household'), condition: { not: { field: 'headRelation', equals: 'head' } },
      fields: [{ id: 'head', type: 'person', label: text('Chủ hộ', 'Head of the household'), parts: ['name', 'citizenId'] }],
    },
    homeDataPage, housingPage,
    { ...consentPage, condition: { not: { field: 'headRelation', equals: 'head' } } },
    ...firstFacilityPages,
    truthful,
  ],
}
