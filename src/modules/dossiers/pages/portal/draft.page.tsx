import type { VNode } from 'preact'
import type { FieldError } from '../../../../platform/errors.ts'
import { page, redirect, type Reply } from '../../../../platform/http/reply.ts'
import type { Req, Route } from '../../../../platform/http/route.ts'
import { BackLink, InsetText, usePage } from '../../../../ui/index.ts'
import { FormPage, loadUnits, pathOf, type Form, type Page, type Units } from '../../../forms/index.ts'
import { errors } from '../../dossiers.errors.ts'
import type { Draft } from '../../drafts.store.ts'
import { keepPage, pageAt } from '../../keep-page.ts'
import { sourcesOf } from '../../prefill/source.ts'
import { checkHref, draftPageHref, draftPagePath, receiptHref, startHref } from './hrefs.ts'
import { readDraft } from './read-draft.ts'

const maxUpload = 120 * 1024 * 1024

/** One page of the form of a draft. Whatever is typed is kept, with mistakes too. */
export const draftRoutes: Route[] = [
  { method: 'GET', path: draftPagePath, access: 'person', handler: async (req) => {
    const { draft, form } = await readDraft(req)
    if (draft.dossierId) return redirect(receiptHref(draft.dossierId))
    return show(req, draft, form, pageAt(form, draft, req.params.page!), [])
  } },
  { method: 'POST', path: draftPagePath, access: 'person', bodyLimit: maxUpload, handler: async (req) => {
    const { draft, form } = await readDraft(req)
    if (draft.dossierId) throw errors.DRAFT_SUBMITTED()
    const current = pageAt(form, draft, req.params.page!)
    const { draft: now, mistakes, stay, next } = await keepPage(req.ctx, draft, form, current, req.form)
    if (mistakes.length > 0) return show(req, now, form, current, mistakes)
    if (stay) return redirect(`${draftPageHref(draft, current.path)}#${stay.at}`)
    return redirect(next ? draftPageHref(draft, next.path) : checkHref(draft))
  } },
]

async function show(req: Req, draft: Draft, form: Form, current: Page, mistakes: FieldError[]): Promise<Reply> {
  const units = await loadUnits(req.ctx.db, req.ctx.now, form)
  return page(<DraftPage draft={draft} form={form} current={current} mistakes={mistakes} units={units} province={req.ctx.node.config.provinceCode} />, { title: current.title[req.ctx.lang], status: mistakes.length > 0 ? 400 : 200 })
}

interface DraftPageProps { draft: Draft; form: Form; current: Page; mistakes: FieldError[]; units: Units; province: string | undefined }

function DraftPage({ draft, form, current, mistakes, units, province }: DraftPageProps): VNode {
  const { t, lang } = usePage()
  const pages = pathOf(form, draft.answers)
  const at = pages.findIndex((p) => p.id === current.id)
  const back = at > 0 ? draftPageHref(draft, pages[at - 1]!.path) : startHref(draft.procedureCode)
  return (
    <>
      <BackLink href={back} />
      <FormPage form={form} page={current} answers={draft.answers} errors={mistakes} units={units} action={draftPageHref(draft, current.path)} province={province} filled={sourcesOf(t, draft)} caption={t('dossiers.draft.step', { at: at + 1, of: pages.length, form: form.definition.title[lang] })} />
      <InsetText>{t('dossiers.draft.kept')}</InsetText>
    </>
  )
}
