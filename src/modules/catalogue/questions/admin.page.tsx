import type { VNode } from 'preact'
import type { Ctx } from '../../../platform/ctx.ts'
import type { FieldError } from '../../../platform/errors.ts'
import { formatDateTime } from '../../../platform/i18n.ts'
import { page, redirect, type Reply } from '../../../platform/http/reply.ts'
import type { FormBody, Route } from '../../../platform/http/route.ts'
import { BackLink, Button, ButtonGroup, Checkboxes, EmptyState, ErrorSummary, FilterPanel, Form, InsetText, LinkButton, NotificationBanner, Pagination, Select, SummaryList, Table, Tag, Textarea, TextInput, fieldErrors, usePage, type Tone } from '../../../ui/index.ts'
import { errors as refusals } from '../catalogue.errors.ts'
import { versionHref } from '../pages/hrefs.ts'
import { listLifeEvents, listSectors, type LifeEvent, type SectorChoice } from '../search/search-procedures.ts'
import { adminQuestionHref, adminQuestionsPath, narrowed, questionHref } from './hrefs.ts'
import { publishQuestion, withdrawQuestion } from './publish-question.ts'
import { questionStates, type Question, type QuestionState } from './question.ts'
import { findQuestion, listQuestions, type QuestionFilter, type QuestionPage } from './questions.store.ts'
import { mayEdit, missingForPublication, requireEditor, saveQuestion, type QuestionInput } from './save-question.ts'

const access = { permission: 'catalogue.questions' } as const
const tones: Record<QuestionState, Tone> = { draft: 'neutral', published: 'done', 'needs-review': 'attention' }
const dones = ['saved', 'published', 'withdrawn'] as const

export const adminQuestionRoutes: readonly Route[] = [
  { method: 'GET', path: adminQuestionsPath, access, handler: async ({ ctx, query }) => {
    const filter: QuestionFilter = { q: query.q?.slice(0, 200) || undefined, state: questionStates.find((s) => s === query.state), page: /^\d{1,4}$/.test(query.page ?? '') ? Number(query.page) : 1 }
    return page(<ListPage found={await listQuestions(ctx.db, filter)} filter={filter} done={dones.find((d) => d === query.done)} />, { title: ctx.t('catalogue.questions.admin'), layout: 'desk' })
  } },
  { method: 'GET', path: '/admin/questions/new', access, handler: ({ ctx, query }) => showForm(ctx, { ...empty, procedures: /^[\w.]{8,40}$/.test(query.procedure ?? '') ? [query.procedure!] : [] }, []) },
  { method: 'POST', path: '/admin/questions/new', access, handler: ({ ctx, form }) => save(ctx, readForm(form)) },
  { method: 'GET', path: '/admin/questions/edit/:id', access, handler: async ({ ctx, params, query }) => {
    const question = await existing(ctx, params.id!)
    return showForm(ctx, question, [], question, query.done === 'saved')
  } },
  { method: 'POST', path: '/admin/questions/edit/:id', access, handler: async ({ ctx, params, form }) => {
    const question = await existing(ctx, params.id!)
    return save(ctx, { ...readForm(form), id: question.id }, question)
  } },
  { method: 'GET', path: '/admin/questions/publish/:id', access, handler: async ({ ctx, params }) => {
    const question = await existing(ctx, params.id!)
    const missing = missingForPublication(question)
    if (missing.length > 0) return showForm(ctx, question, missing, question)
    return page(<ConfirmPage question={question} act="publish" />, { title: ctx.t('catalogue.questions.confirm.publish'), layout: 'desk' })
  } },
  { method: 'POST', path: '/admin/questions/publish/:id', access, handler: async ({ ctx, params, form }) => {
    await publishQuestion(ctx, params.id!, Number(form.get('revision')))
    return redirect(narrowed(adminQuestionsPath, { done: 'published' }))
  } },
  { method: 'GET', path: '/admin/questions/withdraw/:id', access, handler: async ({ ctx, params }) => page(<ConfirmPage question={await existing(ctx, params.id!)} act="withdraw" />, { title: ctx.t('catalogue.questions.confirm.withdraw'), layout: 'desk' }) },
  { method: 'POST', path: '/admin/questions/withdraw/:id', access, handler: async ({ ctx, params, form }) => {
    await withdrawQuestion(ctx, params.id!, Number(form.get('revision')))
    return redirect(narrowed(adminQuestionsPath, { done: 'withdrawn' }))
  } },
]

