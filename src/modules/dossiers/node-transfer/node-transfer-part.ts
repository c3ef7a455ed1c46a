import type { Part } from '../../../platform/join-parts.ts'
import type { Node } from '../../../platform/node.ts'
import { receiveFacts, receiveUndone } from '../linked/hear-of-part.ts'
import { mirrorEvent, mirrorLetter } from '../mirror-dossier.ts'
import { receiveProgress } from '../next/tell-progress.ts'
import { watchUnheard } from './forget-early.ts'
import { receiveHandedOver, receiveRefusedTransfer, receiveTaken, waitForHandler } from './hear-of-transfer.ts'
import { transfersPath } from './pages/hrefs.ts'
import { transferOutRoutes } from './pages/transfer-out.page.tsx'
import { transfersRoute } from './pages/transfers.page.tsx'
import { receiveTransfer, receiveTransferFile } from './receive-transfer.ts'

const watches = new WeakMap<Node, { stop(): Promise<void> }>()

/** Dossiers that go to an agency of another node, and those that come from one. */
export const nodeTransferPart: Part = {
  deskNav: [{ href: transfersPath, key: 'dossiers.nodeTransfer.title', permission: 'dossiers.handle', order: 22 }],
  routes: () => [...transferOutRoutes, transfersRoute],
  async start(node) {
    watches.set(node, watchUnheard(node))
  },
  async stop(node) {
    await watches.get(node)?.stop()
  },
  services: {
    'dossier.transfer-file': receiveTransferFile, 'dossier.transfer': receiveTransfer, 'dossier.taken': receiveTaken, 'dossier.transfer-refused': receiveRefusedTransfer,
    'dossier.handed-over': waitForHandler(receiveHandedOver({ 'dossier.event': mirrorEvent, 'dossier.letter': mirrorLetter, 'dossier.progress': receiveProgress, 'linked.gives': receiveFacts, 'linked.undone': receiveUndone })),
  },
}
