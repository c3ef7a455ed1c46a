export { checkTaxCode, isTaxCode, type TaxCodeCheck } from '../../numbers/index.ts'
