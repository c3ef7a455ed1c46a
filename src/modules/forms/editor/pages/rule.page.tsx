import type { VNode } from 'preact'
import type { FieldError } from '../../../../platform/errors.ts'
import { page as pageReply, redirect, type Reply } from '../../../../platform/http/reply.ts'
import type { Req, Route } from '../../../../platform/http/route.ts'
import type { Translate } from '../../../../platform/i18n.ts'
import { BackLink, Button, ErrorSummary, Form, LinkButton, Select, usePage } from '../../../../ui/index.ts'
import { isGroup, type Page, type PageRule } from '../../definition.ts'
import { errors } from '../../forms.errors.ts'
import { withRules } from '../change-definition.ts'
import type { FormDraft } from '../draft.ts'
import { ruleBoxes, ruleKinds } from '../field-boxes.ts'
import { typedIn, type Typed } from '../field-form.ts'
import { readRuleForm, typedOfRule } from '../part-form.ts'
import { Boxes } from './boxes.tsx'
import { removalPage } from './draft.page.tsx'
import { fieldHref, groupRulePath, groupRuleRemovePath, groupRulesPath, pageHref, ruleHref, rulePath, ruleRemovePath, rulesPath } from './hrefs.ts'
import { makeChange, readDraftField, readDraftPage } from './read-form-draft.ts'

/** Rules over several fields of a page, or of one entry of a group. A rule is kept once it is whole: a new one has its place in the address, and nothing in the draft. */
export const draftRuleRoutes: readonly Route[] = [
  { method: 'POST', path: rulesPath, access: { permission: 'forms.edit' }, handler: begin },
  { method: 'GET', path: rulePath, access: { permission: 'forms.edit' }, handler: (req) => show(req) },
  { method: 'POST', path: rulePath, access: { permission: 'forms.edit' }, handler: keep },
  { method: 'GET', path: ruleRemovePath, access: { permission: 'forms.edit' }, handler: askRemoval },
  { method: 'POST', path: ruleRemovePath, access: { permission: 'forms.edit' }, handler: remove },
  { method: 'POST', path: groupRulesPath, access: { permission: 'forms.edit' }, handler: begin },
  { method: 'GET', path: groupRulePath, access: { permission: 'forms.edit' }, handler: (req) => show(req) },
  { method: 'POST', path: groupRulePath, access: { permission: 'forms.edit' }, handler: keep },
  { method: 'GET', path: groupRuleRemovePath, access: { permission: 'forms.edit' }, handler: askRemoval },
  { method: 'POST', path: groupRuleRemovePath, access: { permission: 'forms.edit' }, handler: remove },
]

async function begin(req: Req): Promise<Reply> {
  const { draft, page, group, rules } = await readOwner(req)
  return redirect(`${ruleHref(draft.key, page.id, group, rules.length)}?rule=${kindIn(req.form.get('rule'))}`)
}

async function keep(req: Req): Promise<Reply> {
  const { page, group, index, kind } = await readRule(req)
  const read = readRuleForm(req.form, kind, req.ctx.t)
  if (!read.ok) return show(req, { mistakes: read.errors, typed: typedIn(req.form) })
  const { conflict } = await makeChange(req, (definition) => withRules(definition, page.id, group, (rules) => [...rules.slice(0, index), read.value, ...rules.slice(index + 1)]))
  return conflict === undefined ? redirect(ownerHref(req.params.form!, page, group)) : show(req, { conflict, typed: typedIn(req.form) })
}

async function askRemoval(req: Req): Promise<Reply> {
  const { draft, page, group, index, rule } = await readRule(req)
  if (!rule) throw errors.PART_NOT_FOUND()
  const words = ruleWords(req.ctx.t, rule)
  return removalPage(req, { title: { vi: words, en: words }, back: ruleHref(draft.key, page.id, group, index), action: ruleHref(draft.key, page.id, group, index, 'remove'), draft })
}

async function remove(req: Req): Promise<Reply> {
  const { page, group, index } = await readRule(req)
  const { conflict } = await makeChange(req, (definition) => withRules(definition, page.id, group, (rules) => rules.filter((_, i) => i !== index)))
  return conflict === undefined ? redirect(ownerHref(req.params.form!, page, group)) : show(req, { conflict })
}

const ownerHref = (form: string, page: Page, group: string | undefined): string => (group === undefined ? pageHref(form, page.id) : fieldHref(form, page.id, group))

