import { civilDate } from '../../../../platform/i18n.ts'
import { file } from '../../../../platform/http/reply.ts'
import type { Route } from '../../../../platform/http/route.ts'
import { openDesk } from '../change-entry.ts'
import { exportEntries, exportHistory } from '../export-list.ts'
import { fileTypes, writeTable } from '../table-file.ts'

/** ?format=csv|xlsx, ?what=entries|history; the headings are in the reader's language, and an import knows both. */
export const exportRoute: Route = {
  method: 'GET', path: '/admin/lists/:name/export', access: { permission: 'catalogue.view-lists' },
  handler: async ({ ctx, params, query }) => {
    const { list } = await openDesk(ctx, params.name!)
    const format = query.format === 'xlsx' ? 'xlsx' : 'csv'
    const what = query.what === 'history' ? 'history' : 'entries'
    const { header, rows } = await (what === 'history' ? exportHistory(ctx, list) : exportEntries(ctx, list))
    return file(await writeTable(format, header, rows), { type: fileTypes[format], name: `${list.name}-${what}-${civilDate(ctx.now)}.${format}` })
  },
}
