import type { VNode } from 'preact'
import { formatDate } from '../../../../platform/i18n.ts'
import { page } from '../../../../platform/http/reply.ts'
import type { Route } from '../../../../platform/http/route.ts'
import { Breadcrumbs, Button, Form, Select, usePage } from '../../../../ui/index.ts'
import { errors } from '../../catalogue.errors.ts'
import { listVersions, type VersionHead } from '../../get-procedure.ts'
import { listHref, procedureHref, versionHref } from '../../pages/hrefs.ts'
import { readStoredContent } from '../../procedure.store.ts'
import { diffContent, type FieldChange } from '../diff-content.ts'
import { Differences } from './differences.tsx'
import { comparePath } from './hrefs.ts'

/** Two versions of a procedure, field by field, for everybody: ?tu=1&den=2. The last two unless told. */
export const compareRoute: Route = {
  method: 'GET', path: comparePath, access: 'public', remember: true, handler: async ({ ctx, params, query }) => {
    const code = params.code!
    const versions = await listVersions(ctx.db, code)
    if (versions.length === 0) throw errors.PROCEDURE_NOT_FOUND({ code: code.slice(0, 40) })
    const pick = (given: string | undefined, otherwise: number): number => versions.find((v) => String(v.version) === given)?.version ?? otherwise
    const to = pick(query.den, versions[0]!.version)
    const from = pick(query.tu, Math.max(1, to - 1))
    const [before, after] = await Promise.all([readStoredContent(ctx.db, code, from), readStoredContent(ctx.db, code, to)])
    return page(<ComparePage view={{ code, name: after.name[ctx.lang] ?? after.name.vi, versions, from, to, changes: diffContent(before, after) }} />, { title: ctx.t('catalogue.decisions.compare.title', { code, from, to }) })
  },
}

interface View { code: string; name: string; versions: readonly VersionHead[]; from: number; to: number; changes: readonly FieldChange[] }

function ComparePage({ view: { code, name, versions, from, to, changes } }: { view: View }): VNode {
  const { t } = usePage()
  const options = versions.map((v) => ({ value: String(v.version), text: `${t('catalogue.procedure.version', { version: v.version })} – ${t('catalogue.procedure.validFrom', { from: formatDate(v.validFrom) })}` }))
  return (
    <>
      <Breadcrumbs items={[{ text: t('catalogue.list.title'), href: listHref() }, { text: name.slice(0, 80), href: procedureHref(code) }, { text: t('catalogue.decisions.compare') }]} />
      <h1 class="govuk-heading-l">{t('catalogue.decisions.compare.title', { code, from, to })}</h1>
      <p class="govuk-body">{name}</p>
      <Form method="get" action={`/thu-tuc/${code}/so-sanh`}>
        <Select name="tu" label={t('catalogue.decisions.compare.from')} value={String(from)} options={options} />
        <Select name="den" label={t('catalogue.decisions.compare.to')} value={String(to)} options={options} />
        <Button kind="secondary">{t('catalogue.decisions.compare')}</Button>
      </Form>
      <p class="govuk-body" role="status">{t('catalogue.decisions.compare.count', { count: changes.length })}</p>
      <Differences changes={changes} caption={t('catalogue.decisions.compare')} before={t('catalogue.procedure.version', { version: from })} after={t('catalogue.procedure.version', { version: to })} />
      <p class="govuk-body"><a class="govuk-link" href={versionHref(code, from)}>{t('catalogue.procedure.version', { version: from })}</a> · <a class="govuk-link" href={versionHref(code, to)}>{t('catalogue.procedure.version', { version: to })}</a></p>
    </>
  )
}
