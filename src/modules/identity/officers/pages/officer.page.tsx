import type { VNode } from 'preact'
import { page, type Reply } from '../../../../platform/http/reply.ts'
import type { Req, Route } from '../../../../platform/http/route.ts'
import { formatDate, formatDateTime } from '../../../../platform/i18n.ts'
import { BackLink, ButtonGroup, EmptyState, InsetText, LinkButton, SummaryList, Table, Timeline, usePage } from '../../../../ui/index.ts'
import { listEvents } from '../../../ledger/index.ts'
import { listOfficerSessions, type OfficerSession } from '../../access/session.store.ts'
import { listOfficerCertificates, type OfficerCertificate } from '../../certificates/officer-certificate.store.ts'
import { notesOf, officerNames, type Officer } from '../officer.store.ts'
import { openWorkOf, type OpenWork } from '../officer-sources.ts'
import { administeredOfficer } from '../rights/administration.ts'
import { grantsOf, grantState, type Grant } from '../rights/grant.store.ts'
import { listRequests, type RightRequest } from '../rights/right-request.store.ts'
import { rightEventTypes } from '../rights/rights-audit.ts'
import { substitutionsOf, type Substitution } from '../substitutes/substitution.store.ts'
import { dayBefore } from '../substitutes/name-substitute.ts'
import { eventSentence } from './event-sentence.ts'
import { officerHref, officersPath, requestHref, withdrawHref } from './hrefs.ts'
import { proved } from './proved.tsx'
import { Done, GrantStateTag, OfficerStateTag, readNames, roleWords, scopeWords, type Names } from './words.tsx'

/** One officer: data, what he may do and could do before, sessions, substitutes, open work, and what was done with the account. */
export const officerRoute: Route = { method: 'GET', path: '/admin/officers/:id', access: { permission: 'identity.view-officers' }, handler: proved(show) }

interface View {
  officer: Officer; isOwn: boolean; now: Date; grants: Grant[]; sessions: OfficerSession[]; substitutions: Substitution[]; work: OpenWork[]; waiting: RightRequest[]; certificates: OfficerCertificate[]
  history: { at: Date; title: string; by: string | undefined; reason: string | undefined }[]; people: Map<string, string>; names: Names; done: string | undefined
}

const shownHistory = 100

async function show(req: Req): Promise<Reply> {
  const { ctx } = req
  const { db, now, lang, t, actor } = ctx
  const officer = await administeredOfficer(ctx, req.params.id!)
  const [grants, sessions, substitutions, work, waiting, events, notes, certificates] = await Promise.all([
    grantsOf(db, officer.id), listOfficerSessions(db, officer.id, now), substitutionsOf(db, officer.id), openWorkOf(db, officer.id, lang), listRequests(db, { pending: true, officerId: officer.id, now, limit: 20 }), listEvents(db, officer.id), notesOf(db, officer.id), listOfficerCertificates(db, officer.id),
  ])
  const acts = events.filter((e) => rightEventTypes.includes(e.type)).slice(-shownHistory).reverse()
  const people = await officerNames(db, [...acts.map((e) => e.actor), ...grants.flatMap((g) => [g.grantedBy, g.revokedBy]), ...certificates.map((c) => c.boundBy), ...substitutions.flatMap((s) => [s.officerId, s.substituteId])])
  const names = await readNames(ctx, [officer, ...grants, ...acts.flatMap((e) => [e.data.agencyCode, e.data.from, e.data.to]).flatMap((code) => (typeof code === 'string' ? [{ agencyCode: code }] : []))])
  const history = acts.map((e) => ({ at: e.at, title: eventSentence(t, names, people, e), by: people.get(e.actor.replace(/^officer:/, '')) ?? t('identity.officers.by_system'), reason: notes.find((n) => n.at.getTime() === e.at.getTime())?.reason }))
  const view: View = { officer, isOwn: actor.kind === 'officer' && actor.id === officer.id, now, grants, sessions, substitutions, work, waiting, certificates, history, people, names, done: req.query.done }
  return page(<OfficerView view={view} />, { title: officer.name, layout: 'desk' })
}

