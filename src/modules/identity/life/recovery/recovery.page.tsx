import type { VNode } from 'preact'
import { actorKey, isPermitted, type Officer, type Person } from '../../../../platform/actor.ts'
import type { Ctx } from '../../../../platform/ctx.ts'
import type { FieldError } from '../../../../platform/errors.ts'
import { page, redirect, type Reply } from '../../../../platform/http/reply.ts'
import type { Req, Route } from '../../../../platform/http/route.ts'
import { formatDateTime } from '../../../../platform/i18n.ts'
import { Button, Checkboxes, EmptyState, ErrorSummary, fieldErrors, Form, InsetText, NotificationBanner, Table, TextInput, usePage, WarningText } from '../../../../ui/index.ts'
import { browserOf, waitSentence } from '../../access/browser.ts'
import { accountHome, objectRecoveryPath, recoveriesPath } from '../hrefs.ts'
import { objectToRecovery } from './await-objection.ts'
import { listRecoveries, openRecovery, type Recovery, type RecoveryStatement } from './recovery.ts'
import { confirmRecovery, refuseRecovery, startRecovery } from './start-recovery.ts'

type OfficerCtx = Ctx & { actor: Officer }
const confirms = { permission: 'identity.confirm-recovery' } as const

/** At the desk: the first officer starts, a second confirms. Neither can set a telephone. */
export const deskRecoveryRoutes: readonly Route[] = [
  { method: 'GET', path: '/desk/account-recoveries', access: { permission: 'identity.view-recoveries' }, handler: (req) => show(req, [], {}) },
  { method: 'POST', path: '/desk/account-recoveries', access: { permission: 'identity.start-recovery' }, handler: start },
  { method: 'POST', path: '/desk/account-recoveries/:id/confirm', access: confirms, handler: async ({ ctx, params }) => {
    await confirmRecovery(ctx as OfficerCtx, params.id!)
    return redirect(`${recoveriesPath}?done=confirmed`)
  } },
  { method: 'POST', path: '/desk/account-recoveries/:id/refuse', access: confirms, handler: async ({ ctx, params }) => {
    await refuseRecovery(ctx as OfficerCtx, params.id!)
    return redirect(`${recoveriesPath}?done=refused`)
  } },
]

/** For whoever gets the notice on the old telephone, logged in or not. */
export const objectionRoutes: readonly Route[] = [
  { method: 'GET', path: '/phan-doi-doi-so', access: 'public', handler: ({ ctx, query }) => page(<Objection isDone={query.xong === '1'} />, { title: ctx.t('identity.life.recovery.object') }) },
  { method: 'POST', path: '/phan-doi-doi-so', access: 'public', handler: object },
  { method: 'POST', path: '/tai-khoan/phan-doi-doi-so', access: 'person', handler: async ({ ctx }) => {
    await objectToRecovery(ctx, { accountId: (ctx.actor as Person).id })
    return redirect(accountHome)
  } },
]

async function start(req: Req): Promise<Reply> {
  const typed = { idNumber: req.form.get('idNumber'), phone: req.form.get('phone'), card: req.form.get('card') }
  const wrong = await startRecovery(req.ctx as OfficerCtx, { ...typed, seen: req.form.get('seen') === 'yes' })
  return wrong.length > 0 ? show(req, wrong, typed) : redirect(`${recoveriesPath}?done=started`)
}

async function show(req: Req, wrong: FieldError[], typed: Readonly<Record<string, string>>): Promise<Reply> {
  const ctx = req.ctx as OfficerCtx
  const found = await listRecoveries(ctx.db, ctx.actor.agencyCode)
  return page(<Desk rows={found.map((r) => ({ ...r, opened: r.state === 'started' ? openRecovery(ctx.node, r) : undefined }))} own={actorKey(ctx.actor)} isLocal={ctx.node.config.kind === 'local'} mayStart={isPermitted(ctx.actor, 'identity.start-recovery')} mayConfirm={isPermitted(ctx.actor, 'identity.confirm-recovery')} wrong={wrong} typed={typed} just={req.query.done} />,
    { title: ctx.t('identity.life.recovery.desk'), layout: 'desk', status: wrong.length > 0 ? 400 : 200 })
}

async function object(req: Req): Promise<Reply> {
  const { ctx } = req
  const letters = req.form.get('letters')
  const outcome = await objectToRecovery(ctx, { letters, source: browserOf(req).source })
  if (outcome === true) return redirect(`${objectRecoveryPath}?xong=1`)
  const title = ctx.t('identity.life.recovery.object')
  if (outcome === false) return page(<Objection typed={letters} wrong={[{ field: 'letters', key: 'identity.life.recovery.letters.wrong' }]} />, { title, status: 400 })
  return page(<Objection typed={letters} message={waitSentence(ctx.t, outcome)} />, { title, status: 429 })
}

