import type { VNode } from 'preact'
import type { Ctx } from '../../../platform/ctx.ts'
import { civilDate, formatDate } from '../../../platform/i18n.ts'
import { page } from '../../../platform/http/reply.ts'
import type { Req, Route } from '../../../platform/http/route.ts'
import { Breadcrumbs, InsetText, LinkButton, PrintButton, SummaryList, usePage, WarningText } from '../../../ui/index.ts'
import { agencyName, findAgency } from '../../organisations/index.ts'
import { errors } from '../catalogue.errors.ts'
import { strengthFor, territoryOf } from '../content.ts'
import { findAbolition, type Abolition } from '../decisions/abolish-procedures.ts'
import { groupsOf } from '../decisions/linked-groups.ts'
import { copiesOf } from '../decisions/list-copies.ts'
import { baseCodeOf, ownerOfCode } from '../decisions/local-part.ts'
import { compareHref } from '../decisions/pages/hrefs.ts'
import { complete, inForce, listVersions, procedureNames, type VersionHead } from '../get-procedure.ts'
import { formatAsked, machineVersion } from '../open-data/machine-version.ts'
import { ProcedureQuestions } from '../questions/public.page.tsx'
import type { PublishedQuestion } from '../questions/question.ts'
import { questionsAbout, type QuestionPage } from '../questions/questions.store.ts'
import { reportHref } from '../reports/hrefs.ts'
import type { ProcedureVersion } from '../procedure-version.ts'
import { closedServices, nextOfferChange, type ClosedService } from '../onboarding/offer-state.ts'
import { filingHref, homePath, listHref, procedureHref, procedurePath, versionHref, versionPath } from './hrefs.ts'
import { shorten } from './procedure-item.tsx'
import { Agencies, Components, Laws, Methods, Remainder, Requirements, Results, Steps } from './procedure-parts.tsx'
import { agencyNames, feeLine, limitLine } from './words.ts'

export const procedureRoutes: readonly Route[] = [
  { method: 'GET', path: procedurePath, access: 'public', remember: true, handler: async (req) => {
    const asked = formatAsked(req.params.code!, req.headers.accept)
    const versions = await listVersions(req.ctx.db, asked.id)
    // An abolished procedure keeps its page, which says so.
    const shown = inForce(versions, civilDate(req.ctx.now)) ?? ((await findAbolition(req.ctx.db, asked.id)) ? versions[0] : undefined)
    const machine = asked.format && shown && (await machineVersion(req, asked.format, shown.code, shown.version))
    if (machine) return machine
    if (!shown) throw errors.PROCEDURE_NOT_FOUND({ code: shorten(req.params.code!, 40) })
    return show(req, shown, versions)
  } },
  { method: 'GET', path: versionPath, access: 'public', remember: true, handler: async (req) => {
    const asked = formatAsked(req.params.version!, req.headers.accept)
    const number = /^\d{1,6}$/.test(asked.id) ? Number(asked.id) : 0
    const machine = asked.format && number > 0 && (await machineVersion(req, asked.format, req.params.code!, number))
    if (machine) return machine
    const versions = await listVersions(req.ctx.db, req.params.code!)
    const shown = versions.find((v) => v.version === number)
    if (!shown) throw errors.VERSION_NOT_FOUND({ code: shorten(req.params.code!, 40), version: shorten(req.params.version!, 10) })
    return show(req, shown, versions, inForce(versions, civilDate(req.ctx.now)) === shown)
  } },
]

async function show({ ctx }: Req, shown: VersionHead, versions: readonly VersionHead[], isCurrent = true) {
  const procedure = await complete(ctx.db, shown)
  const [related, closed, abolition, copies, members, groups, questions] = await Promise.all([procedureNames(ctx.db, procedure.content.related, ctx.lang), closedServices(ctx.db, ctx.now), findAbolition(ctx.db, procedure.code), localCopies(ctx, procedure.code),
    procedureNames(ctx.db, (procedure.content.linked?.members ?? []).map((m) => m.code), ctx.lang), groupsOf(ctx.db, procedure.code, civilDate(ctx.now), ctx.lang), questionsAbout(ctx.db, procedure.code, 5)])
  return page(<ProcedurePage view={{ procedure, isCurrent, versions, related, closed: closed.get(procedure.code) ?? closed.get(baseCodeOf(procedure.code)), abolition, copies, members, groups, questions, isClosed: abolition !== undefined && abolition.abolishedAt <= ctx.now }} />, { title: shorten(procedure.content.name[ctx.lang], 120), until: await nextOfferChange(ctx.db, ctx.now), headers: { vary: 'accept', link: `<${versionHref(procedure.code, procedure.version)}.jsonld>; rel="alternate"; type="application/ld+json"` } })
}

