import { isDeepStrictEqual } from 'node:util'
import type { VNode } from 'preact'
import { transact } from '../../../../platform/ctx.ts'
import type { FieldError } from '../../../../platform/errors.ts'
import { page, redirect, type Reply } from '../../../../platform/http/reply.ts'
import type { Req, Route } from '../../../../platform/http/route.ts'
import { BackLink, InsetText, usePage } from '../../../../ui/index.ts'
import { answerPage, FormPage, loadUnits, pathOf, valueAt, type Form, type Page, type Units } from '../../../forms/index.ts'
import { errors } from '../../dossiers.errors.ts'
import { saveDraft, type Draft } from '../../drafts.store.ts'
import { sourceWords } from '../../prefill/source.ts'
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
    const units = await loadUnits(req.ctx.db, req.ctx.now, form)
    const answered = await answerPage(form, current, req.form, draft.answers, { now: req.ctx.now, units, files: req.ctx.node.files })
    const good = answered.errors.length === 0 && !answered.stay
    const visited = good ? [...new Set([...draft.visited, current.id])] : draft.visited.filter((id) => id !== current.id)
    // What the person changed is his own word from then on.
    const filled = draft.filled.filter(({ field }) => isDeepStrictEqual(valueAt(draft.answers, field), valueAt(answered.answers, field)))
    await transact(req.ctx, (tx) => saveDraft(tx, draft.id, { answers: answered.answers, filled, visited, at: req.ctx.now }))
    const now = { ...draft, answers: answered.answers, filled, visited }
    if (answered.errors.length > 0) return show(req, now, form, current, answered.errors)
    if (answered.stay) return redirect(`${draftPageHref(draft, current.path)}#${answered.stay.at}`)
    return redirect(nextHref(form, now, current))
  } },
]

/** The page in the address, where the answers so far lead to it; a page that is not asked is not there. */
function pageAt(form: Form, draft: Draft, path: string): Page {
  const found = pathOf(form, draft.answers).find((p) => p.path === path)
  if (!found) throw errors.NOT_FOUND()
  return found
}

/** The next page not yet answered after this one, or check-your-answers. */
function nextHref(form: Form, draft: Draft, current: Page): string {
  const pages = pathOf(form, draft.answers)
  const rest = pages.slice(pages.findIndex((p) => p.id === current.id) + 1)
  const next = rest.find((p) => !draft.visited.includes(p.id))
  return next ? draftPageHref(draft, next.path) : checkHref(draft)
}

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
      <FormPage form={form} page={current} answers={draft.answers} errors={mistakes} units={units} action={draftPageHref(draft, current.path)} province={province} filled={Object.fromEntries(draft.filled.map((f) => [f.field, sourceWords(t, f)]))} caption={t('dossiers.draft.step', { at: at + 1, of: pages.length, form: form.definition.title[lang] })} />
      <InsetText>{t('dossiers.draft.kept')}</InsetText>
    </>
  )
}
