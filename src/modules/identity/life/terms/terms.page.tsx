import type { VNode } from 'preact'
import type { Person } from '../../../../platform/actor.ts'
import { transact, type Ctx } from '../../../../platform/ctx.ts'
import type { FieldError } from '../../../../platform/errors.ts'
import { page, redirect, type Reply } from '../../../../platform/http/reply.ts'
import type { Req, Route } from '../../../../platform/http/route.ts'
import { formatDate } from '../../../../platform/i18n.ts'
import { Button, Checkboxes, ErrorSummary, fieldErrors, Form, InsetText, PrintButton, usePage } from '../../../../ui/index.ts'
import { safeReturn } from '../../access/return-path.ts'
import { errors } from '../../identity.errors.ts'
import { accountHome, acceptTermsPath } from '../hrefs.ts'
import { acceptTerms, acceptedVersion, findTerms, termsHash, type Terms } from './terms.ts'

/** The terms for everybody to read, and at the first log-in after a new version, to accept. */
export const termsRoutes: readonly Route[] = [
  { method: 'GET', path: '/dieu-khoan', access: 'public', handler: showTerms },
]
export const acceptRoutes: readonly Route[] = [
  { method: 'GET', path: '/tai-khoan/dieu-khoan', access: 'person', handler: (req) => ask(req, req.query.tiep, []) },
  { method: 'POST', path: '/tai-khoan/dieu-khoan', access: 'person', handler: accept },
]

async function showTerms({ ctx, query }: Req): Promise<Reply> {
  const terms = await findTerms(ctx.db, /^\d{1,4}$/.test(query['phien-ban'] ?? '') ? { version: Number(query['phien-ban']) } : { at: ctx.now })
  if (!terms) throw errors.TERMS_NOT_FOUND()
  return page(<div class="govuk-grid-row"><div class="govuk-grid-column-two-thirds"><TermsText terms={terms} /><PrintButton /></div></div>, { title: terms.title[ctx.lang] })
}

type PersonCtx = Ctx & { actor: Person }

async function ask(req: Req, back: string | undefined, wrong: FieldError[]): Promise<Reply> {
  const ctx = req.ctx as PersonCtx
  const returnTo = safeReturn(back, accountHome)
  const [terms, accepted] = await Promise.all([findTerms(ctx.db, { at: ctx.now }), acceptedVersion(ctx.db, ctx.actor.id)])
  if (!terms) throw errors.TERMS_NOT_FOUND()
  if (accepted !== undefined && accepted >= terms.version) return redirect(returnTo)
  return page(<Ask terms={terms} before={accepted} returnTo={returnTo} wrong={wrong} />, { title: ctx.t('identity.life.terms.ask'), status: wrong.length > 0 ? 400 : 200 })
}

async function accept(req: Req): Promise<Reply> {
  const ctx = req.ctx as PersonCtx
  const { form } = req
  const terms = await findTerms(ctx.db, { at: ctx.now })
  if (!terms) throw errors.TERMS_NOT_FOUND()
  // Who read one version does not accept another that began meanwhile.
  if (form.get('hash') !== termsHash(terms, ctx.lang)) return ask(req, form.get('tiep'), [{ field: 'accept', key: 'identity.life.terms.changed' }])
  if (form.get('accept') !== 'yes') return ask(req, form.get('tiep'), [{ field: 'accept', key: 'identity.life.terms.accept.missing' }])
  await transact(ctx, (tx) => acceptTerms(tx, ctx, ctx.actor.id, terms))
  return redirect(safeReturn(form.get('tiep'), accountHome))
}

function Ask({ terms, before, returnTo, wrong }: { terms: Terms; before: number | undefined; returnTo: string; wrong: FieldError[] }): VNode {
  const { t, lang } = usePage()
  return (
    <div class="govuk-grid-row"><div class="govuk-grid-column-two-thirds">
      <ErrorSummary errors={wrong} />
      <h1 class="govuk-heading-l">{t(before ? 'identity.life.terms.again' : 'identity.life.terms.ask')}</h1>
      {before !== undefined && terms.changes[lang].length > 0 && (
        <InsetText>
          <h2 class="govuk-heading-s">{t('identity.life.terms.changes', { version: before })}</h2>
          <ul class="govuk-list govuk-list--bullet">{terms.changes[lang].map((change) => <li>{change}</li>)}</ul>
        </InsetText>
      )}
      <TermsText terms={terms} level={2} />
      <Form action={acceptTermsPath} hidden={{ tiep: returnTo, hash: termsHash(terms, lang) }}>
        <Checkboxes name="accept" label={t('identity.life.terms.accept')} labelHidden error={fieldErrors(wrong, t).of('accept')} options={[{ value: 'yes', text: t('identity.life.terms.accept') }]} />
        <Button>{t('identity.life.continue')}</Button>
      </Form>
      <p class="govuk-body">{t('identity.life.terms.or')} <a class="govuk-link" href="/dang-xuat">{t('identity.log_out.button')}</a></p>
    </div></div>
  )
}

export function TermsText({ terms, level = 1 }: { terms: Terms; level?: 1 | 2 }): VNode {
  const { t, lang } = usePage()
  const [Top, Sub] = level === 1 ? ['h1' as const, 'h2' as const] : ['h2' as const, 'h3' as const]
  return (
    <section>
      <Top class={level === 1 ? 'govuk-heading-l' : 'govuk-heading-m'}>{terms.title[lang]}</Top>
      <p class="govuk-body">{t('identity.life.terms.version', { version: terms.version, from: formatDate(terms.validFrom) })}</p>
      {terms.sections.map((section) => <><Sub class="govuk-heading-s">{section[lang].heading}</Sub>{section[lang].text.map((line) => <p class="govuk-body">{line}</p>)}</>)}
    </section>
  )
}
