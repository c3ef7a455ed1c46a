import type { VNode } from 'preact'
import { page, redirect, type Reply } from '../../../platform/http/reply.ts'
import type { Req, Route } from '../../../platform/http/route.ts'
import { formatTime } from '../../../platform/i18n.ts'
import { Button, InsetText, usePage } from '../../../ui/index.ts'
import { keptSeconds, openKeptForm, ownerOf, type KeptForm } from './keep-form.ts'

export const resumeHref = (id: string): string => `/lam-tiep/${id}`

/** After a log-in that became necessary in the middle: what was typed is offered again. */
export const resumeRoutes: readonly Route[] = [
  { method: 'GET', path: '/lam-tiep/:id', access: 'public', handler: show },
]

async function show(req: Req): Promise<Reply> {
  const { ctx } = req
  const kept = await openKeptForm(req, req.params.id!)
  if (!kept) return page(<Gone />, { title: ctx.t('identity.strength.resume.gone.title'), status: 404 })
  const isOfficers = kept.owner.startsWith('officer:')
  if (ctx.actor.kind === 'anonymous') return redirect(`${isOfficers ? '/desk/login' : '/dang-nhap'}?tiep=${encodeURIComponent(resumeHref(req.params.id!))}`)
  if (ownerOf(ctx.actor) !== kept.owner) return page(<Foreign />, { title: ctx.t('identity.strength.resume.foreign.title'), status: 403 })
  return page(<Resume kept={kept} />, { title: ctx.t('identity.strength.resume.title'), layout: isOfficers ? 'desk' : 'portal' })
}

function Resume({ kept }: { kept: KeptForm }): VNode {
  const { t, csrf } = usePage()
  return (
    <div class="govuk-grid-row"><div class="govuk-grid-column-two-thirds">
      <h1 class="govuk-heading-l">{t('identity.strength.resume.title')}</h1>
      <p class="govuk-body">{t('identity.strength.resume.lead', { sent: formatTime(kept.createdAt), until: formatTime(kept.expiresAt) })}</p>
      {kept.hadFiles && <InsetText>{t('identity.strength.resume.files')}</InsetText>}
      {/* Several values under one name, as a form may send them, which <Form hidden> cannot carry. */}
      <form method="post" action={kept.action} novalidate>
        <input type="hidden" name="_csrf" value={csrf} />
        {kept.fields.map(([name, value]) => <input type="hidden" name={name} value={value} />)}
        <Button>{t('identity.strength.resume.button')}</Button>
      </form>
      <p class="govuk-body"><a class="govuk-link" href={kept.owner.startsWith('officer:') ? '/desk' : '/'}>{t('identity.strength.resume.leave')}</a></p>
    </div></div>
  )
}

function Gone(): VNode {
  const { t } = usePage()
  return (
    <div class="govuk-grid-row"><div class="govuk-grid-column-two-thirds">
      <h1 class="govuk-heading-l">{t('identity.strength.resume.gone.title')}</h1>
      <p class="govuk-body">{t('identity.strength.resume.gone.lead', { minutes: keptSeconds / 60 })}</p>
      <p class="govuk-body"><a class="govuk-link" href="/">{t('identity.strength.home')}</a></p>
    </div></div>
  )
}

function Foreign(): VNode {
  const { t } = usePage()
  return (
    <div class="govuk-grid-row"><div class="govuk-grid-column-two-thirds">
      <h1 class="govuk-heading-l">{t('identity.strength.resume.foreign.title')}</h1>
      <p class="govuk-body">{t('identity.strength.resume.foreign.lead')}</p>
      <p class="govuk-body"><a class="govuk-link" href="/dang-xuat">{t('identity.strength.resume.foreign.log_out')}</a></p>
    </div></div>
  )
}
