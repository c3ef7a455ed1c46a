import type { VNode } from 'preact'
import { isPermitted } from '../../../../platform/actor.ts'
import type { FieldError } from '../../../../platform/errors.ts'
import { file, page, redirect, type Reply } from '../../../../platform/http/reply.ts'
import type { Req, Route } from '../../../../platform/http/route.ts'
import { formatDate } from '../../../../platform/i18n.ts'
import { BackLink, Button, ErrorSummary, fieldErrors, Form, SummaryList, Tag, Textarea, Timeline, usePage } from '../../../../ui/index.ts'
import { errors } from '../../catalogue.errors.ts'
import { procedureNames } from '../../get-procedure.ts'
import { procedureHref } from '../../pages/hrefs.ts'
import { checkMove, moveOnboarding, type MoveInput } from '../move-onboarding.ts'
import { belongsTo, movesFrom, onboardingMoves, turnOf, type Onboarding, type OnboardingMove, type OnboardingSide } from '../onboarding.ts'
import { findOnboarding, listSteps, type OnboardingStep } from '../onboarding.store.ts'
import { caseFileHref, caseFilePath, caseHref, casePath, moveHref, movePath, servicesPath } from './hrefs.ts'
import { caseTones, DueCell } from './onboarding.page.tsx'

const permissionOf: Record<OnboardingSide, string> = { office: 'catalogue.decide-services', agency: 'catalogue.propose-services' }

interface Typed { move: OnboardingMove; reason: string; dossiers: string }

/** One onboarding: what was proposed, every step, and what the side whose turn it is may do. */
export const caseRoutes: Route[] = [
  { method: 'GET', path: casePath, access: { permission: 'catalogue.view-services' }, handler: (req) => show(req) },
  { method: 'GET', path: caseFilePath, access: { permission: 'catalogue.view-services' }, handler: async (req) => {
    const found = await caseOf(req)
    return file(await req.ctx.node.files.get(found.approvalFile), { type: 'application/pdf', name: found.approvalFileName })
  } },
  { method: 'POST', path: movePath, access: { permission: 'catalogue.view-services' }, handler: async (req) => {
    const found = await caseOf(req)
    const move = (Object.keys(onboardingMoves) as OnboardingMove[]).find((m) => m === req.form.get('move'))
    if (!move) throw errors.ONBOARDING_NOT_FOUND()
    const { by } = onboardingMoves[move]
    if (!isPermitted(req.ctx.actor, permissionOf[by])) throw errors.NOT_YOUR_TURN()
    const typed: Typed = { move, reason: req.form.get('reason'), dossiers: req.form.get('testDossiers') }
    const input: MoveInput = { move, revision: Number(req.form.get('revision')), side: by, reason: typed.reason, ...(move === 'report' ? { testDossiers: typed.dossiers.split(/[\s,;]+/).filter(Boolean) } : {}) }
    const mistakes = checkMove(input)
    if (mistakes.length > 0) return show(req, typed, mistakes)
    await moveOnboarding(req.ctx, found.id, input)
    return redirect(caseHref(found.id))
  } },
]

async function caseOf({ ctx, params }: Req): Promise<Onboarding> {
  const found = /^[0-9a-f-]{36}$/.test(params.id!) ? await findOnboarding(ctx.db, params.id!) : undefined
  if (!found || !belongsTo(ctx.actor, found.agencyCode, ctx.node.config.national.code)) throw errors.ONBOARDING_NOT_FOUND()
  return found
}

async function show(req: Req, typed?: Typed, mistakes: FieldError[] = []): Promise<Reply> {
  const { ctx } = req
  const found = await caseOf(req)
  const [steps, names] = await Promise.all([listSteps(ctx.db, found.id), procedureNames(ctx.db, [found.procedureCode], ctx.lang)])
  const turn = turnOf(found.state)
  const moves = turn && isPermitted(ctx.actor, permissionOf[turn]) ? movesFrom(found.state) : []
  return page(<CasePage found={found} steps={steps} name={names.get(found.procedureCode) ?? found.procedureCode} moves={moves} typed={typed} mistakes={mistakes} now={ctx.now} />,
    { title: ctx.t('catalogue.services.caseTitle', { code: found.serviceCode }), layout: 'desk', status: mistakes.length > 0 ? 400 : 200 })
}