const empty: QuestionInput = { sector: null, lifeEvents: [], procedures: [], question: { vi: '', en: '' }, answer: { vi: '', en: '' } }

/** The question in the address, where the officer's agency may change it. @throws QUESTION_NOT_FOUND, QUESTION_OF_OTHERS */
async function existing(ctx: Ctx, id: string): Promise<Question> {
  const question = await findQuestion(ctx.db, id)
  if (!question) throw refusals.QUESTION_NOT_FOUND()
  requireEditor(ctx.actor, question)
  return question
}

function readForm(form: FormBody): QuestionInput {
  const codes = form.get('procedures').split(/[\s,;]+/).filter((code) => code !== '').slice(0, 50)
  return {
    sector: form.get('sector') || null, lifeEvents: form.all('lifeEvents').slice(0, 30), procedures: [...new Set(codes)], revision: Number(form.get('revision')) || 0,
    question: { vi: form.get('questionVi'), en: form.get('questionEn') }, answer: { vi: form.get('answerVi'), en: form.get('answerEn') },
  }
}

async function save(ctx: Ctx, input: QuestionInput, known?: Question): Promise<Reply> {
  const saved = await saveQuestion(ctx, input)
  return Array.isArray(saved) ? showForm(ctx, input, saved, known) : redirect(narrowed(adminQuestionHref(saved.id), { done: 'saved' }))
}

async function showForm(ctx: Ctx, typed: QuestionInput, wrong: readonly FieldError[], known?: Question, saved = false): Promise<Reply> {
  const [sectors, lifeEvents] = await Promise.all([listSectors(ctx.db), listLifeEvents(ctx.db)])
  return page(<EditPage typed={typed} known={known} wrong={wrong} saved={saved} sectors={sectors} lifeEvents={lifeEvents} />, { title: ctx.t(known ? 'catalogue.questions.edit' : 'catalogue.questions.new'), layout: 'desk', status: wrong.length > 0 ? 400 : 200 })
}

function ListPage({ found, filter, done }: { found: QuestionPage<Question>; filter: QuestionFilter; done: string | undefined }): VNode {
  const { t, lang } = usePage()
  const address = { q: filter.q, state: filter.state }
  return (
    <>
      {done && <NotificationBanner type="success" heading={t(`catalogue.questions.done.${done}`)} />}
      <h1 class="govuk-heading-l">{t('catalogue.questions.admin')}</h1>
      <LinkButton href="/admin/questions/new">{t('catalogue.questions.write')}</LinkButton>
      <FilterPanel action={adminQuestionsPath} groups={[{ name: 'state', title: t('catalogue.questions.state'), kind: 'select', empty: t('catalogue.filter.all'), options: questionStates.map((s) => ({ value: s, text: t(`catalogue.questions.state.${s}`) })), selected: filter.state ? [filter.state] : [] }]}
        {...(filter.state ? { clearHref: adminQuestionsPath } : {})} removeHref={(name) => narrowed(adminQuestionsPath, { ...address, [name]: undefined })} />
      {found.total === 0 ? <EmptyState title={t('catalogue.questions.none')} /> : (
        <Table caption={t('catalogue.questions.count', { count: found.total, number: String(found.total) })} wide columns={['question', 'state', 'agency', 'updated'].map((c) => ({ header: t(`catalogue.questions.${c}`) }))}
          rows={found.rows.map((q) => [
            <a class="govuk-link" href={adminQuestionHref(q.id)}>{q.question[lang] || q.question.vi}</a>,
            <Tag tone={tones[q.state]}>{t(`catalogue.questions.state.${q.state}`)}</Tag>, q.agency ?? '–', formatDateTime(q.updatedAt),
          ])} />
      )}
      <Pagination page={found.page} pages={found.pages} href={(n) => narrowed(adminQuestionsPath, { ...address, page: String(n) })} />
    </>
  )
}

interface EditProps { typed: QuestionInput; known: Question | undefined; wrong: readonly FieldError[]; saved: boolean; sectors: readonly SectorChoice[]; lifeEvents: readonly LifeEvent[] }

