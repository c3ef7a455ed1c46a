import type { ComponentChildren, VNode } from 'preact'
import type { Translate } from '../../../platform/i18n.ts'
import { Details, Table, Tag, usePage, type Tone } from '../../../ui/index.ts'
import type { Component, Fee, PaperSource, ProcedureContent } from '../content.ts'
import { compareWays, type Way } from '../onboarding/compare-ways.ts'
import { feeWords, limitWords } from './words.ts'

interface Part { content: ProcedureContent }

/** Some imported procedures list a hundred papers; what goes beyond this many is folded. */
const shown = 25

function Section({ id, children }: { id: string; children: ComponentChildren }): VNode {
  const { t, lang } = usePage()
  return <section aria-labelledby={id}><h2 class="govuk-heading-m" id={id} lang={lang}>{t(`catalogue.procedure.${id}`)}</h2>{children}</section>
}

const tones: Record<PaperSource, Tone> = { 'you-have-it': 'neutral', 'we-fetch-it': 'done', 'you-bring-it': 'attention' }

/** What is needed, each paper marked by where it comes from. */
export function Components({ content }: Part): VNode | null {
  const { t, lang } = usePage()
  if (content.components.length === 0) return null
  const cases = [...new Set(content.components.map((c) => c.case?.[lang] ?? ''))]
  return (
    <Section id="papers">
      {cases.map((name) => {
        const items = content.components.filter((c) => (c.case?.[lang] ?? '') === name)
        return (
          <>
            {name && <h3 class="govuk-heading-s">{name}</h3>}
            <PaperList items={items.slice(0, shown)} />
            {items.length > shown && <Details summary={<span lang={lang}>{t('catalogue.paper.more', { count: items.length - shown })}</span>}><PaperList items={items.slice(shown)} /></Details>}
          </>
        )
      })}
    </Section>
  )
}

function PaperList({ items }: { items: readonly Component[] }): VNode {
  const { t, lang } = usePage()
  return (
    <ul class="mc-papers">
      {items.map((paper) => (
        <li class="mc-papers__item">
          <span>{paper.name[lang]}</span>
          {paper.requiredWhen && <span class="mc-papers__when">{paper.requiredWhen[lang]}</span>}
          {paper.form && <span class="mc-papers__when">{t('catalogue.paper.form', { name: paper.form.name })}</span>}
          <span class="mc-papers__facts" lang={lang}><Tag tone={tones[paper.source]}>{t(`catalogue.paper.${paper.source}`)}</Tag> {copiesWords(t, paper)}</span>
        </li>
      ))}
    </ul>
  )
}

function copiesWords(t: (key: string, params?: Record<string, number>) => string, { originals, copies }: Component): string {
  return [originals > 0 ? t('catalogue.paper.originals', { count: originals }) : '', copies > 0 ? t('catalogue.paper.copies', { count: copies }) : ''].filter(Boolean).join(', ')
}

export function Steps({ content }: Part): VNode | null {
  const { lang } = usePage()
  if (content.steps.length === 0) return null
  return <Section id="steps"><ol class="govuk-list govuk-list--number">{content.steps.map((s) => <li>{s.case && <strong>{s.case[lang]} </strong>}{s.text[lang]}</li>)}</ol></Section>
}

/** Online, at the desk, by post: time, trips, papers and fee of each beside the others. */
export function Methods({ content }: Part): VNode | null {
  const { t, lang } = usePage()
  if (content.methods.length === 0) return null
  const ways = compareWays(content)
  return (
    <Section id="methods">
      <div lang={lang}>
        <Table caption={`${t('catalogue.procedure.methods')}: ${t('catalogue.procedure.time')}, ${t('catalogue.procedure.fee')}`} captionHidden wide columns={[{ header: t('catalogue.method.way') }, { header: t('catalogue.procedure.time') }, { header: t('catalogue.procedure.fee') }, { header: t('catalogue.compare.trips') }, { header: t('catalogue.compare.papers') }]}
          rows={content.methods.map((m) => [t(`catalogue.channel.${m.channel}`), m.limit ? limitWords(t, m.limit) : t('catalogue.limit.unknown'),
            m.fees.length > 0 ? <>{m.fees.map((f) => <span class="mc-line">{f.amount === null && f.note ? t('catalogue.fee.seeNotes') : feeWords(t, lang, f)}{isShort(f) && <span class="mc-papers__when"> – {f.note![lang]}</span>}</span>)}</> : t('catalogue.fee.unknown'), ...burdens(t, ways.find((w) => w.channel === m.channel)!)])} />
      </div>
      <Notes content={content} />
    </Section>
  )
}