interface LocalCopy { code: string; office: string }

async function localCopies(ctx: Ctx, code: string): Promise<LocalCopy[]> {
  if (ownerOfCode(code)) return []
  return await Promise.all((await copiesOf(ctx.db, code)).map(async (copy) => {
    const agency = await findAgency(ctx.db, copy.issuer, ctx.now)
    return { code: copy.code, office: agency ? agencyName(agency, ctx.lang) : copy.issuer }
  }))
}

interface View { procedure: ProcedureVersion; isCurrent: boolean; isClosed: boolean; versions: readonly VersionHead[]; related: ReadonlyMap<string, string>; closed: ClosedService | undefined; abolition: Abolition | undefined; copies: readonly LocalCopy[]; members: ReadonlyMap<string, string>; groups: readonly { code: string; name: string }[]; questions: QuestionPage<PublishedQuestion> }

function ProcedurePage({ view }: { view: View }): VNode {
  const { t, lang } = usePage()
  const { procedure, isCurrent } = view
  const { content } = procedure
  const spoken = procedure.translated ? undefined : 'vi'
  const name = content.name[lang]
  return (
    <>
      <Breadcrumbs items={[{ text: t('catalogue.home.crumb'), href: homePath }, { text: t('catalogue.list.title'), href: listHref() }, { text: <span lang={spoken}>{shorten(name, 80)}</span> }]} />
      {!isCurrent && <InsetText>{t('catalogue.procedure.oldVersion', { version: procedure.version, from: formatDate(procedure.validFrom) })} <a class="govuk-link" href={procedureHref(procedure.code)}>{t('catalogue.procedure.toCurrent')}</a></InsetText>}
      {view.abolition && <WarningText>{t(view.isClosed ? 'catalogue.decisions.abolished' : 'catalogue.decisions.abolishedSoon', { on: formatDate(view.abolition.abolishedOn), number: view.abolition.decisionNumber })}</WarningText>}
      {procedure.baseVersion !== null && <InsetText>{t('catalogue.decisions.localCopy')} <a class="govuk-link" href={versionHref(baseCodeOf(procedure.code), procedure.baseVersion)}>{baseCodeOf(procedure.code)}</a></InsetText>}
      {!procedure.translated && lang === 'en' && <InsetText>{t('catalogue.procedure.noEnglish')}</InsetText>}
      <div lang={spoken}>
        <h1 class={name.length > 160 ? 'govuk-heading-m' : 'govuk-heading-l'}>{name}</h1>
        {content.summary && <p class="govuk-body-l">{content.summary[lang]}</p>}
      </div>
      <KeyFacts procedure={procedure} />
      {isCurrent && !view.isClosed && content.service && view.closed && <InsetText>{t(`catalogue.procedure.closed.${view.closed.state}`, { reason: (lang === 'en' ? view.closed.reasonEn : null) ?? view.closed.reasonVi })} {t('catalogue.procedure.otherWays')}</InsetText>}
      {isCurrent && !view.isClosed && content.service && !view.closed && <LinkButton kind="start" href={filingHref(procedure.code)}>{t('catalogue.procedure.file')}</LinkButton>}
      {isCurrent && !view.isClosed && !content.service && <p class="govuk-body">{t(`catalogue.procedure.notHere.${content.onlineLevel}`)}</p>}
      <div lang={spoken}>
        <Components content={content} />
        <Steps content={content} />
        <Methods content={content} />
        <Requirements content={content} />
        <Results content={content} />
        <Agencies content={content} />
        {view.related.size > 0 && (
          <section aria-labelledby="related">
            <h2 class="govuk-heading-m" id="related" lang={lang}>{t('catalogue.procedure.related')}</h2>
            <ul class="govuk-list">{[...view.related].map(([code, other]) => <li><a class="govuk-link" href={procedureHref(code)}>{other}</a></li>)}</ul>
          </section>
        )}
        <Laws content={content} />
        <Remainder content={content} />
      </div>
      <Linked view={view} />
      {view.copies.length > 0 && <LocalCopies copies={view.copies} />}
      <ProcedureQuestions questions={view.questions} code={procedure.code} />
      <Versions view={view} />
      <p class="govuk-body mc-small">{t('catalogue.reports.onPage')} <a class="govuk-link" href={reportHref(procedure.code)}>{t('catalogue.reports.onPageLink')}</a></p>
      <PrintButton />
    </>
  )
}

