import type { VNode } from 'preact'
import type { FieldError } from '../../../../platform/errors.ts'
import { page, redirect, type Reply } from '../../../../platform/http/reply.ts'
import type { Req, Route } from '../../../../platform/http/route.ts'
import { isId } from '../../../../platform/ids.ts'
import { BackLink, Button, EmptyState, ErrorSummary, fieldErrors, Form, InsetText, NotificationBanner, Radios, usePage } from '../../../../ui/index.ts'
import { safeReturn } from '../../access/return-path.ts'
import { listActingRights, type ActingRightSeen } from '../acting.ts'
import { startActing } from '../start-acting.ts'
import { stopActing } from '../stop-acting.ts'
import { actingPath, listPath, stopActingPath } from './hrefs.ts'
import { rightWords, scopeWords, termWords } from './mandate-words.ts'
import { personCtx } from './person-ctx.ts'

/** For whom this session acts: chosen here, shown at the head of every page, ended here or by logging out. */
export const actingRoutes: readonly Route[] = [
  { method: 'GET', path: actingPath, access: 'person', handler: (req) => show(req, []) },
  { method: 'POST', path: actingPath, access: 'person', handler: choose },
  { method: 'POST', path: stopActingPath, access: 'person', handler: async (req) => {
    const ctx = personCtx(req)
    await stopActing(ctx, ctx.actor)
    return redirect(`${actingPath}?xong=1`)
  } },
]

const myself = 'self'

async function choose(req: Req): Promise<Reply> {
  const ctx = personCtx(req)
  const chosen = req.form.get('mandate')
  if (chosen === myself) await stopActing(ctx, ctx.actor)
  else if (isId(chosen)) await startActing(ctx, ctx.actor, chosen)
  else return show(req, [{ field: 'mandate', key: 'identity.mandates.acting.missing' }])
  return redirect(safeReturn(req.form.get('tiep'), `${actingPath}?xong=1`))
}

interface Choice { right: ActingRightSeen; scope: string[] }

async function show(req: Req, mistakes: FieldError[]): Promise<Reply> {
  const ctx = personCtx(req)
  const rights = await listActingRights(ctx.db, ctx.actor.id, ctx.now)
  const choices = await Promise.all(rights.map(async (right) => ({ right, scope: await scopeWords(ctx, right.scope) })))
  return page(<Acting choices={choices} mistakes={mistakes} isDone={req.query.xong === '1'} returnTo={safeReturn(req.query.tiep ?? req.form.get('tiep'), '')} isLocal={ctx.node.config.kind === 'local'} />,
    { title: ctx.t('identity.mandates.acting.title'), status: mistakes.length > 0 ? 400 : 200 })
}

function Acting({ choices, mistakes, isDone, returnTo, isLocal }: { choices: Choice[]; mistakes: FieldError[]; isDone: boolean; returnTo: string; isLocal: boolean }): VNode {
  const { t, actor } = usePage()
  const now = actor.kind === 'person' ? actor.actingFor : undefined
  const hint = ({ right, scope }: Choice): string => t('identity.mandates.acting.hint', { ground: t(`identity.mandates.kind.${right.ground}`), scope: scope.slice(0, 3).join('; '), rights: rightWords(t, right.rights).join('; '), term: termWords(t, right) })
  return (
    <>
      <BackLink href="/tai-khoan">{t('identity.account.title')}</BackLink>
      <ErrorSummary errors={mistakes} />
      {isDone && (
        <NotificationBanner type="success" heading={now ? t('identity.mandates.acting.begun', { name: now.name }) : t('identity.mandates.acting.forMyself')}>
          <p class="govuk-body"><a class="govuk-notification-banner__link" href="/thu-tuc">{t('identity.mandates.acting.find')}</a></p>
        </NotificationBanner>
      )}
      <h1 class="govuk-heading-l">{t('identity.mandates.acting.title')}</h1>
      <p class="govuk-body">{t('identity.mandates.acting.lead')}</p>
      {choices.length === 0 ? <EmptyState title={t('identity.mandates.acting.none')}><p class="govuk-body"><a class="govuk-link" href={listPath}>{t('identity.mandates.title')}</a></p></EmptyState> : (
        <Form action={actingPath} hidden={returnTo ? { tiep: returnTo } : {}}>
          <Radios name="mandate" label={t('identity.mandates.acting.question')} labelSize="m" value={now?.mandateId ?? myself} error={fieldErrors(mistakes, t).of('mandate')}
            options={[{ value: myself, text: t('identity.mandates.acting.myself') }, ...choices.map((choice) => ({ value: choice.right.mandateId, text: choice.right.name, hint: hint(choice) }))]} />
          <Button>{t('identity.mandates.acting.button')}</Button>
        </Form>
      )}
      {isLocal && <InsetText>{t('identity.mandates.acting.newOnes')} <a class="govuk-link" href={listPath}>{t('identity.mandates.title')}</a></InsetText>}
    </>
  )
}
