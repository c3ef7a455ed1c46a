import type { VNode } from 'preact'
import { page, type Reply } from '../../../../platform/http/reply.ts'
import type { Req, Route } from '../../../../platform/http/route.ts'
import { formatDateTime } from '../../../../platform/i18n.ts'
import { Button, EmptyState, Form, Select, Table, Tag, usePage } from '../../../../ui/index.ts'
import { findDefinition, modelOf } from '../../definition.store.ts'
import { roleName } from '../../diagram-for.ts'
import { listVersionsOfProcesses, type Version } from '../../migrate/version-move.store.ts'
import type { UserTaskNode } from '../../model.ts'
import { overrideOf } from '../in-force.ts'
import { listStepOverrides, type StepOverride } from '../step-override.store.ts'
import { newOverrideHref, overrideHref, overridesPath } from './hrefs.ts'
import { doerWords, namesOf, overrideTones } from './words.ts'

/** The steps of a process with who does them, and every change of role or unit. */
export const overrideListRoute: Route = {
  method: 'GET', path: overridesPath, access: { permission: 'process.give-steps' },
  handler: async (req): Promise<Reply> => page(<OverridesPage view={await readView(req)} />, { title: req.ctx.t('process.override.title'), layout: 'desk' }),
}

interface View { processes: Version[]; key: string; steps: UserTaskNode[]; overrides: StepOverride[]; names: ReadonlyMap<string, string>; stepNames: ReadonlyMap<string, string>; now: Date }

async function readView({ ctx, query }: Req): Promise<View> {
  const { db, now, lang } = ctx
  const versions = await listVersionsOfProcesses(db)
  const processes = [...Map.groupBy(versions, (version) => version.key).values()].map((all) => all[0]!)
  const key = processes.find((one) => one.key === query.process)?.key ?? ''
  const definition = key === '' ? undefined : await findDefinition(db, key, now)
  const model = definition && await modelOf(db, definition.id)
  const overrides = await listStepOverrides(db, key === '' ? undefined : key)
  const steps = model?.nodes.filter((node) => node.kind === 'user') ?? []
  return { processes, key, steps, overrides, names: await namesOf(ctx, overrides), stepNames: new Map(steps.map((step) => [step.id, step.name[lang]])), now }
}

function OverridesPage({ view }: { view: View }): VNode {
  const { t, lang } = usePage()
  const { processes, key, steps, overrides, names } = view
  const confirmed = overrides.filter((one) => one.state === 'confirmed')
  const processName = (one: StepOverride): string => processes.find((process) => process.key === one.processKey)?.name[lang] ?? one.processKey
  return (
    <>
      <h1 class="govuk-heading-l">{t('process.override.title')}</h1>
      <p class="govuk-body">{t('process.override.lead')}</p>
      <Form method="get" action={overridesPath} class="mc-filter-row">
        <Select name="process" label={t('process.move.process')} value={key} empty={t('process.override.anyProcess')} options={processes.map((one) => ({ value: one.key, text: `${one.name[lang]} (${one.key})` }))} />
        <Button kind="secondary">{t('process.override.show')}</Button>
      </Form>
      {steps.length > 0 && (
        <Table caption={t('process.override.steps')} wide columns={['step', 'drawn', 'now', 'act'].map((column) => ({ header: t(`process.override.column.${column}`) }))}
          rows={steps.map((step) => {
            const forAll = overrideOf(confirmed.filter((one) => one.agencyCode === null).reverse(), { processKey: key, elementId: step.id, agencyCode: '' }, view.now)
            const some = new Set(confirmed.filter((one) => one.elementId === step.id && one.agencyCode !== null && one.validFrom <= view.now).map((one) => one.agencyCode)).size
            return [step.name[lang], roleName(t, step.role), <>{forAll ? doerWords(t, forAll, names) : t('process.override.asDrawn')}{some > 0 && <><br />{t('process.override.someAgencies', { count: some })}</>}</>,
              <a class="govuk-link" href={newOverrideHref(key, step.id)}>{t('process.override.change')}<span class="govuk-visually-hidden"> {step.name[lang]}</span></a>]
          })} />
      )}
      <h2 class="govuk-heading-m">{t('process.override.list')}</h2>
      {overrides.length === 0 ? <EmptyState title={t('process.override.none')} /> : (
        <Table caption={t('process.override.list')} captionHidden wide columns={['step', 'agency', 'becomes', 'from', 'state'].map((column) => ({ header: t(`process.override.column.${column}`) }))}
          rows={overrides.map((one) => [<a class="govuk-link" href={overrideHref(one.id)}>{view.stepNames.get(one.elementId) ?? `${processName(one)}: ${one.elementId}`}</a>, one.agencyCode === null ? t('process.override.allAgencies') : names.get(one.agencyCode) ?? one.agencyCode, doerWords(t, one, names), formatDateTime(one.validFrom),
            <Tag tone={overrideTones[one.state]}>{t(`process.override.state.${one.state}`)}</Tag>])} />
      )}
    </>
  )
}
