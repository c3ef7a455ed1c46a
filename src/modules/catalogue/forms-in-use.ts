import type { Db } from '../../platform/db.ts'

/** A procedure that is filed here by a form. */
export interface FormUse {
  formKey: string
  code: string
  name: { vi: string; en: string }
  /** Identifier code of the ministry (G..) or province (H..) that answers for it. */
  owner: string | null
  /** Vietnamese names of the components of the dossier that the version in force asks for. */
  components: string[]
}

/** Which procedures use which form, by the versions in force; copies of provinces follow the form of their original. */
export async function listFormUses(db: Db, formKey?: string): Promise<FormUse[]> {
  return await db<FormUse[]>`
    SELECT v.content->'service'->>'formKey' AS "formKey", p.code, jsonb_build_object('vi', p.name_vi, 'en', p.name_en) AS name, p.owner_code AS owner,
      ARRAY(SELECT c->'name'->>'vi' FROM jsonb_array_elements(v.content->'components') c) AS components
    FROM catalogue.procedure p JOIN catalogue.procedure_version v USING (code, version)
    WHERE p.has_service ${formKey === undefined ? db`` : db`AND v.content->'service'->>'formKey' = ${formKey}`} ORDER BY p.code`
}

/** A procedure in force as a form would use it, whether it is filed by one or not; `formKey` is empty where it is not. */
export async function findFormUse(db: Db, code: string): Promise<FormUse | undefined> {
  const [row] = await db<FormUse[]>`
    SELECT coalesce(v.content->'service'->>'formKey', '') AS "formKey", p.code, jsonb_build_object('vi', p.name_vi, 'en', p.name_en) AS name, p.owner_code AS owner,
      ARRAY(SELECT c->'name'->>'vi' FROM jsonb_array_elements(v.content->'components') c) AS components
    FROM catalogue.procedure p JOIN catalogue.procedure_version v USING (code, version) WHERE p.code = ${code}`
  return row
}
