import type { VNode } from 'preact'
import type { Person } from '../../../../platform/actor.ts'
import type { Ctx } from '../../../../platform/ctx.ts'
import { file, page, redirect, type Reply } from '../../../../platform/http/reply.ts'
import type { Req, Route } from '../../../../platform/http/route.ts'
import { formatDateTime, formatNumber } from '../../../../platform/i18n.ts'
import { BackLink, Button, EmptyState, Form, InsetText, LinkButton, PrintButton, SummaryList, usePage } from '../../../../ui/index.ts'
import { errors } from '../../identity.errors.ts'
import { accountHome, ownDataPath } from '../hrefs.ts'
import { fieldName, fieldText } from './own-data-document.ts'
import { askForExport, collectOwnData, findExport, openExport, type DataExport, type Section } from './export-own-data.ts'

/** A copy of everything that this node keeps about a person: to print, and as an archive. */
export const ownDataRoutes: readonly Route[] = [
  { method: 'GET', path: '/tai-khoan/du-lieu', access: 'person', handler: ({ ctx }) => page(<Offer />, { title: ctx.t('identity.life.data.title') }) },
  { method: 'POST', path: '/tai-khoan/du-lieu', access: 'person', handler: async ({ ctx }) => redirect(`${ownDataPath}/ban-sao/${await askForExport(ctx as PersonCtx)}`) },
  { method: 'GET', path: '/tai-khoan/du-lieu/in', access: 'person', handler: async ({ ctx }) => page(<Print sections={await collectOwnData(ctx, (ctx as PersonCtx).actor.id)} at={ctx.now} />, { title: ctx.t('identity.life.data.title') }) },
  { method: 'GET', path: '/tai-khoan/du-lieu/ban-sao/:id', access: 'person', handler: progress },
  { method: 'GET', path: '/tai-khoan/du-lieu/ban-sao/:id/tep', access: 'person', handler: download },
]

type PersonCtx = Ctx & { actor: Person }

async function progress(req: Req): Promise<Reply> {
  const ctx = req.ctx as PersonCtx
  const found = await findExport(ctx.db, ctx.actor.id, req.params.id!)
  if (!found) throw errors.EXPORT_NOT_FOUND()
  const isOver = found.state === 'expired' || (found.expiresAt !== null && found.expiresAt <= ctx.now)
  // Without scripts the browser asks again by itself while the job works.
  return page(<Progress found={found} isOver={isOver} />, { title: ctx.t('identity.life.data.copy'), ...(found.state === 'asked' ? { headers: { refresh: '3' } } : {}) })
}

async function download(req: Req): Promise<Reply> {
  const archive = await openExport(req.ctx as PersonCtx, req.params.id!)
  if (!archive) throw errors.EXPORT_NOT_FOUND()
  return file(archive.bytes, { type: 'application/zip', name: archive.name })
}

function Offer(): VNode {
  const { t } = usePage()
  return (
    <div class="govuk-grid-row"><div class="govuk-grid-column-two-thirds">
      <BackLink href={accountHome} />
      <h1 class="govuk-heading-l">{t('identity.life.data.title')}</h1>
      <p class="govuk-body">{t('identity.life.data.lead')}</p>
      <Form action={ownDataPath}><Button>{t('identity.life.data.ask')}</Button></Form>
      <p class="govuk-body"><a class="govuk-link" href={`${ownDataPath}/in`}>{t('identity.life.data.print')}</a></p>
    </div></div>
  )
}

function Progress({ found, isOver }: { found: DataExport; isOver: boolean }): VNode {
  const { t, lang } = usePage()
  return (
    <div class="govuk-grid-row"><div class="govuk-grid-column-two-thirds">
      <BackLink href={ownDataPath} />
      <h1 class="govuk-heading-l">{t('identity.life.data.copy')}</h1>
      {isOver ? <EmptyState title={t('identity.life.data.expired')}><Form action={ownDataPath}><Button kind="secondary">{t('identity.life.data.ask')}</Button></Form></EmptyState>
        : found.state === 'asked' ? <div role="status"><p class="govuk-body">{t('identity.life.data.progress', { done: found.sourcesDone, all: found.sources })}</p><progress aria-label={t('identity.life.data.copy')} value={found.sourcesDone} max={found.sources} /></div>
        : (
          <>
            <p class="govuk-body" role="status">{t('identity.life.data.ready', { size: formatNumber(Math.ceil((found.size ?? 0) / 1024), lang), until: formatDateTime(found.expiresAt!) })}</p>
            <LinkButton href={`${ownDataPath}/ban-sao/${found.id}/tep`} download>{t('identity.life.data.download')}</LinkButton>
            <InsetText>{t('identity.life.data.careful')}</InsetText>
          </>
        )}
    </div></div>
  )
}

function Print({ sections, at }: { sections: Section[]; at: Date }): VNode {
  const { t } = usePage()
  return (
    <div class="govuk-grid-row"><div class="govuk-grid-column-two-thirds">
      <BackLink href={ownDataPath} />
      <h1 class="govuk-heading-l">{t('identity.life.data.title')}</h1>
      <p class="govuk-body">{t('identity.life.data.at', { at: formatDateTime(at) })}</p>
      <PrintButton />
      {sections.map(({ title, records }) => (
        <>
          <h2 class="govuk-heading-m">{t(title)}</h2>
          {records.length === 0 && <p class="govuk-body">{t('identity.life.data.nothing')}</p>}
          {records.map((record) => <SummaryList rows={Object.entries(record).map(([field, value]) => ({ key: fieldName(t, field), value: fieldText(value) }))} />)}
        </>
      ))}
    </div></div>
  )
}
