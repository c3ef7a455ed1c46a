import type { VNode } from 'preact'
import type { Ctx } from '../../../../platform/ctx.ts'
import type { FieldError } from '../../../../platform/errors.ts'
import { page, redirect, type Reply } from '../../../../platform/http/reply.ts'
import type { FormBody, Req, Route } from '../../../../platform/http/route.ts'
import { formatDateTime } from '../../../../platform/i18n.ts'
import { BackLink, Button, ErrorSummary, fieldErrors, Form, InsetText, Textarea, TextInput, usePage, type Option } from '../../../../ui/index.ts'
import { enrolledNodes } from '../../../exchange/index.ts'
import { agencyName, findAgency, nodeOfAgency, searchAgencies } from '../../../organisations/index.ts'
import { TransferForm } from '../../competence/pages/transfer-form.tsx'
import { isMovable } from '../../competence/transfer-dossier.ts'
import type { Dossier } from '../../dossier.ts'
import { deskDossierHref } from '../../pages/desk/hrefs.ts'
import { readDossierOfDesk } from '../../pages/desk/read-desk-dossier.ts'
import { textOf } from '../../pages/desk/typed.ts'
import { findLastTransfer, type NodeTransfer } from '../node-transfer.store.ts'
import { returnTransfer, transferToNode } from '../transfer-to-node.ts'
import { transferBackHref, transferBackPath, transferOutHref, transferOutPath, transfersPath } from './hrefs.ts'

const access = { permission: 'dossiers.handle' } as const

/** A dossier goes to another node, or back to where it came from. Afterwards it is that node's: the way leads to the list of transfers. */
export const transferOutRoutes: Route[] = [
  { method: 'GET', path: transferOutPath, access, handler: (req) => show(req, []) },
  { method: 'POST', path: transferOutPath, access, handler: async (req) => {
    const { id } = await readDossierOfDesk(req)
    const mistakes = await transferToNode(req.ctx, { dossierId: id, agencyCode: req.form.get('toAgency'), reason: req.form.get('transferReason') })
    return mistakes.length > 0 ? show(req, mistakes) : redirect(transfersPath)
  } },
  { method: 'POST', path: transferBackPath, access, handler: async (req) => {
    const { id } = await readDossierOfDesk(req)
    const mistakes = await returnTransfer(req.ctx, { dossierId: id, reason: req.form.get('transferReason') })
    return mistakes.length > 0 ? show(req, mistakes) : redirect(transfersPath)
  } },
]

/** So many agencies stand in one list. */
const mostOffered = 50

interface View { dossier: Dossier; sought: string; found: number; came: (NodeTransfer & { agency: string }) | undefined; agencies: Option[]; stayed: NodeTransfer | undefined }

async function show(req: Req, mistakes: FieldError[]): Promise<Reply> {
  const { ctx } = req
  const dossier = await readDossierOfDesk(req)
  const last = await findLastTransfer(ctx.db, dossier.id)
  const from = last?.state === 'taken' && nodeOfAgency(last.toAgency) === ctx.node.config.code ? await findAgency(ctx.db, last.fromAgency, ctx.now) : undefined
  const sought = (req.query.agency ?? '').trim().slice(0, 100)
  const found = await findElsewhere(ctx, sought)
  const view: View = { dossier, sought, found: found.length, agencies: found.slice(0, sought === '' ? undefined : mostOffered), came: from && { ...last!, agency: agencyName(from, ctx.lang) }, stayed: last?.state === 'refused' ? last : undefined }
  return page(<TransferOut view={view} form={req.form} mistakes={mistakes} />, { title: ctx.t('dossiers.nodeTransfer.open'), layout: 'desk', status: mistakes.length > 0 ? 400 : 200 })
}

/** Agencies of the other connected nodes: those that were searched for; before, those above the communes, of which each node knows best. */
async function findElsewhere(ctx: Ctx, text: string): Promise<Option[]> {
  const nodes = (await enrolledNodes(ctx.db, ctx)).filter((code) => code !== ctx.node.config.national.code)
  const agencies = await searchAgencies(ctx.db, { nodes, text, at: ctx.now })
  return agencies.filter((a) => text !== '' || a.level !== 'commune').map((a) => ({ value: a.code, text: `${agencyName(a, ctx.lang)} (${a.code})` }))
}

function TransferOut({ view: { dossier: d, sought, found, came, agencies, stayed }, form, mistakes }: { view: View; form: FormBody; mistakes: FieldError[] }): VNode {
  const { t } = usePage()
  return (
    <div class="govuk-grid-row"><div class="govuk-grid-column-two-thirds">
      <BackLink href={deskDossierHref(d.id)}>{d.code ?? d.reference}</BackLink>
      <ErrorSummary errors={mistakes} />
      <h1 class="govuk-heading-l">{t('dossiers.nodeTransfer.open')}</h1>
      {stayed && <InsetText>{t('dossiers.nodeTransfer.stayed', { at: formatDateTime(stayed.answeredAt ?? stayed.sentAt), reason: stayed.answer ?? '–' })}</InsetText>}
      {!isMovable(d) ? <InsetText>{t('dossiers.nodeTransfer.notNow')}</InsetText> : (
        <>
          {came && (
            <>
              <h2 class="govuk-heading-m">{t('dossiers.nodeTransfer.back', { agency: came.agency })}</h2>
              <p class="govuk-body">{t('dossiers.nodeTransfer.came', { at: formatDateTime(came.sentAt), agency: came.agency, reason: came.reason })}</p>
              <Form action={transferBackHref(d.id)}>
                <Textarea name="transferReason" id="back" label={t('dossiers.desk.reason')} hint={t('dossiers.nodeTransfer.backHint')} rows={3} value={textOf(form.fields, 'transferReason')} error={fieldErrors(mistakes, t).of('transferReason')} />
                <Button kind="warning">{t('dossiers.nodeTransfer.backButton')}</Button>
              </Form>
            </>
          )}
          <p class="govuk-body">{t('dossiers.nodeTransfer.explain')}</p>
          <Form method="get" action={transferOutHref(d.id)}>
            <TextInput name="agency" label={t('dossiers.nodeTransfer.search')} hint={t('dossiers.nodeTransfer.searchHint')} value={sought} maxLength={100} spellcheck={false} />
            <Button kind="secondary">{t('dossiers.nodeTransfer.searchButton')}</Button>
          </Form>
          {sought !== '' && <p class="govuk-body" role="status">{t(found > mostOffered ? 'dossiers.nodeTransfer.foundMore' : 'dossiers.nodeTransfer.found', { count: found, most: mostOffered })}</p>}
          <TransferForm action={transferOutHref(d.id, sought)} button={t('dossiers.nodeTransfer.button')} agencies={agencies} mistakes={mistakes} typed={form.fields} />
        </>
      )}
    </div></div>
  )
}
