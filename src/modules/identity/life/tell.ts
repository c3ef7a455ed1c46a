import type { Ctx } from '../../../platform/ctx.ts'
import type { Tx } from '../../../platform/db.ts'
import type { Lang, Params } from '../../../platform/i18n.ts'
import { sendEmail, sendSms } from '../../notifications/index.ts'
import { accountContact } from '../citizens/account.store.ts'
import { cleanEmail, cleanPhone } from '../citizens/person-fields.ts'

/** What is told. `base` ends with a dot; behind it stand the texts `sms`, `subject` and `mail`; `key` names the occasion: a repeat sends nothing. */
export interface Tidings { base: string; key: string; params: Params; lang: Lang }

export async function tell(tx: Tx, ctx: Ctx, to: { phone?: string | null; email?: string | null }, { base, key, params, lang }: Tidings): Promise<void> {
  const words = { node: ctx.node.config.shortName[lang], url: ctx.node.config.baseUrl, ...params }
  if (to.phone) await sendSms(tx, ctx, { to: to.phone, textKey: `${base}sms`, params: words, lang, key })
  if (to.email) await sendEmail(tx, ctx, { to: { address: to.email }, subjectKey: `${base}subject`, textKey: `${base}mail`, params: words, lang, key })
}

/** By SMS and mail, as far as the account has them. */
export async function tellOwner(tx: Tx, ctx: Ctx, accountId: string, tidings: Omit<Tidings, 'lang'> & { lang?: Lang }): Promise<void> {
  const contact = await accountContact(tx, accountId)
  if (contact) await tell(tx, ctx, contact, { lang: 'vi', ...tidings })
}

/** A telephone number or a mail address as somebody typed it; undefined when it is neither. */
export function readContact(typed: string): { phone?: string; email?: string } | undefined {
  const phone = cleanPhone(typed)
  if (phone) return { phone }
  const email = cleanEmail(typed)
  return email ? { email } : undefined
}
