import type { Route } from '../../../../platform/http/route.ts'
import { editEntryRoutes } from './edit-entry.page.tsx'
import { entryRoute } from './entry.page.tsx'
import { exportRoute } from './export.routes.ts'
import { importRoutes } from './import.page.tsx'
import { listRoute } from './list.page.tsx'
import { listsRoute } from './lists.page.tsx'

export const listRoutes: readonly Route[] = [listsRoute, listRoute, entryRoute, exportRoute, ...editEntryRoutes, ...importRoutes]