function EditPage({ typed, known, wrong, saved, sectors, lifeEvents }: EditProps): VNode {
  const { t, lang, actor } = usePage()
  const found = fieldErrors(wrong, t)
  const own = !known || mayEdit(actor, known)
  return (
    <>
      <BackLink href={adminQuestionsPath} />
      <ErrorSummary errors={[...wrong]} />
      {saved && <NotificationBanner type="success" heading={t('catalogue.questions.done.saved')} />}
      <h1 class="govuk-heading-l">{t(known ? 'catalogue.questions.edit' : 'catalogue.questions.new')}</h1>
      {known && <p class="govuk-body"><Tag tone={tones[known.state]}>{t(`catalogue.questions.state.${known.state}`)}</Tag> {known.publishedVersion !== null && <a class="govuk-link" href={questionHref(known.id)}>{t('catalogue.questions.seePublic', { version: known.publishedVersion })}</a>}</p>}
      {known && known.review.length > 0 && <InsetText>{t('catalogue.questions.changedProcedures')} {known.review.map((r, i) => <>{i > 0 && ', '}<a class="govuk-link" href={versionHref(r.code, r.version)}>{r.code} ({t('catalogue.procedure.version', { version: r.version })})</a></>)}</InsetText>}
      {!own && <InsetText>{t('catalogue.error.QUESTION_OF_OTHERS')}</InsetText>}
      <Form hidden={{ revision: known?.revision ?? 0 }}>
        <TextInput name="questionVi" label={t('catalogue.questions.questionVi')} value={typed.question.vi} error={found.of('questionVi')} width="full" />
        <Textarea name="answerVi" label={t('catalogue.questions.answerVi')} value={typed.answer.vi} error={found.of('answerVi')} rows={7} />
        <TextInput name="questionEn" label={t('catalogue.questions.questionEn')} value={typed.question.en} error={found.of('questionEn')} width="full" />
        <Textarea name="answerEn" label={t('catalogue.questions.answerEn')} value={typed.answer.en} error={found.of('answerEn')} rows={7} />
        <Select name="sector" label={t('catalogue.filter.sector')} value={typed.sector} empty={t('catalogue.questions.noSector')} error={found.of('sector')} options={sectors.map((s) => ({ value: s.code, text: s.name[lang] }))} />
        <Checkboxes name="lifeEvents" label={t('catalogue.filter.lifeEvent')} values={typed.lifeEvents} options={lifeEvents.map((e) => ({ value: e.code, text: e.name[lang] }))} small />
        <TextInput name="procedures" label={t('catalogue.questions.procedureCodes')} hint={t('catalogue.questions.procedureCodesHint')} value={typed.procedures.join(', ')} error={found.of('procedures')} width="two-thirds" />
        {own && <Button>{t('catalogue.questions.save')}</Button>}
      </Form>
      {known && own && (
        <ButtonGroup>
          <LinkButton kind="secondary" href={`/admin/questions/publish/${known.id}`}>{t('catalogue.questions.publish')}</LinkButton>
          {known.publishedVersion !== null && <LinkButton kind="secondary" href={`/admin/questions/withdraw/${known.id}`}>{t('catalogue.questions.withdraw')}</LinkButton>}
        </ButtonGroup>
      )}
    </>
  )
}

function ConfirmPage({ question, act }: { question: Question; act: 'publish' | 'withdraw' }): VNode {
  const { t } = usePage()
  return (
    <>
      <BackLink href={adminQuestionHref(question.id)} />
      <h1 class="govuk-heading-l">{t(`catalogue.questions.confirm.${act}`)}</h1>
      <SummaryList rows={[
        { key: t('catalogue.questions.questionVi'), value: question.question.vi }, { key: t('catalogue.questions.answerVi'), value: question.answer.vi },
        { key: t('catalogue.questions.questionEn'), value: question.question.en }, { key: t('catalogue.questions.answerEn'), value: question.answer.en },
        { key: t('catalogue.questions.procedureCodes'), value: question.procedures.join(', ') || '–' },
      ]} />
      <Form hidden={{ revision: question.revision }}><ButtonGroup><Button kind={act === 'withdraw' ? 'warning' : 'primary'}>{t(`catalogue.questions.${act}`)}</Button><a class="govuk-link" href={adminQuestionHref(question.id)}>{t('catalogue.questions.back')}</a></ButtonGroup></Form>
    </>
  )
}
