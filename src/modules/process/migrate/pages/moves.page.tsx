import { page } from '../../../../platform/http/reply.ts'
import type { Req, Route } from '../../../../platform/http/route.ts'
import { formatDateTime } from '../../../../platform/i18n.ts'
import { BackLink, Button, EmptyState, Form, Select, Table, Tag } from '../../../../ui/index.ts'
import { errors } from '../../process.errors.ts'
import { listVersionMoves, listVersionsOfProcesses } from '../version-move.store.ts'
import { moveHref, movesPath, newMovePath, previewPath } from './hrefs.ts'
import { moveTones } from './words.tsx'

/** Moves that were planned, and where a new one begins: the process, then its versions. */
export const moveListRoutes: Route[] = [
  { method: 'GET', path: movesPath, access: { permission: 'process.move' }, handler: showMoves },
  { method: 'GET', path: newMovePath, access: { permission: 'process.move' }, handler: chooseVersions },
]

async function showMoves({ ctx: { db, t, lang } }: Req) {
  const [moves, versions] = await Promise.all([listVersionMoves(db), listVersionsOfProcesses(db)])
  const several = [...Map.groupBy(versions, (version) => version.key)].filter(([, all]) => all.length > 1)
  const nameOf = new Map(versions.map((version) => [version.definitionId, version]))
  return page(
    <>
      <h1 class="govuk-heading-l">{t('process.move.title')}</h1>
      <p class="govuk-body">{t('process.move.lead')}</p>
      {several.length === 0 ? <EmptyState title={t('process.move.oneVersion')} /> : (
        <Form method="get" action={newMovePath} class="mc-filter-row">
          <Select name="process" label={t('process.move.process')} options={several.map(([key, all]) => ({ value: key, text: `${all[0]!.name[lang]} (${key})` }))} />
          <Button>{t('process.move.begin')}</Button>
        </Form>
      )}
      <h2 class="govuk-heading-m">{t('process.move.list')}</h2>
      {moves.length === 0 ? <EmptyState title={t('process.move.none')} /> : (
        <Table caption={t('process.move.list')} captionHidden wide columns={['process', 'to', 'plannedFor', 'state', 'expected'].map((key) => ({ header: t(`process.move.column.${key}`) }))}
          rows={moves.map((move) => [
            <a class="govuk-link" href={moveHref(move.id)}>{nameOf.get(move.toDefinition)?.name[lang] ?? move.processKey}</a>, t('process.move.version', { version: nameOf.get(move.toDefinition)?.version ?? '?' }),
            formatDateTime(move.plannedFor), <Tag tone={moveTones[move.state]}>{t(`process.move.state.${move.state}`)}</Tag>, move.expected,
          ])} />
      )}
    </>, { title: t('process.move.title'), layout: 'desk' })
}

async function chooseVersions({ ctx: { db, t, lang }, query }: Req) {
  const versions = await listVersionsOfProcesses(db, query.process ?? '')
  const [newest] = versions
  if (!newest) throw errors.VERSIONS_NOT_OF_PROCESS()
  const words = (version: (typeof versions)[number]): string => t('process.move.versionOf', { version: version.version, at: formatDateTime(version.publishedAt), count: version.running })
  return page(
    <>
      <BackLink href={movesPath}>{t('process.move.title')}</BackLink>
      <h1 class="govuk-heading-l"><span class="govuk-caption-l">{t('process.move.title')}</span>{newest.name[lang]}</h1>
      {versions.every((version) => version.running === 0) ? <EmptyState title={t('process.move.nothingRuns')} /> : (
        <Form method="get" action={previewPath} hidden={{ process: newest.key }}>
          <Select name="from" label={t('process.move.from')} options={[...versions.filter((version) => version.running > 0).map((version) => ({ value: version.definitionId, text: words(version) })), { value: 'all', text: t('process.move.allOlder') }]} />
          <Select name="to" label={t('process.move.to')} options={versions.map((version) => ({ value: version.definitionId, text: words(version) }))} />
          <Button>{t('process.move.preview')}</Button>
        </Form>
      )}
    </>, { title: t('process.move.title'), layout: 'desk' })
}
