import type { Bilingual, ComposedField, FieldOf, OrganisationPart, PersonPart, SimpleField } from '../definition.ts'
import { birthDateLabel, emailLabel, ethnicityLabel, idLabel, nameHint, nameLabel, nationalityLabel, phoneLabel, sexLabel, sexOptions } from '../definitions/standard-options.ts'

const residenceLabel: Bilingual = { vi: 'Nơi cư trú', en: 'Residence' }
const birthPlaceLabel: Bilingual = { vi: 'Nơi sinh', en: 'Place of birth' }
const hometownLabel: Bilingual = { vi: 'Quê quán', en: 'Home town' }
const organisationLabels: Readonly<Record<OrganisationPart, Bilingual>> = {
  name: { vi: 'Tên tổ chức', en: 'Name of the organisation' }, taxCode: { vi: 'Mã số thuế', en: 'Tax code' }, address: { vi: 'Địa chỉ', en: 'Address' },
  representative: { vi: 'Người đại diện', en: 'Representative' }, phone: { vi: 'Số điện thoại', en: 'Telephone' }, email: emailLabel,
}

/** Under this age a person is a child (Law on Children 102/2016/QH13, art. 1). */
const childUntil = 15
const partsOfChild: readonly PersonPart[] = ['name', 'birthDate', 'sex', 'citizenId', 'ethnicity', 'nationality']

type People = FieldOf<'person'> | FieldOf<'child'>

/** The simple fields of which a composed one is made, in the order of its `parts`. */
export function partsOf(field: ComposedField): SimpleField[] {
  const optional = new Set<string>(field.optional ?? (field.type === 'child' ? ['citizenId'] : []))
  const parts = field.type === 'organisation' ? field.parts.map(organisationPart) : (field.parts ?? partsOfChild).map((part) => personPart(part, field))
  // What need not be answered as a whole may be left empty in each part.
  return parts.map((part) => (optional.has(part.id) || field.required === false ? { ...part, required: false } : part))
}

function personPart(part: PersonPart, field: People): SimpleField {
  const has = (other: PersonPart): boolean => (field.parts ?? partsOfChild).includes(other)
  const self = field.type === 'person' && field.self === true
  switch (part) {
    case 'name': return { id: part, type: 'person-name', label: nameLabel, ...(self && { hint: nameHint, autocomplete: 'name' }) }
    case 'birthDate': return birthDate(field, self)
    case 'sex': return { id: part, type: 'choice', label: sexLabel, options: sexOptions }
    case 'citizenId': return { id: part, type: 'citizen-id', label: idLabel, ...(has('birthDate') && { birthDate: 'birthDate' }), ...(has('sex') && { sex: 'sex' }) }
    case 'ethnicity': return { id: part, type: 'choice', list: 'ethnicities', look: 'select', label: ethnicityLabel }
    case 'nationality': return { id: part, type: 'choice', list: 'countries', look: 'select', label: nationalityLabel }
    case 'birthPlace': return { id: part, type: 'address', street: 'none', label: birthPlaceLabel }
    case 'hometown': return { id: part, type: 'address', street: 'none', label: hometownLabel }
    case 'residence': return { id: part, type: 'address', label: residenceLabel }
    case 'phone': return { id: part, type: 'phone', mobile: true, label: phoneLabel, ...(self && { autocomplete: 'tel' }) }
    case 'email': return { id: part, type: 'email', label: emailLabel, ...(self && { autocomplete: 'email' }) }
  }
}

function birthDate(field: People, self: boolean): SimpleField {
  const { minAge, maxAge = field.type === 'child' ? childUntil : undefined } = field
  return { id: 'birthDate', type: 'date', label: birthDateLabel, max: field.bornBy ?? { today: {} }, ...(minAge !== undefined && { minAge }), ...(maxAge !== undefined && { maxAge }), ...(self && { autocomplete: 'bday' }) }
}

function organisationPart(part: OrganisationPart): SimpleField {
  const label = organisationLabels[part]
  switch (part) {
    case 'name': return { id: part, type: 'text', minLength: 2, maxLength: 200, label }
    case 'taxCode': return { id: part, type: 'tax-code', label }
    case 'address': return { id: part, type: 'address', label }
    case 'representative': return { id: part, type: 'person-name', label }
    case 'phone': return { id: part, type: 'phone', label }
    case 'email': return { id: part, type: 'email', label }
  }
}
