import type { VNode } from 'preact'
import type { FieldError } from '../../../../platform/errors.ts'
import { page, redirect, type Reply } from '../../../../platform/http/reply.ts'
import type { Req, Route } from '../../../../platform/http/route.ts'
import { formatDateTime } from '../../../../platform/i18n.ts'
import { BackLink, Button, ErrorSummary, Form, InsetText, NotificationBanner, Textarea, usePage, WarningText } from '../../../../ui/index.ts'
import type { ProcedureInput } from '../../content.ts'
import { readStoredContent } from '../../procedure.store.ts'
import { itemActions, type Decision, type ItemAction } from '../decision.ts'
import { findItem, readFacts } from '../decision.store.ts'
import { findCopy } from '../list-copies.ts'
import { baseCodeOf, type LocalPart } from '../local-part.ts'
import { removeDecisionItem, saveDecisionItem, type SaveConflict } from '../save-decision-item.ts'
import { errors } from '../../catalogue.errors.ts'
import { Differences } from './differences.tsx'
import { decisionHref, itemHref, itemPath, removeItemHref, removeItemPath } from './hrefs.ts'
import { ContentFields, LocalFields } from './item-fields.tsx'
import { emptyContent, readContentForm, readLocalForm } from './item-form.ts'
import { officesOf } from './list.page.tsx'
import { readOwnDecision } from './read-decision.ts'

const maxBody = 4 * 1024 * 1024

/** The editor of one entry: a form of the common fields, or the whole content as JSON. */
export const itemRoutes: readonly Route[] = [
  { method: 'GET', path: itemPath, access: { permission: 'catalogue.decide' }, handler: async (req) => show(req, await readItem(req), { mistakes: [] }) },
  { method: 'POST', path: itemPath, access: { permission: 'catalogue.decide' }, bodyLimit: maxBody, handler: save },
  { method: 'POST', path: removeItemPath, access: { permission: 'catalogue.decide' }, handler: async (req) => {
    const decision = await readOwnDecision(req)
    await removeDecisionItem(req.ctx, { decisionId: decision.id, code: req.params.code! })
    return redirect(decisionHref(decision.id, { done: 'removed' }))
  } },
]

interface ItemView { decision: Decision; code: string; action: ItemAction; revision: number; /** What the form begins with. */ content: unknown; original: ProcedureInput | undefined; isSaved: boolean }

async function readItem(req: Req): Promise<ItemView> {
  const { db } = req.ctx
  const decision = await readOwnDecision(req)
  const code = req.params.code!
  const stored = await findItem(db, decision.id, code)
  const action = stored?.action ?? itemActions.find((a) => a === (req.query.action ?? req.form.get('action')))
  if (!action) throw errors.ITEM_NOT_FOUND({ code: code.slice(0, 40) })
  const groundCode = action === 'localise' ? baseCodeOf(code) : code
  const ground = (await readFacts(db, [groundCode])).get(groundCode)
  const original = ground && (await readStoredContent(db, groundCode, ground.version))
  const view = { decision, code, action, revision: stored?.revision ?? 0, original, isSaved: stored !== undefined }
  if (stored) return { ...view, content: stored.content }
  if (action === 'localise') return { ...view, content: (await findCopy(db, code))?.part ?? {} }
  const offices = await officesOf(req, [decision.issuer])
  return { ...view, content: action === 'create' || (action === 'link' && !original) ? emptyContent(code, { code: decision.issuer, name: offices.get(decision.issuer)! }) : (original ?? null) }
}

interface Problem { mistakes: FieldError[]; typedJson?: string; conflict?: SaveConflict }

async function show(req: Req, view: ItemView, problem: Problem): Promise<Reply> {
  const status = problem.conflict ? 409 : problem.mistakes.length > 0 ? 400 : 200
  return page(<ItemPage view={view} problem={problem} asJson={(req.query.as ?? req.form.get('as')) === 'json'} done={req.query.done === 'saved'} />, { title: `${view.code} – ${req.ctx.t(`catalogue.decisions.action.${view.action}`)}`, layout: 'desk', status })
}

async function save(req: Req): Promise<Reply> {
  const view = await readItem(req)
  const { form } = req
  const typedJson = form.get('json')
  const content = typedContent(req, view)
  if (content === undefined) return show(req, view, { mistakes: [{ field: 'json', key: 'catalogue.decisions.item.notJson' }], typedJson })
  const saved = await saveDecisionItem(req.ctx, { decisionId: view.decision.id, code: view.code, action: view.action, content, revision: Number(form.get('revision')) || 0 })
  const asJson = form.get('as') === 'json'
  if ('revision' in saved) return redirect(itemHref(view.decision.id, view.code, { done: 'saved', as: asJson ? 'json' : undefined }))
  const again = { ...view, content }
  if ('errors' in saved) return show(req, { ...again, revision: Number(form.get('revision')) || 0 }, { mistakes: saved.errors.map((e) => ({ ...e, field: asJson ? 'json' : controlOf(view.action, e) })), ...(asJson ? { typedJson } : {}) })
  // The new revision goes into the form: whoever has read the differences may save knowingly.
  return show(req, { ...again, revision: saved.conflict.stored.revision }, { mistakes: [], conflict: saved.conflict, ...(asJson ? { typedJson } : {}) })
}

