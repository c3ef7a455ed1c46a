/**
 * Every rule that a form can apply, with the parameters its message gets. The message is the text `forms.rule.<name>` in both languages;
 * its bounds come from the same parameters the rule was checked with, so that text and rule cannot disagree.
 * `other` names a field; the message shows that field's name. `message` names a rule of the form that brings its own sentence.
 */
export const rules = {
  'required': [],
  'required.choice': [],
  'required.file': [],
  'required.declaration': [],
  'required.group': ['min', 'entry'],
  'wrongType': [],
  'unknown': [],
  'hidden': [],
  'text.characters': [],
  'text.tooLong': ['max'],
  'text.tooShort': ['min'],
  'format.digits': [],
  'format.paperNumber': [],
  'format.drivingLicence': [],
  'format.industryCode': [],
  'format.businessNameLetters': [],
  'format.businessNameWord': ['word'],
  'name.characters': [],
  'date.incomplete': [],
  'date.invalid': [],
  'date.future': [],
  'date.tooEarly': ['min'],
  'date.tooLate': ['max'],
  'date.notBeforeField': ['other'],
  'date.notAfterField': ['other'],
  'date.minAge': ['age'],
  'date.maxAge': ['age'],
  'period.incomplete': [],
  'period.backwards': [],
  'address.province': [],
  'address.commune': [],
  'address.unknownCommune': [],
  'address.street': [],
  'money.invalid': [],
  'number.invalid': [],
  'number.decimals': ['decimals'],
  'number.tooSmall': ['min'],
  'number.tooLarge': ['max'],
  'money.tooSmall': ['min'],
  'money.tooLarge': ['max'],
  'citizenId.digits': [],
  'citizenId.code': [],
  'citizenId.birthYear': ['other'],
  'citizenId.sex': ['other'],
  'insuranceNumber.form': [],
  'taxCode.form': [],
  'taxCode.checkDigit': [],
  'phone.form': [],
  'phone.mobile': [],
  'email.form': [],
  'choice.unknown': [],
  'file.empty': [],
  'file.type': ['types'],
  'file.damaged': ['type'],
  'file.tooLarge': ['megabytes'],
  'file.tooMany': ['max'],
  'group.tooMany': ['max', 'entry'],
  'calculated.differs': [],
  'page.atLeastOne': ['others'],
  'page.exactlyOne': ['others'],
  'page.says': ['message'],
  'page.different': ['other'],
} as const satisfies Record<string, readonly string[]>

export type RuleName = keyof typeof rules
export type RuleParams = Record<string, string | number>

/** A broken rule. `part` is the piece of the field it sits in (`commune`, `year`). */
export interface Finding { rule: RuleName; params?: RuleParams; part?: string }

const prefix = 'forms.rule.'
export const ruleKey = (rule: RuleName): string => prefix + rule
export const isRuleKey = (key: string): boolean => key.startsWith(prefix)
