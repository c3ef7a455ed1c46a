import type { VNode } from 'preact'
import { formatDateTime } from '../../../../platform/i18n.ts'
import { page, redirect } from '../../../../platform/http/reply.ts'
import type { Req, Route } from '../../../../platform/http/route.ts'
import { Button, Form, InsetText, LinkButton, SummaryList, Table, usePage } from '../../../../ui/index.ts'
import { assertServiceOpen, strengthFor, type ProcedureVersion } from '../../../catalogue/index.ts'
import { findForm } from '../../../forms/index.ts'
import { stepUpHref } from '../../../identity/index.ts'
import { errors } from '../../dossiers.errors.ts'
import { deleteDraft, listDrafts, type Draft } from '../../drafts.store.ts'
import { openProcedure } from '../../open-procedure.ts'
import { startDraft } from '../../start-draft.ts'
import { personOf, readDraft } from './read-draft.ts'
import { checkHref, deleteDraftHref, deleteDraftPath, draftPageHref, ownListPath, startHref, startPath } from './hrefs.ts'

/** Before a filing: what it will take, and drafts begun earlier. */
export const startRoutes: Route[] = [
  { method: 'GET', path: startPath, access: 'public', handler: async (req) => {
    const procedure = await onlineProcedure(req)
    const drafts = req.ctx.actor.kind === 'person' ? await listDrafts(req.ctx.db, req.ctx.actor.id, procedure.code) : []
    return page(<StartPage procedure={procedure} drafts={drafts} />, { title: req.ctx.t('dossiers.start.title', { name: procedure.content.name[req.ctx.lang] }) })
  } },
  { method: 'POST', path: startPath, access: 'person', handler: async (req) => {
    const person = personOf(req)
    const draft = await readDraft(req, await startDraft(req.ctx, person, req.params.code!))
    return redirect(draftPageHref(draft.draft, draft.form.definition.pages[0]!.path))
  } },
  { method: 'POST', path: deleteDraftPath, access: 'person', handler: async (req) => {
    const person = personOf(req)
    const { draft } = await readDraft(req)
    await deleteDraft(req.ctx.db, draft.id, person.id)
    return redirect(ownListPath)
  } },
]

async function onlineProcedure(req: Req): Promise<ProcedureVersion> {
  const procedure = await openProcedure(req.ctx.db, req.params.code!, req.ctx.now)
  if (!procedure.content.service || !(await findForm(req.ctx.db, procedure.content.service.formKey))) throw errors.PROCEDURE_NOT_ONLINE()
  await assertServiceOpen(req.ctx.db, procedure.code, req.ctx)
  return procedure
}

function StartPage({ procedure, drafts }: { procedure: ProcedureVersion; drafts: Draft[] }): VNode {
  const { t, lang } = usePage()
  const { limit } = procedure.content.service!
  const level = strengthFor(procedure.content.service!)
  return (
    <>
      <h1 class="govuk-heading-xl"><span class="govuk-caption-xl">{t('dossiers.start.caption')}</span>{procedure.content.name[lang]}</h1>
      <SummaryList rows={[
        { key: t('dossiers.start.code'), value: procedure.code },
        { key: t('dossiers.start.limit'), value: t(`dossiers.limit.${limit.unit}`, { count: limit.value }) },
        { key: t('dossiers.start.strength'), value: t('dossiers.start.strength.level', { level }) },
        { key: t('dossiers.start.version'), value: String(procedure.version) },
      ]} />
      <p class="govuk-body">{t('dossiers.start.kept')}</p>
      {drafts.length > 0 && (
        <Table caption={t('dossiers.start.drafts')} columns={[{ header: t('dossiers.draft.changed') }, { header: t('dossiers.draft.actions') }]}
          rows={drafts.map((d) => [formatDateTime(d.updatedAt), <><a class="govuk-link" href={checkHref(d)}>{t('dossiers.draft.resume')}</a> <Form action={deleteDraftHref(d)} class="mc-inline"><Button kind="secondary">{t('dossiers.draft.delete')}</Button></Form></>])} />
      )}
      <Begin code={procedure.code} level={level} />
    </>
  )
}

/** The button, or the log-in that comes before it. */
function Begin({ code, level }: { code: string; level: 1 | 2 | 3 }): VNode {
  const { t, actor } = usePage()
  if (actor.kind !== 'person') return <><InsetText>{t('dossiers.start.logIn')}</InsetText><LinkButton href={level > 2 ? stepUpHref(level, startHref(code)) : `/dang-nhap?tiep=${encodeURIComponent(startHref(code))}`}>{t('dossiers.start.logInButton')}</LinkButton></>
  if (actor.assurance < level) return <><InsetText>{t('dossiers.start.stronger')}</InsetText><LinkButton href={stepUpHref(level, startHref(code))}>{t('dossiers.start.strongerButton', { level })}</LinkButton></>
  return <Form><Button>{t('dossiers.start.begin')}</Button></Form>
}