const controls: Readonly<Record<string, string>> = { name: 'name-vi', summary: 'summary-vi', sector: 'sector-code', methods: 'channels', levels: 'levels', subjects: 'subjects', steps: 'steps', requirements: 'requirements', legalBases: 'legalBases', keywords: 'keywords', linked: 'members' }

/** Id of the control that mends a mistake; the button where the form has none. */
function controlOf(action: ItemAction, mistake: FieldError): string {
  const top = String(mistake.params?.where ?? '').split('.')[0]!
  if (action === 'localise') return top === 'receivingPlace' ? 'receivingPlace-vi' : ['levels', 'executing', 'authorised', 'documents'].includes(top) ? top : 'save'
  return (action === 'abolish' ? undefined : controls[top]) ?? 'save'
}

/** What was typed as content; undefined where it is not JSON. */
function typedContent({ form }: Req, view: ItemView): unknown {
  if (view.action === 'abolish') return null
  if (form.get('as') === 'json') {
    try {
      return JSON.parse(form.get('json')) as unknown
    } catch {
      return undefined
    }
  }
  if (view.action === 'localise') return readLocalForm(form, (view.content ?? {}) as LocalPart, (view.original?.methods ?? []).map((m) => m.channel))
  return readContentForm(form, view.content as ProcedureInput)
}

function ItemPage({ view, problem, asJson, done }: { view: ItemView; problem: Problem; asJson: boolean; done: boolean }): VNode {
  const { t } = usePage()
  const { decision: d, code, action } = view
  const missing = action !== 'create' && action !== 'link' && !view.original
  return (
    <>
      <BackLink href={decisionHref(d.id)}>{t('catalogue.decisions.titleOf', { number: d.number })}</BackLink>
      {done && <NotificationBanner type="success" heading={t('catalogue.decisions.done.saved')} />}
      <ErrorSummary errors={problem.mistakes} />
      {problem.conflict && <Conflict conflict={problem.conflict} />}
      <h1 class="govuk-heading-l"><span class="govuk-caption-l">{t(`catalogue.decisions.action.${action}`)}</span>{code}</h1>
      {missing ? <InsetText>{t(action === 'localise' ? 'catalogue.decisions.item.noOriginal' : 'catalogue.decisions.item.unknown', { code })}</InsetText> : (
        <Form action={itemHref(d.id, code)} hidden={{ action, revision: view.revision, ...(asJson ? { as: 'json' } : {}) }}>
          {action === 'abolish' ? <><p class="govuk-body">{view.original?.name.vi}</p><WarningText>{t('catalogue.decisions.check.abolish')}</WarningText></> : <Fields view={view} asJson={asJson} typedJson={problem.typedJson} error={problem.mistakes[0]} />}
          <Button id="save">{t('catalogue.decisions.save')}</Button>
        </Form>
      )}
      {action !== 'abolish' && !missing && <p class="govuk-body"><a class="govuk-link" href={itemHref(d.id, code, { action, as: asJson ? undefined : 'json' })}>{t(asJson ? 'catalogue.decisions.asForm' : 'catalogue.decisions.asJson')}</a></p>}
      {view.isSaved && <Form action={removeItemHref(d.id, code)}><Button kind="link" about={code}>{t('catalogue.decisions.remove')}</Button></Form>}
    </>
  )
}

function Fields({ view, asJson, typedJson, error }: { view: ItemView; asJson: boolean; typedJson: string | undefined; error: FieldError | undefined }): VNode {
  const { t } = usePage()
  if (asJson) return <Textarea name="json" label={t('catalogue.decisions.json')} hint={t('catalogue.decisions.jsonHint')} rows={40} spellcheck={false} error={error && t(error.key, error.params)} value={typedJson ?? JSON.stringify(view.content, null, 2)} />
  if (view.action === 'localise') return <LocalFields part={view.content as LocalPart} original={view.original!} />
  return <ContentFields content={view.content as ProcedureInput} isGroup={view.action === 'link'} />
}

function Conflict({ conflict: { stored, changes } }: { conflict: SaveConflict }): VNode {
  const { t } = usePage()
  return (
    <NotificationBanner heading={t('catalogue.decisions.conflict.title')}>
      <p class="govuk-body">{t('catalogue.decisions.conflict.lead', { name: stored.editedName, at: formatDateTime(stored.editedAt), revision: stored.revision })}</p>
      <Differences changes={changes} caption={t('catalogue.decisions.conflict.title')} before={t('catalogue.decisions.conflict.stored')} after={t('catalogue.decisions.conflict.typed')} />
    </NotificationBanner>
  )
}