function OfficerView({ view }: { view: View }): VNode {
  const { t } = usePage()
  const { officer: o, names } = view
  return (
    <>
      <BackLink href={officersPath}>{t('identity.officers.title')}</BackLink>
      <Done what={view.done} />
      <h1 class="govuk-heading-l"><span class="govuk-caption-l">{names.agency(o.agencyCode)}</span>{o.name} <OfficerStateTag state={o.state} /></h1>
      {view.isOwn && <InsetText>{t('identity.officers.own_account')}</InsetText>}
      {view.waiting.map((r) => <InsetText><a class="govuk-link" href={requestHref(r.id)}>{t('identity.officers.waits', { change: t(`identity.officers.change.${r.change.kind}`), day: formatDateTime(r.expiresAt) })}</a></InsetText>)}
      <SummaryList rows={[
        { key: t('identity.officers.column.login'), value: o.login },
        { key: t('identity.officers.column.unit'), value: o.unitId ? names.unit(o.unitId) : t('identity.officers.no_unit') },
        { key: t('identity.officers.new.email'), value: o.email ?? '–' },
        { key: t('identity.officers.column.last_log_in'), value: o.lastLogInAt ? formatDateTime(o.lastLogInAt) : t('identity.officers.never') },
        { key: t('identity.officers.column.state'), value: <>{t(`identity.officers.state.${o.state}`)}{o.stateReason && <> ({t(`identity.officers.state_reason.${o.stateReason}`)})</>}, {t('identity.officers.since', { at: formatDateTime(o.stateSince) })}</> },
      ]} />
      {!view.isOwn && o.state !== 'left' && <Acts officer={o} />}
      <Grants view={view} />
      <Work view={view} />
      <Sessions view={view} />
      <Certificates view={view} />
      <Substitutions view={view} />
      <h2 class="govuk-heading-m">{t('identity.officers.history')}</h2>
      <Timeline label={t('identity.officers.history')} items={view.history.map((h) => ({ at: h.at, title: h.title, by: h.by, children: h.reason ? <p class="govuk-body-s">{t('identity.officers.reason_was', { reason: h.reason })}</p> : undefined }))} />
    </>
  )
}

function Acts({ officer: { id, state } }: { officer: Officer }): VNode {
  const { t } = usePage()
  const acts = state === 'new' ? ['activation', 'password', 'move', 'leave'] : state === 'active' ? ['lock', 'password', 'generator', 'move', 'leave'] : ['unlock', 'move', 'leave']
  return (
    <ButtonGroup>
      <LinkButton href={officerHref(id, 'grant')}>{t('identity.officers.act.grant')}</LinkButton>
      {acts.map((act) => <LinkButton kind="secondary" href={officerHref(id, act)}>{t(`identity.officers.act.${act}`)}</LinkButton>)}
    </ButtonGroup>
  )
}

function Grants({ view: { officer, isOwn, grants, names, now, people } }: { view: View }): VNode {
  const { t } = usePage()
  const by = (key: string | null): string => (key && people.get(key.replace(/^officer:/, ''))) ?? t('identity.officers.by_system')
  return (
    <>
      <h2 class="govuk-heading-m">{t('identity.officers.grants')}</h2>
      {grants.length === 0 ? <EmptyState title={t('identity.officers.grants_none')} /> : (
        <Table caption={t('identity.officers.grants')} captionHidden stack
          columns={[{ header: t('identity.officers.column.role') }, { header: t('identity.officers.column.scope') }, { header: t('identity.officers.column.state') }, { header: t('identity.officers.column.given') }, { header: t('identity.officers.column.act') }]}
          rows={grants.map((g) => {
            const state = grantState(g, now)
            return [
              roleWords(t, g.role), scopeWords(t, names, g), <GrantStateTag state={state} />,
              <>{t('identity.officers.given', { at: formatDateTime(g.grantedAt), by: by(g.grantedBy) })}{g.revokedAt && <><br />{t('identity.officers.taken', { at: formatDateTime(g.revokedAt), by: by(g.revokedBy) })}</>}</>,
              (state === 'current' || state === 'future') && !isOwn ? <a class="govuk-link" href={withdrawHref(officer.id, g.id)}>{t('identity.officers.act.withdraw')}<span class="govuk-visually-hidden"> {roleWords(t, g.role)}</span></a> : '–',
            ]
          })} />
      )}
    </>
  )
}

