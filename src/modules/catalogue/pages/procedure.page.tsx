import type { VNode } from 'preact'
import { formatDate } from '../../../platform/i18n.ts'
import { page } from '../../../platform/http/reply.ts'
import type { Req, Route } from '../../../platform/http/route.ts'
import { Breadcrumbs, InsetText, LinkButton, PrintButton, SummaryList, usePage } from '../../../ui/index.ts'
import { errors } from '../catalogue.errors.ts'
import { getCurrentProcedure, getProcedureVersion, listVersions, procedureNames, type VersionHead } from '../get-procedure.ts'
import { formatAsked, machineVersion } from '../open-data/machine-version.ts'
import { ProcedureQuestions } from '../questions/public.page.tsx'
import type { PublishedQuestion } from '../questions/question.ts'
import { listPublishedQuestions, type QuestionPage } from '../questions/questions.store.ts'
import { reportHref } from '../reports/hrefs.ts'
import type { ProcedureVersion } from '../procedure-version.ts'
import { closedServices, type ClosedService } from '../onboarding/offer-state.ts'
import { filingHref, homePath, listHref, procedureHref, procedurePath, versionHref, versionPath } from './hrefs.ts'
import { shorten } from './procedure-item.tsx'
import { Agencies, Components, Laws, Methods, Remainder, Requirements, Results, Steps } from './procedure-parts.tsx'
import { agencyNames, feeLine, limitLine } from './words.ts'

export const procedureRoutes: readonly Route[] = [
  { method: 'GET', path: procedurePath, access: 'public', handler: async (req) => {
    const asked = formatAsked(req.params.code!, req.headers.accept)
    const procedure = await getCurrentProcedure(req.ctx.db, asked.id, req.ctx.now)
    const machine = asked.format && procedure && (await machineVersion(req, asked.format, procedure.code, procedure.version))
    if (machine) return machine
    if (!procedure) throw errors.PROCEDURE_NOT_FOUND({ code: shorten(req.params.code!, 40) })
    return show(req, procedure, true)
  } },
  { method: 'GET', path: versionPath, access: 'public', handler: async (req) => {
    const asked = formatAsked(req.params.version!, req.headers.accept)
    const number = /^\d{1,6}$/.test(asked.id) ? Number(asked.id) : 0
    const machine = asked.format && number > 0 && (await machineVersion(req, asked.format, req.params.code!, number))
    if (machine) return machine
    const procedure = await getProcedureVersion(req.ctx.db, req.params.code!, number)
    if (!procedure) throw errors.VERSION_NOT_FOUND({ code: shorten(req.params.code!, 40), version: shorten(req.params.version!, 10) })
    const current = await getCurrentProcedure(req.ctx.db, procedure.code, req.ctx.now)
    return show(req, procedure, current?.version === procedure.version)
  } },
]

async function show({ ctx }: Req, procedure: ProcedureVersion, isCurrent: boolean) {
  const [versions, related, closed, questions] = await Promise.all([listVersions(ctx.db, procedure.code), procedureNames(ctx.db, procedure.content.related, ctx.lang), closedServices(ctx.db, ctx.now), listPublishedQuestions(ctx.db, { procedure: procedure.code, size: 5 })])
  return page(<ProcedurePage view={{ procedure, isCurrent, versions, related, closed: closed.get(procedure.code), questions }} />, { title: shorten(procedure.content.name[ctx.lang], 120), headers: { vary: 'accept', link: `<${versionHref(procedure.code, procedure.version)}.jsonld>; rel="alternate"; type="application/ld+json"` } })
}

interface View { procedure: ProcedureVersion; isCurrent: boolean; versions: readonly VersionHead[]; related: ReadonlyMap<string, string>; closed: ClosedService | undefined; questions: QuestionPage<PublishedQuestion> }

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
      {!procedure.translated && lang === 'en' && <InsetText>{t('catalogue.procedure.noEnglish')}</InsetText>}
      <div lang={spoken}>
        <h1 class={name.length > 160 ? 'govuk-heading-m' : 'govuk-heading-l'}>{name}</h1>
        {content.summary && <p class="govuk-body-l">{content.summary[lang]}</p>}
      </div>
      <KeyFacts procedure={procedure} />
      {isCurrent && content.service && view.closed && <InsetText>{t(`catalogue.procedure.closed.${view.closed.state}`, { reason: (lang === 'en' ? view.closed.reasonEn : null) ?? view.closed.reasonVi })} {t('catalogue.procedure.otherWays')}</InsetText>}
      {isCurrent && content.service && !view.closed && <LinkButton kind="start" href={filingHref(procedure.code)}>{t('catalogue.procedure.file')}</LinkButton>}
      {isCurrent && !content.service && <p class="govuk-body">{t(`catalogue.procedure.notHere.${content.onlineLevel}`)}</p>}
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
        { key: t('catalogue.procedure.code'), value: <span class="mc-code">{code}</span> },
      ]} />
    </div>
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
      <p class="govuk-body mc-small">{t('catalogue.procedure.stable')} <span class="mc-code">{versionHref(procedure.code, procedure.version)}</span></p>
    </section>
  )
}
