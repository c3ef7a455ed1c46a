import type { Module } from '../../platform/module.ts'
import { checkMessages, deliverMessages } from './deliver-message.ts'
import { inboxPath, inboxRoutes } from './pages/inbox.page.tsx'
import { checkQueue, sendQueue } from './queues.ts'

export { sendEmail, sendSms, sendSmsNow, type Email, type Sms } from './send-message.ts'
export { notifyPeople, notifyPerson, type Notification, type NotificationEvent } from './notify-person.ts'
export { countUnread } from './inbox.store.ts'
export { inboxPath } from './pages/inbox.page.tsx'

/** Templates, channels and delivery of what people are told (thông báo). */
export const notifications: Module = {
  name: 'notifications',
  portalNav: [{ href: inboxPath, key: 'notifications.nav.inbox', order: 80 }],
  routes: () => inboxRoutes,
  batchJobs: { [sendQueue]: deliverMessages, [checkQueue]: checkMessages },
}
