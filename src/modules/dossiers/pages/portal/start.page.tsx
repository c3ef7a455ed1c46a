import type { VNode } from 'preact'
import { formatDateTime } from '../../../../platform/i18n.ts'
import type { FieldError } from '../../../../platform/errors.ts'
import { page, redirect, type Reply } from '../../../../platform/http/reply.ts'
import type { Req, Route } from '../../../../platform/http/route.ts'
import { Button, Checkboxes, ErrorSummary, fieldErrors, Form, InsetText, LinkButton, SummaryList, Table, usePage } from '../../../../ui/index.ts'
import { assertServiceOpen, feeWords, strengthFor, type ProcedureVersion } from '../../../catalogue/index.ts'
import { findForm } from '../../../forms/index.ts'
import { actingPath, registeredFacts, stepUpHref } from '../../../identity/index.ts'
import { errors } from '../../dossiers.errors.ts'
import { deleteDraft, listDrafts, type Draft } from '../../drafts.store.ts'
import { draftHolder, mayUnderMandate } from '../../on-behalf.ts'
import { openProcedure } from '../../open-procedure.ts'
import { startDraft } from '../../start-draft.ts'
import { personOf, readDraft } from './read-draft.ts'
import { checkHref, deleteDraftHref, deleteDraftPath, draftPageHref, ownListPath, startHref, startPath } from './hrefs.ts'

/** Before a filing: what it will take, and drafts begun earlier. */
export const startRoutes: Route[] = [
  { method: 'GET', path: startPath, access: 'public', handler: (req) => show(req) },
  { method: 'POST', path: startPath, access: 'person', handler: async (req) => {
    const person = personOf(req)
    // Only where the person had it asked, and about nobody else.
    const asked = req.form.get('register') === 'yes' && !person.actingFor ? await registeredFacts(req.ctx, person.id) : undefined
    if (asked && asked.kind !== 'facts') return show(req, [{ field: 'register', key: `dossiers.prefill.register.${asked.kind}` }])
    const draft = await readDraft(req, await startDraft(req.ctx, person, req.params.code!, asked?.record))
    return redirect(draftPageHref(draft.draft, draft.form.definition.pages[0]!.path))
  } },
  { method: 'POST', path: deleteDraftPath, access: 'person', handler: async (req) => {
    const person = personOf(req)
    const { draft } = await readDraft(req)
    await deleteDraft(req.ctx.db, draft.id, draftHolder(person))
    return redirect(ownListPath)
  } },
]

async function show(req: Req, mistakes: FieldError[] = []): Promise<Reply> {
  const procedure = await onlineProcedure(req)
  const { actor } = req.ctx
  const covered = actor.kind !== 'person' || await mayUnderMandate(req.ctx, actor, 'fill-in', procedure.code)
  const drafts = actor.kind === 'person' && covered ? await listDrafts(req.ctx.db, draftHolder(actor), [procedure.code]) : []
  return page(<StartPage procedure={procedure} drafts={drafts} covered={covered} mistakes={mistakes} />, { title: req.ctx.t('dossiers.start.title', { name: procedure.content.name[req.ctx.lang] }), status: mistakes.length > 0 ? 400 : 200 })
}

async function onlineProcedure(req: Req): Promise<ProcedureVersion> {
  const procedure = await openProcedure(req.ctx.db, req.params.code!, req.ctx.now)
  if (!procedure.content.service || !(await findForm(req.ctx.db, procedure.content.service.formKey))) throw errors.PROCEDURE_NOT_ONLINE()
  await assertServiceOpen(req.ctx.db, procedure.code, req.ctx)
  return procedure
}

function StartPage({ procedure, drafts, covered, mistakes }: { procedure: ProcedureVersion; drafts: Draft[]; covered: boolean; mistakes: FieldError[] }): VNode {
  const { t, lang } = usePage()
  const { limit } = procedure.content.service!
  const level = strengthFor(procedure.content.service!)
  return (
    <>
      <ErrorSummary errors={mistakes} />
      <h1 class="govuk-heading-xl"><span class="govuk-caption-xl">{t('dossiers.start.caption')}</span>{procedure.content.name[lang]}</h1>
      <SummaryList rows={[
        { key: t('dossiers.start.code'), value: procedure.code },
        { key: t('dossiers.start.limit'), value: t(`dossiers.limit.${limit.unit}`, { count: limit.value }) },
        { key: t('dossiers.start.fee'), value: feeWords(t, lang, procedure.content.service!.fee) },
        { key: t('dossiers.start.strength'), value: t('dossiers.start.strength.level', { level }) },
        { key: t('dossiers.start.version'), value: String(procedure.version) },
      ]} />
      <p class="govuk-body">{t('dossiers.start.kept')}</p>
      {drafts.length > 0 && (
        <Table caption={t('dossiers.start.drafts')} columns={[{ header: t('dossiers.draft.changed') }, { header: t('dossiers.draft.actions') }]}
          rows={drafts.map((d) => [formatDateTime(d.updatedAt), <><a class="govuk-link" href={checkHref(d)}>{t('dossiers.draft.resume')}</a> <Form action={deleteDraftHref(d)} class="mc-inline"><Button kind="secondary">{t('dossiers.draft.delete')}</Button></Form></>])} />
      )}
      <Begin code={procedure.code} level={level} covered={covered} mistakes={mistakes} />
    </>
  )
}

/** The button, or the log-in that comes before it; for whom it will be filed, or why not, where the mandate does not go so far. */
function Begin({ code, level, covered, mistakes }: { code: string; level: 1 | 2 | 3; covered: boolean; mistakes: FieldError[] }): VNode {
  const { t, actor } = usePage()
  if (actor.kind !== 'person') return <><InsetText>{t('dossiers.start.logIn')}</InsetText><LinkButton href={level > 2 ? stepUpHref(level, startHref(code)) : `/dang-nhap?tiep=${encodeURIComponent(startHref(code))}`}>{t('dossiers.start.logInButton')}</LinkButton></>
  if (actor.assurance < level) return <><InsetText>{t('dossiers.start.stronger')}</InsetText><LinkButton href={stepUpHref(level, startHref(code))}>{t('dossiers.start.strongerButton', { level })}</LinkButton></>
  if (actor.actingEnded) return <InsetText>{t('dossiers.error.MANDATE_ENDED')} <a class="govuk-link" href={actingPath}>{t('dossiers.behalf.choose')}</a></InsetText>
  if (!covered) return <InsetText>{t('dossiers.error.OUT_OF_MANDATE', { name: actor.actingFor?.name ?? '' })} <a class="govuk-link" href={actingPath}>{t('dossiers.behalf.choose')}</a></InsetText>
  return (
    <>
      {actor.actingFor && <InsetText>{t('dossiers.behalf.start', { name: actor.actingFor.name })}</InsetText>}
      <Form>
        {!actor.actingFor && <Checkboxes name="register" label={t('dossiers.prefill.register.title')} hint={t('dossiers.prefill.register.hint')} values={mistakes.length > 0 ? ['yes'] : []} error={fieldErrors(mistakes, t).of('register')} options={[{ value: 'yes', text: t('dossiers.prefill.register.ask') }]} />}
        <Button>{t('dossiers.start.begin')}</Button>
      </Form>
    </>
  )
}
