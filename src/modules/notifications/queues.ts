export const sendQueue = 'notifications.send'
export const checkQueue = 'notifications.check'
