/** Rules of the numbers by which people and organisations are known (mã số định danh): pure functions, no data about anybody. */
export { checkTaxCode, isTaxCode, taxCheckDigit, type TaxCodeCheck } from './tax-code.ts'
export { idNumberAgrees, idNumberContradicts, readIdNumber, readOldIdNumber, type Described, type IdNumber, type Sex } from './id-number.ts'
export { birthPlaceOf, provinceBirthCodes, type BirthPlace } from './birth-places.ts'
export { isInsuranceNumber, readInsuranceNumber, type InsuranceNumber } from './insurance-number.ts'
