import type { SimpleField } from '../definition.ts'
import { addressKind } from './address.ts'
import { checkboxKind, choiceKind, declarationKind } from './choices.ts'
import { dateKind } from './date.ts'
import type { FieldKind } from './field-kind.ts'
import { fileKind } from './file.ts'
import { citizenIdKind, phoneKind, taxCodeKind } from './identifiers.ts'
import { moneyKind, wholeNumberKind } from './numbers.ts'
import { emailKind, longTextKind, personNameKind, textKind } from './text.ts'

type Kinds = { readonly [T in SimpleField['type']]: FieldKind<Extract<SimpleField, { type: T }>> }

/** The types of fields of the domain. A repeated group is made of these and is handled where forms are walked. */
export const kinds: Kinds = {
  'text': textKind,
  'long-text': longTextKind,
  'person-name': personNameKind,
  'date': dateKind,
  'address': addressKind,
  'money': moneyKind,
  'number': wholeNumberKind,
  'citizen-id': citizenIdKind,
  'tax-code': taxCodeKind,
  'phone': phoneKind,
  'email': emailKind,
  'choice': choiceKind,
  'checkbox': checkboxKind,
  'declaration': declarationKind,
  'file': fileKind,
}

export const kindOf = <F extends SimpleField>(field: F): FieldKind<F> => kinds[field.type] as FieldKind<F>
