import type { Tx } from '../../../platform/db.ts'
import { seedRights } from './rights.store.ts'
import { codedPapers, codesSource, masterDataCodes } from './seed/coded-papers.ts'
import { shippedProviders } from './seed/payment-providers.ts'
import { revenueSource, shippedRevenueTypes } from './seed/revenue-types.ts'

/** Loads the shipped entries and rights that are not there yet; what officers changed stays. */
export async function seedLists(tx: Tx): Promise<void> {
  await seedRights(tx)
  await tx`
    INSERT INTO catalogue.payment_provider (code, kind, name_vi, short_name, swift_code)
    SELECT code, kind, "nameVi", "shortName", "swiftCode" FROM jsonb_to_recordset(${tx.json(shippedProviders as never)}) AS p (code text, kind text, "nameVi" text, "shortName" text, "swiftCode" text)
    WHERE NOT EXISTS (SELECT 1 FROM catalogue.payment_provider known WHERE known.code = p.code)`
  await tx`
    INSERT INTO catalogue.revenue_type (code, name_vi, name_en, section, source)
    SELECT code, vi, en, section, ${revenueSource} FROM jsonb_to_recordset(${tx.json(shippedRevenueTypes as never)}) AS r (code text, vi text, en text, section text)
    WHERE NOT EXISTS (SELECT 1 FROM catalogue.revenue_type known WHERE known.code = r.code)`
  await tx`
    INSERT INTO catalogue.master_data_code (code, subject, name_vi, name_en, source)
    SELECT code, subject, vi, en, ${codesSource} FROM jsonb_to_recordset(${tx.json(masterDataCodes as never)}) AS m (code text, subject text, vi text, en text)
    WHERE NOT EXISTS (SELECT 1 FROM catalogue.master_data_code known WHERE known.code = m.code)`
  await tx`
    INSERT INTO catalogue.document_type (code, name_vi, name_en, owner_code, source)
    SELECT code, vi, en, owner, ${codesSource} FROM jsonb_to_recordset(${tx.json(codedPapers as never)}) AS d (code text, vi text, en text, owner text)
    ON CONFLICT (code) DO NOTHING`
  await tx`
    INSERT INTO catalogue.online_service (code, name_vi, name_en, procedure_code, online_level, owner_code)
    SELECT p.code || '.01', p.name_vi, p.name_en, p.code, p.online_level, p.owner_code FROM catalogue.procedure p
    WHERE p.has_service AND p.owner_code IS NOT NULL AND p.online_level <> 'none' AND NOT EXISTS (SELECT 1 FROM catalogue.online_service known WHERE known.procedure_code = p.code)`
}
