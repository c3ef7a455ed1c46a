import type { VNode } from 'preact'
import { isPermitted } from '../../../../platform/actor.ts'
import { page, redirect, type Reply } from '../../../../platform/http/reply.ts'
import type { Req, Route } from '../../../../platform/http/route.ts'
import { formatDate, formatDateTime } from '../../../../platform/i18n.ts'
import { BackLink, Button, Form, LinkButton, NotificationBanner, Table, usePage } from '../../../../ui/index.ts'
import { newMoveHref } from '../../migrate/pages/hrefs.ts'
import { errors } from '../../process.errors.ts'
import { findDefinitionFile, findProcessDraft, listDefinitions, type DefinitionHead, type ProcessDraft } from '../draft.store.ts'
import { startProcessDraft } from '../start-process-draft.ts'
import { draftHref, processesPath, processHref, processPath, startPath, versionFilePath, versionHref, versionPath } from './hrefs.ts'
import { DraftTag } from './list.page.tsx'
import { Picture } from './picture.tsx'

const access = { permission: 'process.design' } as const

/** A process with its versions, and each of these to look at and to take along. */
export const processRoutes: readonly Route[] = [
  { method: 'GET', path: processPath, access, handler: showProcess },
  { method: 'GET', path: versionPath, access, handler: showVersion },
  { method: 'GET', path: versionFilePath, access, handler: async (req) => fileReply(`${req.params.key!}-${req.params.version!}`, (await readVersion(req)).bpmn) },
  { method: 'POST', path: startPath, access, handler: async (req) => {
    await readVersion(req)
    await startProcessDraft(req.ctx, req.params.key!, Number(req.params.version))
    return redirect(draftHref(req.params.key!))
  } },
]

export const fileReply = (name: string, bpmn: string): Reply => ({ kind: 'body', status: 200, body: bpmn, headers: { 'content-type': 'application/xml; charset=utf-8', 'content-disposition': `attachment; filename="${name}.bpmn"`, 'x-content-type-options': 'nosniff' } })

async function readVersion({ ctx, params: { key, version } }: Req): Promise<{ bpmn: string; nameVi: string; nameEn: string; validFrom: Date }> {
  const found = /^\d{1,9}$/.test(version!) ? await findDefinitionFile(ctx.db, key!, Number(version)) : undefined
  if (!found) throw errors.VERSION_NOT_FOUND()
  return found
}

async function showProcess({ ctx, params, query }: Req): Promise<Reply> {
  const key = params.key!
  const [versions, draft] = await Promise.all([listDefinitions(ctx.db, key), findProcessDraft(ctx.db, key)])
  if (versions.length === 0) throw errors.PROCESS_NOT_FOUND({ key })
  return page(<Versions versions={versions} draft={draft} done={query.done} now={ctx.now} />, { title: nameIn(versions[0]!, ctx.lang), layout: 'desk' })
}

const nameIn = ({ nameVi, nameEn }: { nameVi: string; nameEn: string }, lang: 'vi' | 'en'): string => (lang === 'vi' ? nameVi : nameEn)

function Versions({ versions, draft, done, now }: { versions: readonly DefinitionHead[]; draft: ProcessDraft | undefined; done: string | undefined; now: Date }): VNode {
  const { t, lang, actor } = usePage()
  const older = versions.slice(1)
  const inForce = versions.find((one) => one.validFrom <= now)
  return (
    <>
      <BackLink href={processesPath}>{t('process.designer.title')}</BackLink>
      {(done === 'published' || done === 'discarded') && <NotificationBanner type="success">{t(`process.designer.done.${done}`)}</NotificationBanner>}
      <h1 class="govuk-heading-l">{nameIn(versions[0]!, lang)}</h1>
      {draft && <><p class="govuk-body">{t('process.designer.draft')}: <DraftTag draft={draft} /></p><LinkButton href={draftHref(draft.key)}>{t('process.designer.openDraft')}</LinkButton></>}
      <Table stack caption={t('process.designer.versions')}
        columns={[{ header: t('process.designer.version') }, { header: t('process.designer.firstDay') }, { header: t('process.designer.publishedAt') }, { header: t('process.designer.running'), numeric: true }, { header: t('process.designer.acts') }]}
        rows={versions.map((one) => [
          <><a class="govuk-link" href={versionHref(one.key, one.version)}>{t('process.designer.versionOf', { version: one.version })}</a>{one === inForce && <> · {t('process.designer.inForce')}</>}</>,
          one.validFrom.getTime() === 0 ? t('process.designer.always') : formatDate(one.validFrom), one.isShipped ? t('process.designer.shipped') : formatDateTime(one.publishedAt), one.running,
          <>
            <a class="govuk-link" href={versionHref(one.key, one.version, 'bpmn')}>{t('process.designer.download')}<span class="govuk-visually-hidden"> {one.version}</span></a>
            {!draft && <Form action={versionHref(one.key, one.version, 'draft')} class="mc-inline"><Button kind="secondary" about={String(one.version)}>{t('process.designer.startDraft')}</Button></Form>}
          </>,
        ])} />
      {older.some((one) => one.running > 0) && isPermitted(actor, 'process.move') && <p class="govuk-body"><a class="govuk-link" href={newMoveHref(versions[0]!.key)}>{t('process.designer.move')}</a></p>}
    </>
  )
}

async function showVersion(req: Req): Promise<Reply> {
  const found = await readVersion(req)
  const { t, lang } = req.ctx
  const name = nameIn(found, lang)
  return page(
    <>
      <BackLink href={processHref(req.params.key!)}>{t('process.designer.versions')}</BackLink>
      <h1 class="govuk-heading-l"><span class="govuk-caption-l">{t('process.designer.versionOf', { version: req.params.version! })}</span>{name}</h1>
      {await Picture({ bpmn: found.bpmn, name, t, lang })}
    </>, { title: name, layout: 'desk' })
}
