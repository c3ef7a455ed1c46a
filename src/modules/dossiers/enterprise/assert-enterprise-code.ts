import { isTaxCode } from '../../numbers/index.ts'
import { errors } from '../dossiers.errors.ts'

/**
 * A certificate of enterprise registration bears the number that the tax system gave (Law on Enterprises 59/2020/QH14, art. 29: one number for the enterprise and its taxes);
 * nothing else stands for it. Checked where the draft is kept, since no step leads back from the signature, and once more before signing.
 * @throws ENTERPRISE_CODE_MISSING
 */
export function assertEnterpriseCode({ template, data }: { template: string; data: Readonly<Record<string, unknown>> }): void {
  if (template === 'enterprise-certificate' && !(typeof data.enterpriseCode === 'string' && isTaxCode(data.enterpriseCode))) throw errors.ENTERPRISE_CODE_MISSING()
}
