import type { VNode } from 'preact'
import { page } from '../../../../platform/http/reply.ts'
import type { Route } from '../../../../platform/http/route.ts'
import { Button, EmptyState, ErrorSummary, Form, InsetText, SummaryList, TextInput, usePage } from '../../../../ui/index.ts'
import { dossierCodePattern, olderCodePattern, referencePattern, type Dossier } from '../../dossier.ts'
import { completion } from '../../dossier-states.ts'
import { findDossierByCode } from '../../dossiers.store.ts'
import { maySee } from '../../on-behalf.ts'
import { ReportedNote } from '../../reported/pages/reported-note.tsx'
import { findReported, type Reported } from '../../reported/reported.store.ts'
import { ownDossierHref, trackPath } from './hrefs.ts'

/** Look-up without log-in: code and degree of completion, nothing else (handbook 1.2.2d). The owner, logged in, is led to the whole dossier. */
export const trackRoute: Route = {
  method: 'GET', path: trackPath, access: 'public',
  handler: async (req) => {
    const { ctx } = req
    const typed = (req.query.ma ?? '').trim()
    const code = typed.toUpperCase().replace(/\s+/g, '')
    const malformed = code !== '' && [dossierCodePattern, olderCodePattern, referencePattern].every((pattern) => !pattern.test(code))
    const dossier = code && !malformed ? await findDossierByCode(ctx.db, code) : undefined
    const own = dossier !== undefined && ctx.actor.kind === 'person' && await maySee(ctx, ctx.actor, dossier)
    const reported = dossier && dossier.nodeCode !== ctx.node.config.code ? await findReported(ctx.db, dossier.id) : undefined
    return page(<Track typed={typed} malformed={malformed} code={code} dossier={dossier} own={own} reported={reported} />, { title: ctx.t('dossiers.track.title'), status: malformed ? 400 : 200 })
  },
}

interface Props { typed: string; malformed: boolean; code: string; dossier: Dossier | undefined; own: boolean; reported: Reported | undefined }

function Track({ typed, malformed, code, dossier, own, reported }: Props): VNode {
  const { t } = usePage()
  const error = malformed ? t('dossiers.track.malformed') : undefined
  return (
    <>
      {malformed && <ErrorSummary errors={[{ field: 'ma', key: 'dossiers.track.malformed' }]} />}
      <h1 class="govuk-heading-xl">{t('dossiers.track.title')}</h1>
      <Form method="get" action={trackPath}>
        <TextInput name="ma" label={t('dossiers.track.code')} hint={t('dossiers.track.hint')} value={typed} error={error} spellcheck={false} autocomplete="off" />
        <Button>{t('dossiers.track.button')}</Button>
      </Form>
      {code && !malformed && !dossier && <EmptyState title={t('dossiers.track.none', { code })}><p class="govuk-body">{t('dossiers.track.noneText')}</p></EmptyState>}
      {dossier && <Found dossier={dossier} code={code} own={own} reported={reported} />}
    </>
  )
}

function Found({ dossier, code, own, reported }: { dossier: Dossier; code: string; own: boolean; reported: Reported | undefined }): VNode {
  const { t } = usePage()
  const percent = completion(dossier.state)
  return (
    <>
      <h2 class="govuk-heading-l">{t('dossiers.track.found')}</h2>
      <SummaryList rows={[
        { key: t('dossiers.column.code'), value: <span class="mc-code">{code}</span> },
        { key: t('dossiers.track.completion'), value: <><progress class="mc-progress" max={100} value={percent} aria-label={t('dossiers.track.completion')} /> {percent}%</> },
      ]} />
      {reported && <ReportedNote reported={reported} />}
      <InsetText>{own ? <a class="govuk-link" href={ownDossierHref(dossier.id)}>{t('dossiers.track.open')}</a> : t('dossiers.track.logIn')}</InsetText>
    </>
  )
}
