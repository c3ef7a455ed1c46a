import type { VNode } from 'preact'
import type { FieldError } from '../../../platform/errors.ts'
import { page, redirect, type Reply } from '../../../platform/http/reply.ts'
import type { Req, Route } from '../../../platform/http/route.ts'
import { isId } from '../../../platform/ids.ts'
import { BackLink, Button, Form as HtmlForm, SummaryList, usePage, WarningText } from '../../../ui/index.ts'
import { procedureNames } from '../../catalogue/index.ts'
import { FormPage, loadUnits, pathOf, summaryOf, validatePage, type Page, type SummarySection, type Units } from '../../forms/index.ts'
import { errors } from '../dossiers.errors.ts'
import { keepPage } from '../keep-page.ts'
import { ownListPath } from '../pages/portal/hrefs.ts'
import { InvitationTag } from './invite.page.tsx'
import { decidePart, readGuest, type Guest } from './guest.ts'
import { invitationHref } from './invite.ts'

export const invitationPath = '/loi-moi/:id'
export const guestPagePath = '/loi-moi/:id/trang/:page'
export const declinePath = '/loi-moi/:id/tu-choi'
const guestPageHref = (id: string, path: string): string => `${invitationHref(id)}/trang/${path}`

/** The invited person fills in the own part and confirms it. Nothing else of the filing is shown. */
export const guestRoutes: Route[] = [
  { method: 'GET', path: invitationPath, access: 'person', handler: async (req) => showPart(req, await read(req)) },
  { method: 'POST', path: invitationPath, access: 'person', handler: async (req) => {
    const guest = await read(req)
    const units = await loadUnits(req.ctx.db, req.ctx.now, guest.form)
    const open = ownPages(guest).find((p) => validatePage(guest.form, p, guest.draft.answers, { now: req.ctx.now, units }).length > 0)
    if (open) return redirect(guestPageHref(guest.invitation.id, open.path))
    await decidePart(req.ctx, guest.invitation.id, 'confirmed')
    return redirect(invitationHref(guest.invitation.id))
  } },
  { method: 'POST', path: declinePath, access: 'person', handler: async (req) => {
    const { invitation } = await read(req)
    await decidePart(req.ctx, invitation.id, 'declined')
    return redirect(ownListPath)
  } },
  { method: 'GET', path: guestPagePath, access: 'person', handler: async (req) => {
    const guest = await read(req)
    return showPage(req, guest, pageAt(guest, req.params.page!), [])
  } },
  { method: 'POST', path: guestPagePath, access: 'person', bodyLimit: 120 * 1024 * 1024, handler: async (req) => {
    const guest = await read(req)
    const current = pageAt(guest, req.params.page!)
    const { draft, mistakes, stay } = await keepPage(req.ctx, guest.draft, guest.form, current, req.form)
    if (mistakes.length > 0) return showPage(req, { ...guest, draft }, current, mistakes)
    return redirect(stay ? `${guestPageHref(guest.invitation.id, current.path)}#${stay.at}` : invitationHref(guest.invitation.id))
  } },
]

const read = (req: Req): Promise<Guest> => {
  if (!isId(req.params.id)) throw errors.NOT_FOUND()
  return readGuest(req.ctx, req.params.id)
}

const ownPages = ({ form, draft, invitation }: Guest): Page[] => pathOf(form, draft.answers).filter((p) => invitation.pages.includes(p.id))

function pageAt(guest: Guest, path: string): Page {
  const found = ownPages(guest).find((p) => p.path === path)
  if (!found) throw errors.NOT_FOUND()
  return found
}

async function showPart({ ctx }: Req, guest: Guest): Promise<Reply> {
  const { form, draft, invitation } = guest
  const titles = new Set(ownPages(guest).map((p) => p.title[ctx.lang]))
  const sections = summaryOf(form, draft.answers, ctx.lang, { units: await loadUnits(ctx.db, ctx.now, form), hrefOf: (p) => guestPageHref(invitation.id, p.path) }).filter((s) => titles.has(s.page))
  const name = (await procedureNames(ctx.db, [draft.procedureCode], ctx.lang)).get(draft.procedureCode) ?? draft.procedureCode
  return page(<Part guest={guest} sections={sections} procedure={name} />, { title: ctx.t('dossiers.together.guestTitle') })
}

async function showPage(req: Req, guest: Guest, current: Page, mistakes: FieldError[]): Promise<Reply> {
  const units = await loadUnits(req.ctx.db, req.ctx.now, guest.form)
  return page(<GuestPage guest={guest} current={current} mistakes={mistakes} units={units} province={req.ctx.node.config.provinceCode} />, { title: current.title[req.ctx.lang], status: mistakes.length > 0 ? 400 : 200 })
}

function Part({ guest, sections, procedure }: { guest: Guest; sections: SummarySection[]; procedure: string }): VNode {
  const { t, lang } = usePage()
  const { invitation, form, draft } = guest
  return (
    <>
      <h1 class="govuk-heading-xl"><span class="govuk-caption-xl">{t('dossiers.together.guestTitle')}</span>{procedure}</h1>
      <p><InvitationTag invitation={invitation} form={form} draft={draft} /></p>
      <p class="govuk-body">{t('dossiers.together.guestLead')}</p>
      {sections.map((s) => <SummaryList card={{ title: s.page }} rows={s.rows.map((r) => ({ key: r.question, value: <span class="mc-answer">{r.answer}</span>, actions: r.changeHref ? [{ href: r.changeHref, about: r.question }] : [] }))} />)}
      <ul class="govuk-list">{ownPages(guest).map((p) => <li><a class="govuk-link" href={guestPageHref(invitation.id, p.path)}>{t('dossiers.together.fillIn', { page: p.title[lang] })}</a></li>)}</ul>
      <HtmlForm><WarningText>{t('dossiers.together.declaration')}</WarningText><Button>{t('dossiers.together.confirm')}</Button></HtmlForm>
      <HtmlForm action={`${invitationHref(invitation.id)}/tu-choi`}><Button kind="secondary">{t('dossiers.together.decline')}</Button></HtmlForm>
    </>
  )
}

function GuestPage({ guest, current, mistakes, units, province }: { guest: Guest; current: Page; mistakes: FieldError[]; units: Units; province: string | undefined }): VNode {
  const { t } = usePage()
  return (
    <>
      <BackLink href={invitationHref(guest.invitation.id)} />
      <FormPage form={guest.form} page={current} answers={guest.draft.answers} errors={mistakes} units={units} action={guestPageHref(guest.invitation.id, current.path)} province={province} caption={t('dossiers.together.guestTitle')} />
    </>
  )
}
