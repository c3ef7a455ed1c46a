import type { Module } from '../../platform/module.ts'
import { reloadCalendar } from './load-calendar.ts'

export const calendarModule: Module = {
  name: 'calendar',
  permissions: { 'calendar.manage': { vi: 'Đặt ngày nghỉ, ngày làm bù trong lịch làm việc', en: 'Set days off and make-up days in the working calendar' } },
  async start(node) {
    await reloadCalendar(node.db)
  },
}
