import type { Module } from '../../platform/module.ts'
import { calendarRoutes } from './calendar.page.tsx'
import { changeRoutes } from './change.page.tsx'
import { hoursRoutes } from './hours.page.tsx'
import { calendarPath } from './hrefs.ts'
import { reloadCalendar } from './load-calendar.ts'
import { rulesRoutes } from './rules.page.tsx'

export const calendarModule: Module = {
  name: 'calendar',
  permissions: { 'calendar.manage': { vi: 'Đặt ngày nghỉ, ngày làm bù trong lịch làm việc', en: 'Set days off and make-up days in the working calendar' } },
  deskNav: [{ href: calendarPath, key: 'calendar.page.nav', permission: 'calendar.manage', order: 85, group: 'system' }],
  routes: () => [...calendarRoutes, ...changeRoutes, ...hoursRoutes, ...rulesRoutes],
  async start(node) {
    await reloadCalendar(node.db)
  },
}
