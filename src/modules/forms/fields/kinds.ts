import type { SimpleField } from '../definition.ts'
import { addressKind } from './address.ts'
import { calculatedKind } from './calculated.ts'
import { checkboxKind, choiceKind, declarationKind } from './choices.ts'
import { dateKind } from './date.ts'
import type { FieldKind } from './field-kind.ts'
import { fileKind } from './file.ts'
import { citizenIdKind, insuranceNumberKind, phoneKind, taxCodeKind } from './identifiers.ts'
import { moneyKind, numberKind } from './numbers.ts'
import { periodKind } from './period.ts'
import { emailKind, longTextKind, personNameKind, textKind } from './text.ts'

type Kinds = { readonly [T in SimpleField['type']]: FieldKind<Extract<SimpleField, { type: T }>> }

/** The types of fields of the domain. Composed fields and repeated groups are made of these and are handled where forms are walked. */
export const kinds: Kinds = {
  'text': textKind,
  'long-text': longTextKind,
  'person-name': personNameKind,
  'date': dateKind,
  'period': periodKind,
  'address': addressKind,
  'money': moneyKind,
  'number': numberKind,
  'calculated': calculatedKind,
  'citizen-id': citizenIdKind,
  'tax-code': taxCodeKind,
  'insurance-number': insuranceNumberKind,
  'phone': phoneKind,
  'email': emailKind,
  'choice': choiceKind,
  'checkbox': checkboxKind,
  'declaration': declarationKind,
  'file': fileKind,
}

export const kindOf = <F extends SimpleField>(field: F): FieldKind<F> => kinds[field.type] as FieldKind<F>
