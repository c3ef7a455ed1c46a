/** Addresses of where time went. */
export const timeSpentPath = '/desk/time-spent'
export const behindStepPath = '/desk/time-spent/step'

/** What was asked of the page goes on to the list behind a step, and back. */
export const timeSpentHref = (query: URLSearchParams): string => `${timeSpentPath}?${query}`
export const behindStepHref = (query: URLSearchParams, step: string, standing: boolean): string => `${behindStepPath}?${new URLSearchParams([...query, ['step', step], ...(standing ? [['standing', '1'] as [string, string]] : [])])}`
