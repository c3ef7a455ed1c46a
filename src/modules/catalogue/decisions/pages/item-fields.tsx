import type { VNode } from 'preact'
import { Checkboxes, Details, Fieldset, Radios, Select, Table, Textarea, TextInput, usePage } from '../../../../ui/index.ts'
import { channels, levels, onlineLevels, strengthFor, subjects, territories, territoryOf, type ProcedureInput } from '../../content.ts'
import type { LocalPart } from '../local-part.ts'
import { memberLine } from './item-form.ts'

const units = ['working-day', 'day', 'hour', 'month'] as const

/** The fields that most amendments touch; the rest is in the whole content as JSON. */
export function ContentFields({ content, isGroup }: { content: ProcedureInput; isGroup: boolean }): VNode {
  const { t } = usePage()
  const f = (name: string): string => t(`catalogue.decisions.field.${name}`)
  return (
    <>
      <TextPair name="name" label={f('name')} value={content.name} />
      <TextPair name="summary" label={f('summary')} value={content.summary} long />
      {isGroup && <Textarea name="members" label={f('members')} hint={t('catalogue.decisions.form.membersHint')} rows={5} spellcheck={false} value={(content.linked?.members ?? []).map(memberLine).join('\n')} />}
      <TextInput name="sector-code" label={t('catalogue.decisions.form.sectorCode')} value={content.sector.code} width={20} />
      <TextPair name="sector" label={f('sector')} value={content.sector.name} />
      <LevelBoxes values={content.levels} label={f('levels')} />
      <Checkboxes name="subjects" label={f('subjects')} values={content.subjects} small options={subjects.map((value) => ({ value, text: t(`catalogue.subject.${value}`) }))} />
      <Select name="onlineLevel" label={f('onlineLevel')} value={content.onlineLevel} options={onlineLevels.map((value) => ({ value, text: t(`catalogue.online.${value}`) }))} />
      {content.service && <Radios name="assurance" label={f('assurance')} hint={t('catalogue.decisions.form.assuranceHint')} value={String(strengthFor(content.service))} options={['1', '2', '3'].map((value) => ({ value, text: t(`catalogue.assurance.${value}`) }))} />}
      {content.service && <Radios name="territory" label={f('territory')} hint={t('catalogue.decisions.form.territoryHint')} value={territoryOf(content.service)} options={territories.map((value) => ({ value, text: t(`catalogue.territory.${value}`) }))} />}
      <Checkboxes name="channels" label={t('catalogue.decisions.form.channels')} values={content.methods.map((m) => m.channel)} small options={channels.map((value) => ({ value, text: t(`catalogue.channel.${value}`) }))} />
      <MethodFields methods={content.methods} offered={channels} />
      <Textarea name="steps" label={f('steps')} hint={t('catalogue.decisions.form.onePerLine')} rows={8} value={content.steps.map((s) => s.text.vi).join('\n')} />
      <Textarea name="requirements" label={f('requirements')} hint={t('catalogue.decisions.form.onePerLine')} rows={4} value={content.requirements.map((r) => r.vi).join('\n')} />
      <Textarea name="legalBases" label={f('legalBases')} hint={t('catalogue.decisions.form.lawPerLine')} rows={4} value={content.legalBases.map((l) => l.number).join('\n')} />
      <Textarea name="keywords" label={f('keywords')} hint={t('catalogue.decisions.form.onePerLine')} rows={3} value={content.keywords.join('\n')} />
    </>
  )
}

/** What a province may say, and nothing else. */
export function LocalFields({ part, original }: { part: LocalPart; original: ProcedureInput }): VNode {
  const { t } = usePage()
  const f = (name: string): string => t(`catalogue.decisions.field.${name}`)
  return (
    <>
      <p class="govuk-body">{t('catalogue.decisions.form.localLead')}</p>
      <MethodFields methods={part.methods ?? []} offered={original.methods.map((m) => m.channel)} />
      <TextPair name="receivingPlace" label={f('receivingPlace')} value={part.receivingPlace} />
      <LevelBoxes values={part.levels ?? []} label={f('levels')} />
      <Textarea name="executing" label={f('executing')} hint={t('catalogue.decisions.form.onePerLine')} rows={3} value={(part.executing ?? []).map((a) => a.name.vi).join('\n')} />
      <Textarea name="authorised" label={f('authorised')} hint={t('catalogue.decisions.form.onePerLine')} rows={3} value={(part.authorised ?? []).map((a) => a.name.vi).join('\n')} />
      <Textarea name="documents" label={f('documents')} hint={t('catalogue.decisions.form.lawPerLine')} rows={3} value={(part.documents ?? []).map((l) => l.number).join('\n')} />
      <Details summary={t('catalogue.decisions.form.original')}><pre class="mc-original">{JSON.stringify({ methods: original.methods, levels: original.levels, agencies: original.agencies, receivingPlace: original.receivingPlace, legalBases: original.legalBases }, null, 2)}</pre></Details>
    </>
  )
}

function LevelBoxes({ values, label }: { values: readonly string[]; label: string }): VNode {
  const { t } = usePage()
  return <Checkboxes name="levels" label={label} values={[...values]} small options={levels.map((value) => ({ value, text: t(`catalogue.level.${value}`) }))} />
}

function TextPair({ name, label, value, long }: { name: string; label: string; value: { vi: string; en?: string | undefined } | undefined; long?: boolean }): VNode {
  const { t } = usePage()
  const one = (lang: 'vi' | 'en'): VNode => {
    const props = { name: `${name}-${lang}`, label: `${label} – ${t(`catalogue.decisions.field.${lang}`)}`, value: value?.[lang] ?? '' }
    return long ? <Textarea {...props} rows={3} /> : <TextInput {...props} width="full" />
  }
  return <>{one('vi')}{one('en')}</>
}

type Methods = readonly { channel: string; limit?: { value: number; unit: string } | undefined; fees?: readonly { amount: number | null }[] | undefined }[]

function MethodFields({ methods, offered }: { methods: Methods; offered: readonly string[] }): VNode {
  const { t } = usePage()
  const caption = t('catalogue.decisions.form.methods')
  return (
    <Fieldset legend={caption}>
      <Table caption={caption} captionHidden columns={[{ header: t('catalogue.method.way') }, { header: t('catalogue.decisions.field.limit') }, { header: t('catalogue.decisions.field.unit') }, { header: t('catalogue.decisions.form.fee') }]}
        rows={offered.map((channel) => {
          const m = methods.find((x) => x.channel === channel)
          const about = t(`catalogue.channel.${channel}`)
          return [about,
            <TextInput name={`limit-${channel}`} label={`${t('catalogue.decisions.field.limit')} – ${about}`} labelHidden width={5} inputMode="decimal" value={m?.limit?.value ?? ''} />,
            <Select name={`unit-${channel}`} label={`${t('catalogue.decisions.field.unit')} – ${about}`} labelHidden value={m?.limit?.unit ?? 'working-day'} options={units.map((value) => ({ value, text: t(`catalogue.decisions.unit.${value}`) }))} />,
            <TextInput name={`fee-${channel}`} label={`${t('catalogue.decisions.form.fee')} – ${about}`} labelHidden width={10} inputMode="numeric" value={m?.fees?.[0]?.amount ?? ''} />]
        })} />
    </Fieldset>
  )
}
