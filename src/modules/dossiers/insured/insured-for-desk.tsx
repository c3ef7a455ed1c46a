import type { VNode } from 'preact'
import type { Db } from '../../../platform/db.ts'
import { formatDateTime } from '../../../platform/i18n.ts'
import { InsetText, Table, Tag, usePage } from '../../../ui/index.ts'
import type { Content } from '../dossiers.store.ts'
import { declaredSchema } from './check-insured.ts'
import type { Finding } from './contribution-register.client.ts'
import { findCheck } from './insured.store.ts'

export interface DeskInsured { taxCode: string; month: string; transaction: string; askedAt: Date; rows: { name: string; insuranceNumber: string; finding: Finding }[] }

/** What the register said of the declared workers: undefined where nothing is asked, 'waiting' while it has not answered. */
export async function insuredForDesk(db: Db, dossierId: string, content: Content): Promise<DeskInsured | 'waiting' | undefined> {
  const declared = content.formKey === 'workers-confirmation' ? declaredSchema.safeParse(content.answers).data : undefined
  if (!declared) return undefined
  const check = await findCheck(db, dossierId)
  return check ? { ...check, taxCode: declared.employer.taxCode, rows: check.findings.flatMap((finding, at) => (declared.workers[at] ? [{ ...declared.workers[at], finding }] : [])) } : 'waiting'
}

/** For the officer who confirms or refuses: each worker beside the data, those that differ first. */
export function InsuredForDesk({ insured }: { insured: DeskInsured | 'waiting' }): VNode {
  const { t } = usePage()
  if (insured === 'waiting') return <InsetText>{t('dossiers.insured.waiting')}</InsetText>
  const { rows } = insured
  const differing = rows.filter((row) => row.finding !== 'paid')
  const [year, month] = insured.month.split('-') as [string, string]
  return (
    <>
      <h2 class="govuk-heading-m">{t('dossiers.insured.title')}</h2>
      <p class="govuk-body">{t('dossiers.insured.asked', { at: formatDateTime(insured.askedAt), month: `${month}/${year}`, taxCode: insured.taxCode })} <span class="mc-code">{insured.transaction}</span></p>
      <InsetText>{differing.length === 0 ? t('dossiers.insured.agrees', { count: rows.length }) : t('dossiers.insured.differs', { count: differing.length, all: rows.length })}</InsetText>
      <Table wide caption={t('dossiers.insured.title')} captionHidden columns={[{ header: t('dossiers.insured.worker') }, { header: t('dossiers.insured.number') }, { header: t('dossiers.insured.finding') }]}
        rows={[...differing, ...rows.filter((row) => row.finding === 'paid')].map((row) => [row.name, <span class="mc-code">{row.insuranceNumber}</span>, <Tag tone={row.finding === 'paid' ? 'done' : 'attention'}>{t(`dossiers.insured.is.${row.finding}`)}</Tag>])} />
    </>
  )
}
