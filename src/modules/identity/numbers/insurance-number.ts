export { isInsuranceNumber, readInsuranceNumber, type InsuranceNumber } from '../../numbers/index.ts'
