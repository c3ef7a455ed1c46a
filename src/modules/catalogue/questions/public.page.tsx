import type { VNode } from 'preact'
import { formatDate, formatNumber } from '../../../platform/i18n.ts'
import { page } from '../../../platform/http/reply.ts'
import type { Route } from '../../../platform/http/route.ts'
import { Breadcrumbs, Details, EmptyState, FilterPanel, InsetText, Pagination, SearchBox, usePage, type FilterGroup } from '../../../ui/index.ts'
import { errors } from '../catalogue.errors.ts'
import { procedureNames } from '../get-procedure.ts'
import { homePath, listHref, procedureHref } from '../pages/hrefs.ts'
import { listLifeEvents, listSectors, type LifeEvent, type SectorChoice } from '../search/search-procedures.ts'
import { narrowed, questionHref, questionPath, questionsPath } from './hrefs.ts'
import type { PublishedQuestion } from './question.ts'
import { findPublishedQuestion, listPublishedQuestions, type QuestionFilter, type QuestionPage } from './questions.store.ts'

const word = (value: string | undefined): string | undefined => (value && /^[\w.-]{1,90}$/.test(value) ? value : undefined)

export const questionRoutes: readonly Route[] = [
  { method: 'GET', path: questionsPath, access: 'public', remember: true, handler: async ({ ctx, query }) => {
    const filter: QuestionFilter = { q: query.q?.slice(0, 200) || undefined, sector: word(query['linh-vuc']), lifeEvent: word(query['su-kien']), procedure: word(query['thu-tuc']), page: /^\d{1,4}$/.test(query.trang ?? '') ? Number(query.trang) : 1 }
    const [found, sectors, lifeEvents] = await Promise.all([listPublishedQuestions(ctx.db, filter), listSectors(ctx.db), listLifeEvents(ctx.db)])
    return page(<QuestionsPage filter={filter} found={found} sectors={sectors} lifeEvents={lifeEvents} />, { title: ctx.t('catalogue.questions.title') })
  } },
  { method: 'GET', path: questionPath, access: 'public', remember: true, handler: async ({ ctx, params }) => {
    const question = await findPublishedQuestion(ctx.db, params.id!)
    if (!question) throw errors.QUESTION_NOT_FOUND()
    return page(<QuestionPageBody question={question} names={await procedureNames(ctx.db, question.procedures, ctx.lang)} />, { title: question.question[ctx.lang] })
  } },
]

interface Props { filter: QuestionFilter; found: QuestionPage<PublishedQuestion>; sectors: readonly SectorChoice[]; lifeEvents: readonly LifeEvent[] }

