import type { VNode } from 'preact'
import type { FieldError } from '../../../../platform/errors.ts'
import { page as pageReply, redirect, type Reply } from '../../../../platform/http/reply.ts'
import type { Req, Route } from '../../../../platform/http/route.ts'
import type { Translate } from '../../../../platform/i18n.ts'
import { BackLink, Button, ErrorSummary, Form, LinkButton, usePage } from '../../../../ui/index.ts'
import type { Page, PageRule } from '../../definition.ts'
import { errors } from '../../forms.errors.ts'
import { withPage } from '../change-definition.ts'
import type { FormDraft } from '../draft.ts'
import { ruleBoxes, ruleKinds } from '../field-boxes.ts'
import { typedIn, type Typed } from '../field-form.ts'
import { readRuleForm, typedOfRule } from '../part-form.ts'
import { Boxes } from './boxes.tsx'
import { removalPage } from './draft.page.tsx'
import { pageHref, ruleHref, rulePath, ruleRemovePath, rulesPath } from './hrefs.ts'
import { makeChange, readDraftPage } from './read-form-draft.ts'

/** Rules over several fields of a page. A rule is kept once it is whole: a new one has its place in the address, and nothing in the draft. */
export const draftRuleRoutes: readonly Route[] = [
  { method: 'POST', path: rulesPath, access: { permission: 'forms.edit' }, handler: async (req) => {
    const { draft, page } = await readDraftPage(req)
    const kind = kindIn(req.form.get('rule'))
    return redirect(`${ruleHref(draft.key, page.id, page.rules?.length ?? 0)}?rule=${kind}`)
  } },
  { method: 'GET', path: rulePath, access: { permission: 'forms.edit' }, handler: (req) => show(req) },
  { method: 'POST', path: rulePath, access: { permission: 'forms.edit' }, handler: async (req) => {
    const { page, index, kind } = await readRule(req)
    const read = readRuleForm(req.form, kind, req.ctx.t)
    if (!read.ok) return show(req, { mistakes: read.errors, typed: typedIn(req.form) })
    const { conflict } = await makeChange(req, (definition) => withPage(definition, page.id, (now) => ({ ...now, rules: [...(now.rules ?? []).slice(0, index), read.value, ...(now.rules ?? []).slice(index + 1)] })))
    return conflict === undefined ? redirect(pageHref(req.params.form!, page.id)) : show(req, { conflict, typed: typedIn(req.form) })
  } },
  { method: 'GET', path: ruleRemovePath, access: { permission: 'forms.edit' }, handler: async (req) => {
    const { draft, page, index, rule } = await readRule(req)
    if (!rule) throw errors.PART_NOT_FOUND()
    const words = { vi: ruleWords(req.ctx.t, rule), en: ruleWords(req.ctx.t, rule) }
    return removalPage(req, { title: words, back: ruleHref(draft.key, page.id, index), action: ruleHref(draft.key, page.id, index, 'remove'), draft })
  } },
  { method: 'POST', path: ruleRemovePath, access: { permission: 'forms.edit' }, handler: async (req) => {
    const { page, index } = await readRule(req)
    const { conflict } = await makeChange(req, (definition) => withPage(definition, page.id, ({ rules = [], ...now }) => (rules.length > 1 ? { ...now, rules: rules.filter((_, i) => i !== index) } : now)))
    return conflict === undefined ? redirect(pageHref(req.params.form!, page.id)) : show(req, { conflict })
  } },
]

const kindIn = (value: string | undefined): PageRule['rule'] => ruleKinds.find((kind) => kind === value) ?? 'compare'

/** The rule in the address, by its place from 0; the place after the last is that of a new one. */
async function readRule(req: Req): Promise<{ draft: FormDraft; page: Page; index: number; rule: PageRule | undefined; kind: PageRule['rule'] }> {
  const { draft, page } = await readDraftPage(req)
  const index = Number(req.params.id)
  const rules = page.rules ?? []
  if (!/^\d{1,3}$/.test(req.params.id!) || index > rules.length) throw errors.PART_NOT_FOUND()
  const rule = rules[index]
  return { draft, page, index, rule, kind: rule?.rule ?? kindIn(req.form.get('rule') || req.query.rule) }
}

interface Failed { mistakes?: FieldError[]; conflict?: string | undefined; typed?: Typed }

async function show(req: Req, failed: Failed = {}): Promise<Reply> {
  const found = await readRule(req)
  const status = failed.conflict !== undefined ? 409 : failed.mistakes ? 400 : 200
  return pageReply(<RuleView {...found} failed={failed} />, { title: req.ctx.t(`forms.editor.rule.${found.kind}`), layout: 'desk', status })
}

function RuleView({ draft, page, index, rule, kind, failed }: { draft: FormDraft; page: Page; index: number; rule: PageRule | undefined; kind: PageRule['rule']; failed: Failed }): VNode {
  const { t, lang } = usePage()
  return (
    <>
      <BackLink href={pageHref(draft.key, page.id)}>{page.title[lang]}</BackLink>
      <ErrorSummary errors={failed.mistakes ?? []} message={failed.conflict} />
      <h1 class="govuk-heading-l">{t(`forms.editor.rule.${kind}`)}</h1>
      <Form action={ruleHref(draft.key, page.id, index)} hidden={{ revision: draft.revision, rule: kind }}>
        <Boxes boxes={ruleBoxes[kind]} typed={failed.typed ?? (rule ? typedOfRule(rule) : {})} mistakes={failed.mistakes ?? []} />
        {draft.state === 'draft' && <Button>{t('forms.editor.save')}</Button>}
      </Form>
      {rule && draft.state === 'draft' && <LinkButton kind="secondary" href={ruleHref(draft.key, page.id, index, 'remove')}>{t('forms.editor.remove')}</LinkButton>}
    </>
  )
}

/** A rule in a line: the sentence that the person reads, or what it is about. */
export function ruleWords(t: Translate, rule: PageRule): string {
  return 'message' in rule ? rule.message[t.lang] : `${t(`forms.editor.rule.${rule.rule}`)}: ${rule.fields.join(', ')}`
}
