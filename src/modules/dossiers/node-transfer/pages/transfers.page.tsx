import type { VNode } from 'preact'
import { coversAgency } from '../../../../platform/actor.ts'
import { page } from '../../../../platform/http/reply.ts'
import type { Req, Route } from '../../../../platform/http/route.ts'
import { formatDateTime } from '../../../../platform/i18n.ts'
import { EmptyState, Table, Tag, usePage, type Tone } from '../../../../ui/index.ts'
import { agencyName, findAgency, nodeOfAgency } from '../../../organisations/index.ts'
import { deskReach } from '../../desk-scope.ts'
import { findDossiers } from '../../dossiers.store.ts'
import { deskDossierHref } from '../../pages/desk/hrefs.ts'
import { listNodeTransfers, type NodeTransfer, type TransferState } from '../node-transfer.store.ts'
import { transfersPath } from './hrefs.ts'

const most = 300
interface Row { transfer: NodeTransfer; code: string; href: string | undefined; from: string; to: string }

/** What the officer's agencies sent to other nodes and got from them, and what became of it. */
export const transfersRoute: Route = {
  method: 'GET', path: transfersPath, access: { permission: 'dossiers.handle' }, audit: 'dossiers.inbox',
  handler: async (req) => page(<Transfers rows={await readRows(req)} />, { title: req.ctx.t('dossiers.nodeTransfer.title'), layout: 'desk' }),
}

async function readRows({ ctx }: Req): Promise<Row[]> {
  const own = ctx.node.config.code
  const [reach, transfers] = await Promise.all([deskReach(ctx, 'dossiers.handle'), listNodeTransfers(ctx.db, most)])
  const dossiers = new Map((await findDossiers(ctx.db, transfers.map((one) => one.dossierId))).map((d) => [d.id, d]))
  const nameOf = async (code: string): Promise<string> => {
    const agency = await findAgency(ctx.db, code, ctx.now)
    return agency ? agencyName(agency, ctx.lang) : code
  }
  const rows = await Promise.all(transfers.map(async (transfer): Promise<Row[]> => {
    const dossier = dossiers.get(transfer.dossierId)
    const ours = nodeOfAgency(transfer.fromAgency) === own ? transfer.fromAgency : transfer.toAgency
    if (!dossier || !reach.some((r) => coversAgency(r.agencyCode, ours) && (r.procedureCodes?.has(dossier.procedureCode) ?? true))) return []
    return [{ transfer, code: dossier.code ?? dossier.reference, href: dossier.nodeCode === own ? deskDossierHref(dossier.id) : undefined, from: await nameOf(transfer.fromAgency), to: await nameOf(transfer.toAgency) }]
  }))
  return rows.flat()
}

const tones: Readonly<Record<TransferState, Tone>> = { sent: 'attention', taken: 'done', refused: 'stopped', returned: 'stopped' }

function Transfers({ rows }: { rows: Row[] }): VNode {
  const { t } = usePage()
  return (
    <>
      <h1 class="govuk-heading-l">{t('dossiers.nodeTransfer.title')}</h1>
      {rows.length === 0 ? <EmptyState title={t('dossiers.nodeTransfer.none')} /> : (
        <Table wide keys caption={t('dossiers.nodeTransfer.title')} captionHidden columns={[{ header: t('dossiers.column.code') }, { header: t('dossiers.assignment.from') }, { header: t('dossiers.assignment.to') }, { header: t('dossiers.nodeTransfer.sentAt') }, { header: t('dossiers.desk.reason') }, { header: t('dossiers.column.state') }]}
          rows={rows.map(({ transfer: x, code, href, from, to }) => ({ ...(href ? { href } : {}), cells: [href ? <a class="govuk-link" href={href}>{code}</a> : code, from, to, formatDateTime(x.sentAt), x.reason, <><Tag tone={tones[x.state]}>{t(`dossiers.nodeTransfer.state.${x.state}`)}</Tag>{x.answer && <> {x.answer}</>}</>] }))} />
      )}
    </>
  )
}
