import type { VNode } from 'preact'
import type { FieldError } from '../../../platform/errors.ts'
import { page, redirect, type Reply } from '../../../platform/http/reply.ts'
import type { Req, Route } from '../../../platform/http/route.ts'
import { BackLink, Button, Checkboxes, ErrorSummary, fieldErrors, Form as HtmlForm, Tag, TextInput, usePage } from '../../../ui/index.ts'
import { pathOf, type Form } from '../../forms/index.ts'
import { findAccount } from '../../identity/index.ts'
import { readIdNumber } from '../../numbers/index.ts'
import { errors } from '../dossiers.errors.ts'
import type { Draft } from '../drafts.store.ts'
import { checkHref } from '../pages/portal/hrefs.ts'
import { personOf, readDraft } from '../pages/portal/read-draft.ts'
import { cancelInvitation, invite } from './invite.ts'
import { isConfirmed, listInvitations, mostGuests, type Invitation } from './invitation.ts'

export const invitePath = '/nop-ho-so/:code/:draft/cung-khai'
export const cancelInvitePath = '/nop-ho-so/:code/:draft/cung-khai/bo'
export const inviteHref = (d: { procedureCode: string; id: string }): string => `/nop-ho-so/${d.procedureCode}/${d.id}/cung-khai`

interface Typed { name: string; idNumber: string; pages: string[] }

/** Who else fills in and confirms a part of the filing. */
export const inviteRoutes: Route[] = [
  { method: 'GET', path: invitePath, access: 'person', handler: async (req) => show(req, await readOpen(req), { name: '', idNumber: '', pages: [] }, []) },
  { method: 'POST', path: invitePath, access: 'person', handler: async (req) => {
    const read = await readOpen(req)
    const typed = { name: req.form.get('name'), idNumber: req.form.get('idNumber'), pages: req.form.all('pages') }
    const mistakes = await checkInvitation(req, read, typed)
    if (mistakes.length > 0) return show(req, read, typed, mistakes)
    await invite(req.ctx, read.draft, { name: typed.name, idNumber: readIdNumber(typed.idNumber)!.idNumber, pages: typed.pages })
    return redirect(inviteHref(read.draft))
  } },
  { method: 'POST', path: cancelInvitePath, access: 'person', handler: async (req) => {
    const { draft } = await readOpen(req)
    await cancelInvitation(req.ctx, draft, req.form.get('invitation'))
    return redirect(inviteHref(draft))
  } },
]

async function readOpen(req: Req): Promise<{ draft: Draft; form: Form }> {
  const read = await readDraft(req)
  if (read.draft.dossierId) throw errors.DRAFT_SUBMITTED()
  return read
}

async function checkInvitation(req: Req, { draft, form }: { draft: Draft; form: Form }, { name, idNumber, pages }: Typed): Promise<FieldError[]> {
  const read = readIdNumber(idNumber)
  const own = (await findAccount(req.ctx.db, personOf(req).id))?.idNumber
  const invited = await listInvitations(req.ctx.db, draft.id)
  const known = new Set(pathOf(form, draft.answers).map((p) => p.id))
  return [
    ...(name.length >= 2 && name.length <= 100 ? [] : [{ field: 'name', key: 'dossiers.together.nameMissing' }]),
    ...(!read ? [{ field: 'idNumber', key: 'dossiers.together.idWrong' }] : read.idNumber === own ? [{ field: 'idNumber', key: 'dossiers.together.idOwn' }] : invited.some((i) => i.idNumber === read.idNumber) ? [{ field: 'idNumber', key: 'dossiers.together.idTwice' }] : []),
    ...(pages.length > 0 && pages.every((id) => known.has(id)) ? [] : [{ field: 'pages', key: 'dossiers.together.pagesMissing' }]),
    ...(invited.length >= mostGuests ? [{ field: 'name', key: 'dossiers.error.TOO_MANY_GUESTS', params: { max: mostGuests } }] : []),
  ]
}

async function show(req: Req, { draft, form }: { draft: Draft; form: Form }, typed: Typed, mistakes: FieldError[]): Promise<Reply> {
  return page(<InvitePage {...{ draft, form, typed, mistakes }} invitations={await listInvitations(req.ctx.db, draft.id)} />, { title: req.ctx.t('dossiers.together.title'), status: mistakes.length > 0 ? 400 : 200 })
}

function InvitePage({ draft, form, invitations, typed, mistakes }: { draft: Draft; form: Form; invitations: Invitation[]; typed: Typed; mistakes: FieldError[] }): VNode {
  const { t, lang } = usePage()
  const errorsOf = fieldErrors(mistakes, t)
  const pages = pathOf(form, draft.answers)
  return (
    <>
      <BackLink href={checkHref(draft)} />
      <ErrorSummary errors={mistakes} />
      <h1 class="govuk-heading-xl">{t('dossiers.together.title')}</h1>
      <p class="govuk-body">{t('dossiers.together.lead')}</p>
      {invitations.length > 0 && <ul class="govuk-list govuk-list--spaced">{invitations.map((i) => (
        <li>{i.name} – {i.pages.map((id) => pages.find((p) => p.id === id)?.title[lang] ?? id).join(', ')} <InvitationTag invitation={i} form={form} draft={draft} />
          <HtmlForm action={`${inviteHref(draft)}/bo`} hidden={{ invitation: i.id }} class="mc-inline"><Button kind="secondary">{t('dossiers.together.cancel', { name: i.name })}</Button></HtmlForm></li>
      ))}</ul>}
      <HtmlForm>
        <TextInput name="name" label={t('dossiers.together.name')} value={typed.name} error={errorsOf.of('name')} />
        <TextInput name="idNumber" label={t('dossiers.together.idNumber')} value={typed.idNumber} error={errorsOf.of('idNumber')} inputMode="numeric" spellcheck={false} width={20} />
        <Checkboxes small name="pages" label={t('dossiers.together.pages')} values={typed.pages} error={errorsOf.of('pages')} options={pages.map((p) => ({ value: p.id, text: p.title[lang] }))} />
        <Button>{t('dossiers.together.invite')}</Button>
      </HtmlForm>
    </>
  )
}

/** Confirmed and still so; confirmed and changed since; declined; not decided. */
export function InvitationTag({ invitation: i, form, draft }: { invitation: Invitation; form: Form; draft: Draft }): VNode {
  const { t } = usePage()
  const state = i.state === 'confirmed' && !isConfirmed(i, form, draft) ? 'changed' : i.state
  return <Tag tone={state === 'confirmed' ? 'done' : 'attention'}>{t(`dossiers.together.state.${state}`)}</Tag>
}
