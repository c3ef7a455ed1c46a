import type { Bilingual, Condition, FieldOf, Page } from '../definition.ts'

export const text = (vi: string, en: string): Bilingual => ({ vi, en })

/** Pages that forms share. Whoever files is told first who he is; an authorisation is asked for only from who acts for another. */
export function requesterPage(parts: FieldOf<'person'>['parts'] = ['name', 'birthDate', 'sex', 'citizenId', 'residence', 'phone', 'email'], title = text('Người yêu cầu', 'Who applies')): Page {
  return {
    id: 'requester', path: 'nguoi-yeu-cau', title,
    fields: [{ id: 'requester', type: 'person', self: true, label: title, parts, optional: ['email'], minAge: 14 }],
  }
}

/** Who applies, by the parts of the person `requester`. */
export const requesterFacts = (parts: readonly string[] = ['birthDate', 'sex', 'phone', 'email', 'residence']) => ({
  name: 'requester.name', citizenId: 'requester.citizenId',
  ...Object.fromEntries(parts.map((part) => [part === 'residence' ? 'address' : part, `requester.${part}`])),
})

export function placePage(title: Bilingual, guidance: Bilingual, label = text('Xã, phường, đặc khu', 'Commune')): Page {
  return { id: 'place', path: 'noi-giai-quyet', title, guidance, fields: [{ id: 'place', type: 'address', street: 'none', label }] }
}

export function declarationPage(vi: string, en: string): Page {
  return {
    id: 'declaration', path: 'cam-doan', title: text('Cam đoan', 'Declaration'),
    fields: [{ id: 'declaration', type: 'declaration', name: text('Tôi cam đoan', 'I declare'), label: text(vi, en) }],
  }
}

export const truthful = declarationPage('Tôi cam đoan nội dung khai là đúng sự thật và chịu trách nhiệm trước pháp luật', 'I declare that what I stated is true and that I answer for it before the law')

export const paper = (id: string, component: string, label: Bilingual, more: Partial<FieldOf<'file'>> = {}): FieldOf<'file'> => ({ id, type: 'file', accept: ['pdf', 'jpeg', 'png'], component, label, ...more })

export const yesNo = [{ value: 'yes', label: text('Có', 'Yes') }, { value: 'no', label: text('Không', 'No') }]
export const isYes = (field: string): Condition => ({ field, equals: 'yes' })