interface Owner { draft: FormDraft; page: Page; group: string | undefined; rules: readonly PageRule[] }

/** Whose rules the address speaks of: the page's, or those of its group. */
async function readOwner(req: Req): Promise<Owner> {
  if (req.params.name === undefined) {
    const { draft, page } = await readDraftPage(req)
    return { draft, page, group: undefined, rules: page.rules ?? [] }
  }
  const { draft, page, field } = await readDraftField(req)
  if (!isGroup(field)) throw errors.PART_NOT_FOUND()
  return { draft, page, group: field.id, rules: field.rules ?? [] }
}

const kindIn = (value: string | undefined): PageRule['rule'] => ruleKinds.find((kind) => kind === value) ?? 'compare'

/** The rule in the address, by its place from 0; the place after the last is that of a new one. */
async function readRule(req: Req): Promise<Owner & { index: number; rule: PageRule | undefined; kind: PageRule['rule'] }> {
  const owner = await readOwner(req)
  const { rules } = owner
  const index = Number(req.params.id)
  if (!/^\d{1,3}$/.test(req.params.id!) || index > rules.length) throw errors.PART_NOT_FOUND()
  const rule = rules[index]
  return { ...owner, index, rule, kind: rule?.rule ?? kindIn(req.form.get('rule') || req.query.rule) }
}

interface Failed { mistakes?: FieldError[]; conflict?: string | undefined; typed?: Typed }

async function show(req: Req, failed: Failed = {}): Promise<Reply> {
  const found = await readRule(req)
  const status = failed.conflict !== undefined ? 409 : failed.mistakes ? 400 : 200
  return pageReply(<RuleView {...found} failed={failed} />, { title: req.ctx.t(`forms.editor.rule.${found.kind}`), layout: 'desk', status })
}

function RuleView({ draft, page, group, index, rule, kind, failed }: { draft: FormDraft; page: Page; group: string | undefined; index: number; rule: PageRule | undefined; kind: PageRule['rule']; failed: Failed }): VNode {
  const { t, lang } = usePage()
  return (
    <>
      <BackLink href={ownerHref(draft.key, page, group)}>{page.title[lang]}</BackLink>
      <ErrorSummary errors={failed.mistakes ?? []} message={failed.conflict} />
      <h1 class="govuk-heading-l">{t(`forms.editor.rule.${kind}`)}</h1>
      <Form action={ruleHref(draft.key, page.id, group, index)} hidden={{ revision: draft.revision, rule: kind }}>
        <Boxes boxes={ruleBoxes[kind]} typed={failed.typed ?? (rule ? typedOfRule(rule) : {})} mistakes={failed.mistakes ?? []} />
        {draft.state === 'draft' && <Button>{t('forms.editor.save')}</Button>}
      </Form>
      {rule && draft.state === 'draft' && <LinkButton kind="secondary" href={ruleHref(draft.key, page.id, group, index, 'remove')}>{t('forms.editor.remove')}</LinkButton>}
    </>
  )
}

/** The rules of a page or of the entries of a group, and the way to one more. */
export function RuleList({ draft, page, group, rules }: { draft: FormDraft; page: Page; group?: string; rules: readonly PageRule[] }): VNode {
  const { t } = usePage()
  return (
    <>
      <h2 class="govuk-heading-m">{t(group === undefined ? 'forms.editor.rules' : 'forms.editor.groupRules')}</h2>
      {rules.length === 0 ? <p class="govuk-body">{t('forms.editor.noRules')}</p> : <ul class="govuk-list govuk-list--bullet">{rules.map((rule, i) => <li><a class="govuk-link" href={ruleHref(draft.key, page.id, group, i)}>{ruleWords(t, rule)}</a></li>)}</ul>}
      {draft.state === 'draft' && (
        <Form action={`${ownerHref(draft.key, page, group)}/rules`}>
          <Select name="rule" label={t('forms.editor.addRule.kind')} options={ruleKinds.map((kind) => ({ value: kind, text: t(`forms.editor.rule.${kind}`) }))} />
          <Button kind="secondary">{t('forms.editor.addRule')}</Button>
        </Form>
      )}
    </>
  )
}

/** A rule in a line: the sentence that the person reads, or what it is about. */
export function ruleWords(t: Translate, rule: PageRule): string {
  return 'message' in rule ? rule.message[t.lang] : `${t(`forms.editor.rule.${rule.rule}`)}: ${rule.fields.join(', ')}`
}