interface DeskProps { rows: (Recovery & { opened: RecoveryStatement | undefined })[]; own: string; isLocal: boolean; mayStart: boolean; mayConfirm: boolean; wrong: FieldError[]; typed: Readonly<Record<string, string>>; just: string | undefined }

function Desk({ rows, own, isLocal, mayStart, mayConfirm, wrong, typed, just }: DeskProps): VNode {
  const { t } = usePage()
  const found = fieldErrors(wrong, t)
  const stateOf = (r: Recovery): string => t(`identity.life.recovery.state.${isLocal && r.state === 'done' ? 'handed' : r.state}`)
  return (
    <>
      <ErrorSummary errors={wrong} />
      {just && ['started', 'confirmed', 'refused'].includes(just) && <NotificationBanner type="success" heading={t(`identity.life.recovery.done.${just}`)} />}
      <h1 class="govuk-heading-l">{t('identity.life.recovery.desk')}</h1>
      <p class="govuk-body">{t('identity.life.recovery.lead')}</p>
      {rows.length === 0 ? <EmptyState title={t('identity.life.recovery.none')} /> : (
        <Table stack caption={t('identity.life.recovery.list')} columns={['reference', 'startedAt', 'state', 'what', 'act'].map((c) => ({ header: t(`identity.life.recovery.${c}`) }))}
          rows={rows.map((r) => [r.reference, formatDateTime(r.startedAt), stateOf(r), r.opened && mayConfirm ? `${r.opened.idNumber} · ${r.opened.card} · ${r.opened.phone}` : '–',
            r.state === 'started' && mayConfirm && r.startedBy !== own ? (
              <>
                <Form action={`${recoveriesPath}/${r.id}/confirm`}><Button about={r.reference}>{t('identity.life.recovery.confirm')}</Button></Form>
                <Form action={`${recoveriesPath}/${r.id}/refuse`}><Button kind="link" about={r.reference}>{t('identity.life.recovery.refuse')}</Button></Form>
              </>
            ) : '–'])} />
      )}
      {mayStart && (
        <Form action={recoveriesPath} autocomplete="off">
          <h2 class="govuk-heading-m">{t('identity.life.recovery.new')}</h2>
          <WarningText>{t('identity.life.recovery.warning')}</WarningText>
          <TextInput name="idNumber" label={t('identity.field.idNumber')} value={typed.idNumber} error={found.of('idNumber')} inputMode="numeric" width={20} spellcheck={false} />
          <TextInput name="card" label={t('identity.life.recovery.card')} hint={t('identity.life.recovery.card.hint')} value={typed.card} error={found.of('card')} width={20} />
          <TextInput name="phone" label={t('identity.life.recovery.phone')} value={typed.phone} error={found.of('phone')} type="tel" inputMode="tel" width={20} />
          <Checkboxes name="seen" label={t('identity.life.recovery.seen')} labelHidden error={found.of('seen')} options={[{ value: 'yes', text: t('identity.life.recovery.seen') }]} />
          <Button>{t('identity.life.recovery.start')}</Button>
        </Form>
      )}
    </>
  )
}

function Objection({ typed = '', wrong, message, isDone }: { typed?: string; wrong?: FieldError[]; message?: string; isDone?: boolean }): VNode {
  const { t } = usePage()
  return (
    <div class="govuk-grid-row"><div class="govuk-grid-column-two-thirds">
      <ErrorSummary errors={wrong} message={message} />
      {isDone && <NotificationBanner type="success" heading={t('identity.life.recovery.object.done')} />}
      <h1 class="govuk-heading-l">{t('identity.life.recovery.object')}</h1>
      <p class="govuk-body">{t('identity.life.recovery.object.lead')}</p>
      {!isDone && (
        <Form action={objectRecoveryPath} autocomplete="off">
          <TextInput name="letters" label={t('identity.life.recovery.letters')} hint={t('identity.life.recovery.letters.hint')} value={typed} error={fieldErrors(wrong, t).of('letters')} width={20} spellcheck={false} code />
          <Button kind="warning">{t('identity.life.recovery.object.button')}</Button>
        </Form>
      )}
      <InsetText>{t('identity.life.recovery.object.more')}</InsetText>
    </div></div>
  )
}
