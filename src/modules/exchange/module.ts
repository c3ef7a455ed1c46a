import type { Module } from '../../platform/module.ts'
import type { Node } from '../../platform/node.ts'
import { backOffMs } from './back-off.ts'
import { enrolAtNational } from './enrol-at-national.ts'
import { startErasing } from './erase-payloads.ts'
import { exchangeOf } from './exchange-state.ts'
import { exchangeRoutes } from './exchange.routes.ts'
import { connectionRoutes } from './pages/connections.page.tsx'
import { startCouriers } from './run-couriers.ts'

const refreshMs = 60_000

interface Running { stop(): Promise<void> }
const running = new WeakMap<Node, Running[]>()

/** The security server of a node (máy chủ bảo mật): keys, certificate registry, delivery, reception. */
export const exchange: Module = {
  name: 'exchange',
  permissions: {
    'exchange.view': { vi: 'Xem tình trạng kết nối với các hệ thống khác', en: 'See the state of the connections to other systems' },
    'exchange.manage': { vi: 'Gửi lại hoặc gác lại thông điệp bị từ chối', en: 'Send refused messages again or set them aside' },
  },
  deskNav: [{ href: '/admin/exchange', key: 'exchange.nav.connections', permission: 'exchange.view', order: 80, group: 'system' }],
  routes: (node) => [...exchangeRoutes(node), ...connectionRoutes],
  async start(node) {
    const { keys, registry } = await exchangeOf(node)
    running.set(node, [startCouriers(node, keys, registry), startRegistryRefresh(node), startErasing(node)])
  },
  async stop(node) {
    await Promise.all((running.get(node) ?? []).map((r) => r.stop()))
    running.delete(node)
  },
}

/** Enrols a local node, however long the national node takes to come up; then keeps the registry fresh. */
function startRegistryRefresh(node: Node): Running {
  let stopped = false
  let timer: NodeJS.Timeout | undefined
  let failures = 0
  let enrolled = node.config.kind === 'national'
  let current = Promise.resolve()
  const round = async (): Promise<void> => {
    try {
      const { keys, registry } = await exchangeOf(node)
      if (!enrolled) await enrolAtNational(node, keys)
      enrolled = true
      await (failures === 0 && node.config.kind === 'local' ? registry.refresh() : registry.reload())
      failures = 0
    } catch (error) {
      failures++
      if (!stopped) node.log.warn({ err: error, failures }, 'the certificate registry is not to be had now')
    }
    if (!stopped) timer = setTimeout(() => { current = round() }, failures > 0 ? backOffMs(failures) : refreshMs)
  }
  current = round()
  return {
    async stop() {
      stopped = true
      clearTimeout(timer)
      await current
    },
  }
}
