import { shippedProcedures } from '../../../src/modules/catalogue/seed/shipped-procedures.ts'

/** The shipped procedure that is filed with a form. @throws Error for a form of none */
export function procedureOfForm(formKey: string): string {
  const found = shippedProcedures.find(({ content }) => content.service?.formKey === formKey)
  if (!found) throw new Error(`no procedure is filed with the form ${formKey}`)
  return found.content.code
}
