import type { VNode } from 'preact'
import { formatMoney } from '../../../../platform/i18n.ts'
import { Table, usePage } from '../../../../ui/index.ts'
import { feeWords } from '../../../catalogue/index.ts'
import type { PartFee } from '../fees-of-parts.ts'

/** The fees of all parts together, and what is known of their sum. */
export function PartFees({ fees }: { fees: readonly PartFee[] }): VNode {
  const { t, lang } = usePage()
  const known = fees.reduce((sum, fee) => sum + (fee.amount ?? 0), 0)
  const isWhole = fees.every((fee) => fee.amount !== null)
  return (
    <>
      <Table caption={t('dossiers.linked.fees')} columns={[{ header: t('dossiers.linked.part') }, { header: t('dossiers.linked.fee') }]} rows={fees.map((fee) => [fee.name[lang], feeWords(t, lang, { amount: fee.amount, ...(fee.note ? { note: fee.note } : {}) })])} />
      <p class="govuk-body"><strong>{t(isWhole ? 'dossiers.linked.feeSum' : 'dossiers.linked.feeSumKnown', { amount: formatMoney(known, lang) })}</strong></p>
    </>
  )
}
