import type { Part } from '../../../platform/join-parts.ts'
import { receiveFiledPath, returnsPath } from './pages/hrefs.ts'
import { receiveFiledRoutes } from './pages/receive-filed.page.tsx'
import { returnsRoutes } from './pages/returns.page.tsx'

/** What a desk does for other agencies of the node, as far as the procedure is free of territory: receive what was filed for them, hand out their results. */
export const placesPart: Part = {
  deskNav: [
    { href: receiveFiledPath, key: 'dossiers.places.receiveFiled', permission: 'dossiers.receive', order: 18 },
    { href: returnsPath, key: 'dossiers.places.returns', permission: 'dossiers.receive', order: 19 },
  ],
  routes: () => [...receiveFiledRoutes, ...returnsRoutes],
}
