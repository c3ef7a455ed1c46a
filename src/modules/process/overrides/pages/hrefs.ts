/** Addresses of changes of role or unit. */
export const overridesPath = '/admin/step-overrides'
export const newOverridePath = '/admin/step-overrides/new'
export const overridePath = '/admin/step-overrides/:id'
export const confirmOverridePath = '/admin/step-overrides/:id/confirm'
export const dropOverridePath = '/admin/step-overrides/:id/drop'

export const overridesHref = (processKey: string): string => `/admin/step-overrides?${new URLSearchParams({ process: processKey })}`
export const newOverrideHref = (processKey: string, step: string, agency = ''): string => `/admin/step-overrides/new?${new URLSearchParams({ process: processKey, step, ...(agency ? { agency } : {}) })}`
export const overrideHref = (id: string): string => `/admin/step-overrides/${id}`
export const confirmOverrideHref = (id: string): string => `/admin/step-overrides/${id}/confirm`
export const dropOverrideHref = (id: string): string => `/admin/step-overrides/${id}/drop`