function Work({ view: { work } }: { view: View }): VNode {
  const { t } = usePage()
  return (
    <>
      <h2 class="govuk-heading-m">{t('identity.officers.work')}</h2>
      {work.length === 0 ? <p class="govuk-body">{t('identity.officers.work_none')}</p> : <ul class="govuk-list govuk-list--bullet">{work.map((w) => <li>{w.name}, {t('identity.officers.work_due', { at: formatDateTime(w.due) })}</li>)}</ul>}
    </>
  )
}

function Sessions({ view: { sessions, officer, isOwn } }: { view: View }): VNode {
  const { t } = usePage()
  return (
    <>
      <h2 class="govuk-heading-m">{t('identity.officers.sessions')}</h2>
      {sessions.length === 0 ? <p class="govuk-body">{t('identity.officers.sessions_none')}</p> : <SessionTable sessions={sessions} />}
      {!isOwn && sessions.some((s) => s.isOpen) && <p class="govuk-body"><a class="govuk-link" href={officerHref(officer.id, 'sessions')}>{t('identity.officers.act.sessions')}</a></p>}
    </>
  )
}

/** Log-ins of the last month, the newest first. */
export function SessionTable({ sessions, currentId }: { sessions: OfficerSession[]; currentId?: string }): VNode {
  const { t } = usePage()
  return (
    <Table caption={t('identity.officers.sessions')} captionHidden stack
      columns={[{ header: t('identity.officers.column.device') }, { header: t('identity.officers.column.methods') }, { header: t('identity.officers.column.logged_in') }, { header: t('identity.officers.column.last_seen') }, { header: t('identity.officers.column.state') }]}
      rows={sessions.map((s) => [s.device || t('identity.officers.unknown_device'), s.methods.includes('sc') ? t('identity.officers.method.certificate') : t('identity.officers.method.password'), formatDateTime(s.createdAt), formatDateTime(s.lastSeenAt),
        t(s.id === currentId ? 'identity.officers.session.this' : s.isOpen ? 'identity.officers.session.open' : 'identity.officers.session.ended')])} />
  )
}

function Certificates({ view: { certificates, officer, isOwn, people, now } }: { view: View }): VNode {
  const { t } = usePage()
  const state = (c: OfficerCertificate): string => (c.unboundAt ? t('identity.certificate.state.unbound', { at: formatDateTime(c.unboundAt) }) : t(c.notAfter < now ? 'identity.certificate.state.expired' : 'identity.certificate.state.bound'))
  return (
    <>
      <h2 class="govuk-heading-m">{t('identity.officers.certificates')}</h2>
      {certificates.length === 0 ? <p class="govuk-body">{t('identity.officers.certificates_none')}</p> : (
        <Table caption={t('identity.officers.certificates')} captionHidden stack
          columns={[{ header: t('identity.certificate.words.serial') }, { header: t('identity.certificate.words.until') }, { header: t('identity.certificate.bound') }, { header: t('identity.officers.column.state') }, { header: t('identity.officers.column.act') }]}
          rows={certificates.map((c) => [
            c.serial, formatDateTime(c.notAfter), t('identity.officers.by_at', { at: formatDateTime(c.boundAt), by: people.get(c.boundBy.replace(/^officer:/, '')) ?? t('identity.officers.by_system') }), state(c),
            c.unboundAt || isOwn ? '–' : <a class="govuk-link" href={officerHref(officer.id, `certificates/${c.id}/unbind`)}>{t('identity.certificate.unbind.title')}<span class="govuk-visually-hidden"> {c.serial}</span></a>,
          ])} />
      )}
      {!isOwn && officer.state === 'active' && <p class="govuk-body"><a class="govuk-link" href={officerHref(officer.id, 'certificates')}>{t('identity.certificate.bind.title')}</a></p>}
    </>
  )
}

function Substitutions({ view: { substitutions, people } }: { view: View }): VNode {
  const { t } = usePage()
  const name = (id: string): string => people.get(id) ?? id
  return (
    <>
      <h2 class="govuk-heading-m">{t('identity.officers.substitutions')}</h2>
      {substitutions.length === 0 ? <p class="govuk-body">{t('identity.officers.substitutions_none')}</p> : (
        <ul class="govuk-list govuk-list--bullet">{substitutions.map((s) => <li>{t('identity.officers.substitution_line', { substitute: name(s.substituteId), officer: name(s.officerId), from: formatDate(s.validFrom), until: formatDate(dayBefore(s.validTo)) })}{s.endedAt && <> ({t('identity.officers.session.ended')})</>}</li>)}</ul>
      )}
    </>
  )
}