interface View { found: Onboarding; steps: OnboardingStep[]; name: string; moves: OnboardingMove[]; typed: Typed | undefined; mistakes: FieldError[]; now: Date }

function CasePage({ found, steps, name, moves, typed, mistakes, now }: View): VNode {
  const { t } = usePage()
  const turn = turnOf(found.state)
  return (
    <>
      <BackLink href={servicesPath} />
      <ErrorSummary errors={mistakes} />
      <h1 class="govuk-heading-l">{t('catalogue.services.caseTitle', { code: found.serviceCode })}</h1>
      <SummaryList rows={[
        { key: t('catalogue.services.procedure'), value: <a class="govuk-link" href={procedureHref(found.procedureCode)}>{name}</a> },
        { key: t('catalogue.services.agency'), value: <span class="mc-code">{found.agencyCode}</span> },
        { key: t('catalogue.services.approval'), value: <>{t('catalogue.services.approvalOf', { number: found.approvalNumber, date: formatDate(found.approvalDate) })} <a class="govuk-link" href={caseFileHref(found.id)}>{found.approvalFileName}</a></> },
        { key: t('catalogue.services.state'), value: <Tag tone={caseTones[found.state]}>{t(`catalogue.services.case.${found.state}`)}</Tag> },
        { key: t('catalogue.services.due'), value: <DueCell due={found.dueAt} now={now} /> },
        ...(found.testDossiers.length > 0 ? [{ key: t('catalogue.services.testDossiers'), value: <ul class="govuk-list">{found.testDossiers.map((code) => <li class="mc-code">{code}</li>)}</ul> }] : []),
      ]} />
      {turn && moves.length === 0 && <p class="govuk-body">{t(`catalogue.services.waitFor.${turn}`)}</p>}
      {moves.map((move) => <MoveForm found={found} move={move} typed={typed?.move === move ? typed : undefined} mistakes={typed?.move === move ? mistakes : []} />)}
      <h2 class="govuk-heading-m">{t('catalogue.services.history')}</h2>
      <Timeline items={steps.map((s) => ({ at: s.at, title: t(`catalogue.services.case.${s.state}`), tone: caseTones[s.state], ...(s.reason ? { children: s.reason } : {}) })).reverse()} />
    </>
  )
}

function MoveForm({ found, move, typed, mistakes }: { found: Onboarding; move: OnboardingMove; typed: Typed | undefined; mistakes: FieldError[] }): VNode {
  const { t } = usePage()
  const wrong = fieldErrors(mistakes, t)
  return (
    <section class="mc-box" aria-labelledby={move}>
      <h2 class="govuk-heading-s" id={move}>{t(`catalogue.services.move.${move}`)}</h2>
      <p class="govuk-body">{t(`catalogue.services.moveHint.${move}`)}</p>
      <Form action={moveHref(found.id)} hidden={{ move, revision: found.revision }}>
        {move === 'report' && <Textarea name="testDossiers" label={t('catalogue.services.testDossiers')} hint={t('catalogue.services.testDossiersHint')} value={typed?.dossiers ?? ''} error={wrong.of('testDossiers')} rows={4} />}
        {onboardingMoves[move].needsReason && <Textarea name="reason" id={`reason-${move}`} label={t('catalogue.services.reason')} value={typed?.reason ?? ''} error={wrong.of('reason')} rows={3} />}
        <Button {...(move === 'return' || move === 'unpublish' ? { kind: 'warning' as const } : {})}>{t(`catalogue.services.move.${move}`)}</Button>
      </Form>
    </section>
  )
}