const burdens = (t: Translate, { trips, papers }: Way): string[] =>
  [trips === 0 ? t('catalogue.compare.noTrip') : t('catalogue.compare.trip', { count: trips }), papers === 0 ? t('catalogue.compare.noPaper') : t('catalogue.compare.paper', { count: papers })]

/** A note that fits beside its figure. */
const isShort = (fee: Fee): boolean => fee.amount !== null && fee.note !== undefined && fee.note.vi.length <= 60

/** The longer words of the law about time and fees, each once. */
function Notes({ content }: Part): VNode | null {
  const { lang } = usePage()
  const notes = [...new Set(content.methods.flatMap((m) => [m.limitNote, m.note, ...m.fees.filter((f) => !isShort(f)).map((f) => f.note)]).flatMap((n) => (n ? [n[lang]] : [])))]
  return notes.length === 0 ? null : <ul class="govuk-list govuk-list--bullet">{notes.map((note) => <li>{note}</li>)}</ul>
}

export function Requirements({ content }: Part): VNode | null {
  const { lang } = usePage()
  if (content.requirements.length === 0) return null
  return <Section id="requirements"><ul class="govuk-list govuk-list--bullet">{content.requirements.map((r) => <li>{r[lang]}</li>)}</ul></Section>
}

export function Results({ content }: Part): VNode | null {
  const { lang } = usePage()
  if (content.results.length === 0) return null
  return <Section id="results"><ul class="govuk-list govuk-list--bullet">{content.results.map((r) => <li>{r.name[lang]}{r.code && <> (<span class="mc-code">{r.code}</span>)</>}</li>)}</ul></Section>
}

export function Agencies({ content }: Part): VNode | null {
  const { t, lang } = usePage()
  const groups = (['executing', 'competent', 'authorised', 'cooperating'] as const).filter((kind) => content.agencies[kind].length > 0)
  const place = content.receivingPlace?.[lang]
  if (groups.length === 0 && !content.owner && !place) return null
  return (
    <Section id="agencies">
      <ul class="govuk-list govuk-list--bullet">
        {groups.map((kind) => <li><span lang={lang}>{t(`catalogue.agency.${kind}`)}</span> {content.agencies[kind].map((a) => a.name[lang]).join('; ')}</li>)}
        {place && <li><span lang={lang}>{t('catalogue.agency.place')}</span> {place}</li>}
        {content.owner && <li><span lang={lang}>{t('catalogue.agency.owner')}</span> {content.owner.name[lang]}</li>}
        <li><span lang={lang}>{t('catalogue.agency.sector')}</span> {content.sector.name[lang]}</li>
      </ul>
    </Section>
  )
}

export function Laws({ content }: Part): VNode | null {
  const { lang } = usePage()
  if (content.legalBases.length === 0) return null
  return <Section id="laws"><ul class="govuk-list govuk-list--bullet">{content.legalBases.map((law) => <li>{law.number}{law.name && ` – ${law.name[lang]}`}</li>)}</ul></Section>
}

/** Texts of an imported procedure that were read only in part, as they stood. */
export function Remainder({ content }: Part): VNode | null {
  const { t, lang } = usePage()
  const texts = Object.entries(content.remainder ?? {}).flatMap(([, value]) => (typeof value === 'string' ? [value] : typeof value === 'object' && value !== null ? Object.values(value).filter((v) => typeof v === 'string') : []))
  if (texts.length === 0) return null
  return <Details summary={<span lang={lang}>{t('catalogue.procedure.original')}</span>}>{texts.map((text) => <p class="mc-original">{text.slice(0, 6000)}</p>)}</Details>
}
