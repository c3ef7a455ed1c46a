import type { ComponentChild, VNode } from 'preact'
import { page } from '../../../platform/http/reply.ts'
import type { Route } from '../../../platform/http/route.ts'
import { Button, SearchBox, usePage } from '../../../ui/index.ts'
import { listLifeEvents, searchProcedures, type FoundProcedure, type LifeEvent } from '../search/search-procedures.ts'
import { filingHref, homePath, informationPath, listHref, listPath, procedureHref, suggestPath, trackPath } from './hrefs.ts'
import { renderHomeParts } from './home-parts.ts'
import { informationKinds } from './information-kinds.ts'

/** The parts of other modules may show what moves: figures are a second old at most. */
const partsLastMs = 1000

/** The portal speaks first of tasks: search, life events, tracking; then figures and the kinds of information. */
export const homeRoute: Route = {
  method: 'GET', path: homePath, access: 'public', remember: true, handler: async (req) => {
    const { ctx } = req
    const [lifeEvents, services, parts] = await Promise.all([listLifeEvents(ctx.db), searchProcedures(ctx.db, { online: 'here', size: 6, lang: ctx.lang }), renderHomeParts(req)])
    return page(<HomePage lifeEvents={lifeEvents} services={services.rows} parts={parts} />, { title: ctx.t('catalogue.home.title'), until: new Date(ctx.now.getTime() + partsLastMs) })
  },
}

interface Props { lifeEvents: readonly LifeEvent[]; services: readonly FoundProcedure[]; parts: readonly ComponentChild[] }

function HomePage({ lifeEvents, services, parts }: Props): VNode {
  const { t, lang } = usePage()
  return (
    <>
      <h1 class="govuk-heading-xl">{t('catalogue.home.heading')}</h1>
      <SearchBox action={listPath} suggest={suggestPath} label={t('catalogue.search.label')} examples={[1, 2, 3].map((n) => t(`catalogue.search.example${n}`))} />
      <div class="mc-home">
        <section aria-labelledby="life-events" class="mc-home__main">
          <h2 class="govuk-heading-m" id="life-events">{t('catalogue.home.lifeEvents')}</h2>
          {(['person', 'business'] as const).map((audience) => (
            <>
              <h3 class="govuk-heading-s">{t(`catalogue.home.${audience}`)}</h3>
              <ul class="mc-tiles">{lifeEvents.filter((e) => e.audience === audience).map((e) => <li><a class="mc-tiles__link" href={listHref({ 'su-kien': e.code })}>{e.name[lang]}</a></li>)}</ul>
            </>
          ))}
        </section>
        <TrackForm />
      </div>
      {services.length > 0 && (
        <section aria-labelledby="online-services">
          <h2 class="govuk-heading-m" id="online-services">{t('catalogue.home.services')}</h2>
          <ul class="govuk-list">{services.map((s) => <li><a class="govuk-link" href={procedureHref(s.code)}>{s.name[lang]}</a> – <a class="govuk-link" href={filingHref(s.code)}>{t('catalogue.procedure.file')}<span class="govuk-visually-hidden">: {s.name[lang]}</span></a></li>)}</ul>
        </section>
      )}
      {parts}
      <section aria-labelledby="information">
        <h2 class="govuk-heading-m" id="information">{t('catalogue.information.title')}</h2>
        <ul class="govuk-list mc-two-columns">{informationKinds.map((kind) => <li><a class="govuk-link" href={`${informationPath}#${kind.slug}`}>{t(`catalogue.information.${kind.slug}.name`)}</a></li>)}</ul>
      </section>
    </>
  )
}

function TrackForm(): VNode {
  const { t } = usePage()
  return (
    <section class="mc-home__side mc-box" aria-labelledby="track">
      <h2 class="govuk-heading-m" id="track">{t('catalogue.home.track')}</h2>
      <form action={trackPath} method="get">
        <div class="govuk-form-group">
          <label class="govuk-label" for="ma">{t('catalogue.home.trackLabel')}</label>
          <div class="govuk-hint" id="ma-hint">{t('catalogue.home.trackHint')}</div>
          <input class="govuk-input mc-input--code" id="ma" name="ma" aria-describedby="ma-hint" autocomplete="off" spellcheck={false} autocapitalize="characters" />
        </div>
        <Button kind="secondary">{t('catalogue.home.trackButton')}</Button>
      </form>
    </section>
  )
}
