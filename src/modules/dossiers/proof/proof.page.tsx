import type { VNode } from 'preact'
import { file, page, redirect } from '../../../platform/http/reply.ts'
import type { Route } from '../../../platform/http/route.ts'
import { formatDateTime } from '../../../platform/i18n.ts'
import { BackLink, EmptyState, Table, usePage } from '../../../ui/index.ts'
import { proofOfEvent, provedEvents, type ProvedEvent } from '../../ledger/index.ts'
import type { Dossier } from '../dossier.ts'
import { listSteps, stepItems } from '../pages/history.tsx'
import { ownDossierHref } from '../pages/portal/hrefs.ts'
import { ownProofHref, ownProofPath, proofFileHref, proofFilePath } from './hrefs.ts'
import { readOwn } from '../pages/portal/own-dossier.page.tsx'

/** Proofs that the steps of a dossier are in the transparency log, and when others saw them there: for the person to keep. */
export const proofRoutes: Route[] = [
  { method: 'GET', path: ownProofPath, access: 'person', handler: async (req) => {
    const { db, t } = req.ctx
    const dossier = await readOwn(req)
    const [steps, proved] = await Promise.all([listSteps(db, dossier.id), provedEvents(db, dossier.id)])
    const titles = new Map(stepItems(steps, t).map((item, i) => [`${steps[i]!.type} ${steps[i]!.at.getTime()}`, item.title]))
    const rows = proved.flatMap((event) => {
      const title = titles.get(`${event.type} ${event.claimed.getTime()}`)
      return title === undefined ? [] : [{ event, title }]
    })
    return page(<Proofs dossier={dossier} rows={rows} />, { title: t('dossiers.proof.title') })
  } },
  { method: 'GET', path: proofFilePath, access: 'person', kind: 'raw', handler: async (req) => {
    const dossier = await readOwn(req)
    const seq = Number(req.query['su-kien'])
    const steps = await listSteps(req.ctx.db, dossier.id)
    const event = (await provedEvents(req.ctx.db, dossier.id)).find((e) => e.seq === seq)
    // Steps that the person is not told are not proved to the person either.
    const proof = event && steps.some((s) => s.type === event.type && s.at.getTime() === event.claimed.getTime()) ? await proofOfEvent(req.ctx.db, req.ctx.node.config.code, dossier.id, seq) : undefined
    if (!proof) return redirect(ownProofHref(dossier.id))
    return file(Buffer.from(proof), { type: 'text/plain; charset=utf-8', name: `${dossier.code ?? dossier.reference}-${seq}.tlog-proof` })
  } },
]

function Proofs({ dossier: d, rows }: { dossier: Dossier; rows: readonly { event: ProvedEvent; title: unknown }[] }): VNode {
  const { t } = usePage()
  return (
    <>
      <BackLink href={ownDossierHref(d.id)}>{d.code ?? d.reference}</BackLink>
      <h1 class="govuk-heading-l">{t('dossiers.proof.title')}</h1>
      <p class="govuk-body">{t('dossiers.proof.lead')}</p>
      {rows.length === 0 ? <EmptyState title={t('dossiers.proof.none')}><p class="govuk-body">{t('dossiers.proof.noneText')}</p></EmptyState> : (
        <Table caption={t('dossiers.proof.title')} captionHidden
          columns={[{ header: t('dossiers.proof.step') }, { header: t('dossiers.proof.claimed') }, { header: t('dossiers.proof.seen') }, { header: t('dossiers.proof.file') }]}
          rows={rows.map(({ event, title }) => [
            title as string, formatDateTime(event.claimed), event.seenAt ? t('dossiers.proof.seenBy', { at: formatDateTime(event.seenAt), count: event.witnesses }) : t('dossiers.proof.notSeen'),
            event.seenAt ? <a class="govuk-link" href={proofFileHref(d.id, event.seq)}>{t('dossiers.proof.download')}<span class="govuk-visually-hidden"> {title as string}</span></a> : '–',
          ])} />
      )}
      <p class="govuk-body">{t('dossiers.proof.check')} <a class="govuk-link" href="/log/verifier">{t('dossiers.proof.verifier')}</a>, <a class="govuk-link" href="/log/policy">{t('dossiers.proof.policy')}</a></p>
    </>
  )
}
