import type { Module } from '../../platform/module.ts'
import { calendarPath, calendarRoutes } from './calendar.page.tsx'
import { reloadCalendar } from './load-calendar.ts'

export const calendarModule: Module = {
  name: 'calendar',
  permissions: { 'calendar.manage': { vi: 'Đặt ngày nghỉ, ngày làm bù trong lịch làm việc', en: 'Set days off and make-up days in the working calendar' } },
  deskNav: [{ href: calendarPath, key: 'calendar.page.nav', permission: 'calendar.manage', order: 85, group: 'system' }],
  routes: () => calendarRoutes,
  async start(node) {
    await reloadCalendar(node.db)
  },
}
