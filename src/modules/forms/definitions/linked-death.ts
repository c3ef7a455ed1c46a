import type { FormDefinition } from '../definition.ts'
import { deathRegistration } from './death-registration.ts'
import { supportPages } from './funeral-support.ts'
import { text, truthful } from './usual-pages.ts'

/** One declaration for the linked group of death registration, removal of residence and funeral support (procedure 2.002622): the registration of the death, then how the support is paid. */
export const linkedDeath: FormDefinition = {
  key: 'linked-death', version: 1,
  title: text('Tờ khai điện tử liên thông khai tử, xóa thường trú, hỗ trợ mai táng', 'One declaration: death, removal of residence, funeral support'),
  source: text('Nghị định 63/2024/NĐ-CP', 'Decree 63/2024/NĐ-CP'),
  placeField: deathRegistration.placeField, applicant: deathRegistration.applicant,
  components: [{ name: 'Tờ khai điện tử liên thông', by: 'form' }, ...deathRegistration.components!.filter((c) => c.by === 'office')],
  pages: [...deathRegistration.pages.filter((p) => p.id !== 'declaration'), ...supportPages, truthful],
}