function QuestionsPage({ filter, found, sectors, lifeEvents }: Props): VNode {
  const { t, lang } = usePage()
  const address = { q: filter.q, 'linh-vuc': filter.sector, 'su-kien': filter.lifeEvent, 'thu-tuc': filter.procedure }
  const groups: FilterGroup[] = [
    { name: 'su-kien', title: t('catalogue.filter.lifeEvent'), kind: 'select', empty: t('catalogue.filter.all'), options: lifeEvents.map((e) => ({ value: e.code, text: e.name[lang] })), selected: filter.lifeEvent ? [filter.lifeEvent] : [] },
    { name: 'linh-vuc', title: t('catalogue.filter.sector'), kind: 'select', empty: t('catalogue.filter.all'), options: sectors.map((s) => ({ value: s.code, text: s.name[lang] })), selected: filter.sector ? [filter.sector] : [] },
  ]
  const isFiltered = Boolean(filter.sector ?? filter.lifeEvent ?? filter.procedure)
  return (
    <>
      <Breadcrumbs items={[{ text: t('catalogue.home.crumb'), href: homePath }, { text: t('catalogue.questions.title') }]} />
      <h1 class="govuk-heading-l">{t('catalogue.questions.title')}</h1>
      <SearchBox action={questionsPath} value={filter.q ?? ''} label={t('catalogue.questions.search')} keep={given({ ...address, q: undefined })} />
      <div class="mc-with-filter">
        <FilterPanel action={questionsPath} groups={groups} keep={given({ q: filter.q })} {...(isFiltered ? { clearHref: narrowed(questionsPath, { q: filter.q }) } : {})} removeHref={(name) => narrowed(questionsPath, { ...address, [name]: undefined })} />
        <section aria-label={t('catalogue.list.results')}>
          <p class="govuk-body" role="status">{t('catalogue.questions.count', { count: found.total, number: formatNumber(found.total, lang) })}</p>
          {found.total === 0 && (
            <EmptyState title={t('catalogue.questions.none')}>
              <p><a class="govuk-link" href={narrowed(questionsPath, {})}>{t('catalogue.questions.all')}</a></p>
              {filter.q && <p><a class="govuk-link" href={listHref({ q: filter.q })}>{t('catalogue.questions.searchProcedures', { q: filter.q })}</a></p>}
            </EmptyState>
          )}
          <ul class="mc-procedures">{found.rows.map((q) => (
            <li class="mc-procedure">
              <h2 class="mc-procedure__name"><a class="govuk-link" href={questionHref(q.id)}>{q.question[lang]}</a></h2>
              <p class="mc-procedure__summary">{q.answer[lang].length > 180 ? `${q.answer[lang].slice(0, 179)}…` : q.answer[lang]}</p>
            </li>
          ))}</ul>
          <Pagination page={found.page} pages={found.pages} href={(n) => narrowed(questionsPath, { ...address, trang: n === 1 ? undefined : String(n) })} />
        </section>
      </div>
    </>
  )
}

function QuestionPageBody({ question, names }: { question: PublishedQuestion; names: ReadonlyMap<string, string> }): VNode {
  const { t, lang } = usePage()
  return (
    <>
      <Breadcrumbs items={[{ text: t('catalogue.home.crumb'), href: homePath }, { text: t('catalogue.questions.title'), href: questionsPath }, { text: question.question[lang] }]} />
      <h1 class="govuk-heading-l">{question.question[lang]}</h1>
      <Answer question={question} />
      {names.size > 0 && (
        <section aria-labelledby="procedures">
          <h2 class="govuk-heading-m" id="procedures">{t('catalogue.questions.procedures')}</h2>
          <ul class="govuk-list">{[...names].map(([code, name]) => <li><a class="govuk-link" href={procedureHref(code)}>{name}</a></li>)}</ul>
        </section>
      )}
      <p class="govuk-body mc-small">{t('catalogue.questions.published', { date: formatDate(question.publishedAt), version: question.version })}</p>
    </>
  )
}

function Answer({ question }: { question: PublishedQuestion }): VNode {
  const { t, lang } = usePage()
  return (
    <>
      {question.underReview && <InsetText>{t('catalogue.questions.underReview')}</InsetText>}
      {question.answer[lang].split(/\n+/).map((line) => <p class="govuk-body">{line}</p>)}
    </>
  )
}

/** On the page of a procedure: what people ask about it. */
export function ProcedureQuestions({ questions, code }: { questions: QuestionPage<PublishedQuestion>; code: string }): VNode | null {
  const { t, lang } = usePage()
  if (questions.total === 0) return null
  return (
    <section aria-labelledby="questions">
      <h2 class="govuk-heading-m" id="questions">{t('catalogue.questions.title')}</h2>
      {questions.rows.map((q) => <Details summary={q.question[lang]}><Answer question={q} /></Details>)}
      {questions.total > questions.rows.length && <p class="govuk-body"><a class="govuk-link" href={narrowed(questionsPath, { 'thu-tuc': code })}>{t('catalogue.questions.allOfProcedure', { count: questions.total })}</a></p>}
    </section>
  )
}

const given = (values: Record<string, string | undefined>): Record<string, string> => Object.fromEntries(Object.entries(values).filter((e): e is [string, string] => Boolean(e[1])))
