/** Addresses of the working calendar. */
export const calendarPath = '/admin/calendar'
export const removeOverridePath = '/admin/calendar/remove'
export const hoursPath = '/admin/calendar/hours'
export const removeHoursPath = '/admin/calendar/hours/remove'
export const newRulesPath = '/admin/calendar/rules/new'
export const removeRulesPath = '/admin/calendar/rules/remove'
export const changePath = '/admin/calendar/changes/:id'
export const confirmPath = '/admin/calendar/changes/:id/confirm'
export const dropPath = '/admin/calendar/changes/:id/drop'

export const calendarHref = (year: number | string, saved = false): string => `${calendarPath}?year=${year}${saved ? '&saved=1' : ''}`
export const changeHref = (id: string): string => `/admin/calendar/changes/${id}`
export const confirmHref = (id: string): string => `/admin/calendar/changes/${id}/confirm`
export const dropHref = (id: string): string => `/admin/calendar/changes/${id}/drop`