function KeyFacts({ procedure: { content, code, translated } }: { procedure: ProcedureVersion }): VNode {
  const { t, lang } = usePage()
  const spoken = translated ? undefined : 'vi'
  const agencies = agencyNames(content, lang)
  const where = agencies.length > 0 ? agencies.join('; ') : content.levels.map((level) => t(`catalogue.where.${level}`)).join('; ')
  return (
    <div class="mc-box">
      <SummaryList noBorder rows={[
        { key: t('catalogue.procedure.time'), value: limitLine(t, content.methods) },
        { key: t('catalogue.procedure.fee'), value: feeLine(t, lang, content.methods) },
        { key: t('catalogue.procedure.where'), value: <span lang={agencies.length > 0 ? spoken : undefined}>{where || t('catalogue.unknown')}</span> },
        { key: t('catalogue.procedure.result'), value: <span lang={spoken}>{content.results.map((r) => r.name[lang]).join('; ') || t('catalogue.unknown')}</span> },
        { key: t('catalogue.procedure.who'), value: content.subjects.map((s) => t(`catalogue.subject.${s}`)).join(', ') || t('catalogue.unknown') },
        { key: t('catalogue.procedure.online'), value: t(`catalogue.online.${content.onlineLevel}`) },
        ...(content.service && territoryOf(content.service) === 'province' ? [{ key: t('catalogue.procedure.territory'), value: t('catalogue.territory.province') }] : []),
        ...(content.service ? [{ key: t('catalogue.procedure.assurance'), value: t(`catalogue.assurance.${strengthFor(content.service)}`) }] : []),
        { key: t('catalogue.procedure.code'), value: <span class="mc-code">{code}</span> },
      ]} />
    </div>
  )
}

/** The procedures of a linked group in their order; or the groups to which this one belongs. */
function Linked({ view: { procedure, members, groups } }: { view: View }): VNode | null {
  const { t } = usePage()
  const linked = procedure.content.linked?.members ?? []
  if (linked.length === 0 && groups.length === 0) return null
  return (
    <section aria-labelledby="linked">
      <h2 class="govuk-heading-m" id="linked">{t(linked.length > 0 ? 'catalogue.decisions.linked.members' : 'catalogue.decisions.linked.groups')}</h2>
      {linked.length > 0 && <ol class="govuk-list govuk-list--number">{linked.map((m) => <li><a class="govuk-link" href={procedureHref(m.code)}>{members.get(m.code) ?? m.code}</a> <span class="mc-code">{m.code}</span>{m.after.length > 0 && <> – {t('catalogue.decisions.linked.after', { codes: m.after.join(', ') })}</>}</li>)}</ol>}
      {groups.length > 0 && <ul class="govuk-list">{groups.map((g) => <li><a class="govuk-link" href={procedureHref(g.code)}>{g.name}</a></li>)}</ul>}
    </section>
  )
}

/** What provinces made of it: time limits, places and fees of their own. */
function LocalCopies({ copies }: { copies: readonly LocalCopy[] }): VNode {
  const { t } = usePage()
  return (
    <section aria-labelledby="copies">
      <h2 class="govuk-heading-m" id="copies">{t('catalogue.decisions.localCopies')}</h2>
      <ul class="govuk-list mc-two-columns">{copies.map((copy) => <li><a class="govuk-link" href={procedureHref(copy.code)}>{copy.office}</a></li>)}</ul>
    </section>
  )
}

function Versions({ view: { procedure, versions } }: { view: View }): VNode {
  const { t } = usePage()
  return (
    <section aria-labelledby="versions">
      <h2 class="govuk-heading-m" id="versions">{t('catalogue.procedure.versions')}</h2>
      <ul class="govuk-list">
        {versions.map((v) => (
          <li>{v.version === procedure.version ? <strong>{t('catalogue.procedure.version', { version: v.version })}</strong> : <a class="govuk-link" href={versionHref(v.code, v.version)}>{t('catalogue.procedure.version', { version: v.version })}</a>}
            {' '}– {t('catalogue.procedure.validFrom', { from: formatDate(v.validFrom) })}{v.validTo && ` ${t('catalogue.procedure.validTo', { to: formatDate(v.validTo) })}`}{v.decisionNumber && `, ${t('catalogue.procedure.decision', { number: v.decisionNumber })}`}</li>
        ))}
      </ul>
      {versions.length > 1 && <p class="govuk-body"><a class="govuk-link" href={procedure.version === 1 ? compareHref(procedure.code, 1, versions[0]!.version) : compareHref(procedure.code, procedure.version - 1, procedure.version)}>{t('catalogue.decisions.compareLink')}</a></p>}
      <p class="govuk-body mc-small">{t('catalogue.procedure.stable')} <span class="mc-code">{versionHref(procedure.code, procedure.version)}</span></p>
    </section>
  )
}
