import { systemCtx, transact } from '../../platform/ctx.ts'
import type { Module } from '../../platform/module.ts'
import { returnTasks } from './return-tasks.ts'
import type { Node } from '../../platform/node.ts'
import { shippedDefinitions } from './definitions/index.ts'
import { fireDueTimers } from './fire-due-timers.ts'
import { processesPath } from './designer/pages/hrefs.ts'
import { designerRoutes } from './designer/pages/routes.ts'
import { failedStepsPath, failedStepsRoutes } from './pages/failed-steps.page.tsx'
import { hearSignal } from './hear-signal.ts'
import { serviceQueue, signalQueue } from './instance.store.ts'
import { tryDiagramPath, tryDiagramRoutes } from './pages/try-diagram.page.tsx'
import { publishProcess } from './publish-process.ts'
import { runAutomaticTask } from './run-automatic-task.ts'
import { movesPath } from './migrate/pages/hrefs.ts'
import { moveRoutes } from './migrate/pages/move.page.tsx'
import { moveListRoutes } from './migrate/pages/moves.page.tsx'
import { previewRoutes } from './migrate/pages/preview.page.tsx'
import { moveQueue } from './migrate/plan-version-move.ts'
import { runVersionMove } from './migrate/run-version-move.ts'
import { overrideQueue } from './overrides/decide-override.ts'
import { giveOpenSteps } from './overrides/give-open-steps.ts'
import { overridesPath } from './overrides/pages/hrefs.ts'
import { newOverrideRoutes } from './overrides/pages/new-override.page.tsx'
import { overrideRoutes } from './overrides/pages/override.page.tsx'
import { overrideListRoute } from './overrides/pages/overrides.page.tsx'
import { countStepTime } from './time/count-step-time.ts'

const timers = new WeakMap<Node, { stop(): Promise<void> }>()

export const processModule: Module = {
  name: 'process',
  permissions: {
    'process.try': { vi: 'Xem thử sơ đồ quy trình nội bộ từ tệp BPMN', en: 'Try diagrams of internal processes from a BPMN file' },
    'process.design': { vi: 'Soạn quy trình điện tử: vẽ sơ đồ, đặt người làm và thời hạn của các bước', en: 'Draw processes: the diagram, who does the steps and their time limits' },
    'process.publish': { vi: 'Công bố quy trình điện tử do người khác soạn', en: 'Publish processes that another officer drew' },
    'process.retry': { vi: 'Xem các bước tự động không chạy được và cho chạy lại', en: 'See automatic steps that gave up, and run them again' },
    'process.give-steps': { vi: 'Đề xuất, xác nhận thay đổi vai trò, đơn vị thực hiện bước của quy trình', en: 'Propose and confirm changes of the role or unit of a step' },
    'process.move': { vi: 'Chuyển hồ sơ đang giải quyết sang phiên bản quy trình khác', en: 'Move running dossiers to another version of their process' },
  },
  deskNav: [
    { href: processesPath, key: 'process.designer.nav', permission: 'process.design', order: 83, group: 'system' },
    { href: tryDiagramPath, key: 'process.try.nav', permission: 'process.try', order: 84, group: 'system' },
    { href: failedStepsPath, key: 'process.failedSteps.nav', permission: 'process.retry', order: 92, group: 'system' },
    { href: overridesPath, key: 'process.override.nav', permission: 'process.give-steps', order: 87, group: 'system' },
    { href: movesPath, key: 'process.move.nav', permission: 'process.move', order: 86, group: 'system' },
  ],
  routes: () => [...designerRoutes, ...tryDiagramRoutes, ...failedStepsRoutes, ...moveListRoutes, ...previewRoutes, ...moveRoutes, overrideListRoute, ...newOverrideRoutes, ...overrideRoutes],
  followers: () => [returnTasks, countStepTime],
  jobs: { [serviceQueue]: runAutomaticTask, [signalQueue]: hearSignal, [moveQueue]: runVersionMove, [overrideQueue]: giveOpenSteps },
  async start(node) {
    timers.set(node, watchTimers(node))
  },
  async stop(node) {
    await timers.get(node)?.stop()
  },
  async seed(node) {
    const ctx = systemCtx(node, 'process-seed')
    for (const { file, bpmn, legalLimit } of shippedDefinitions()) {
      // In force since ever: a dossier received before the seed ran on this node has a process too.
      const published = await transact(ctx, (tx) => publishProcess(tx, ctx, { bpmn, ...(legalLimit === undefined ? {} : { legalLimit }), validFrom: new Date(0), shipped: true }))
      if (published.problems.length > 0) throw new Error(`The shipped process ${file} is not sound: ${published.problems.map((p) => ctx.t(p.key, p.params)).join(' ')}`)
    }
  },
}

/** Looks every second; one look at a time. */
function watchTimers(node: Node): { stop(): Promise<void> } {
  let running: Promise<unknown> = Promise.resolve()
  let busy = false
  const every = setInterval(() => {
    if (busy) return
    busy = true
    running = fireDueTimers(node)
      .catch((error: unknown) => node.log.error({ err: error }, 'timers could not be read'))
      .finally(() => { busy = false })
  }, 1000)
  return {
    async stop() {
      clearInterval(every)
      await running
    },
  }
}
