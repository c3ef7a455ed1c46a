/** Addresses of the process designer. `/admin/process-diagram` looks at a file and keeps nothing. */
export const processesPath = '/admin/processes'
export const newProcessPath = '/admin/processes/new'
export const uploadProcessPath = '/admin/processes/new/file'
export const processPath = '/admin/processes/:key'
export const versionPath = '/admin/processes/:key/versions/:version'
export const versionFilePath = '/admin/processes/:key/versions/:version/bpmn'
export const startPath = '/admin/processes/:key/versions/:version/draft'
export const draftPath = '/admin/processes/:key/draft'
export const draftFilePath = '/admin/processes/:key/draft/bpmn'
export const diagramPath = '/admin/processes/:key/draft/diagram'
export const checkPath = '/admin/processes/:key/draft/check'
export const stepsPath = '/admin/processes/:key/draft/steps'
export const stepPath = '/admin/processes/:key/draft/steps/:id'
export const headPath = '/admin/processes/:key/draft/head'
export const handOverPath = '/admin/processes/:key/draft/hand-over'
export const returnPath = '/admin/processes/:key/draft/return'
export const publishPath = '/admin/processes/:key/draft/publish'
export const discardPath = '/admin/processes/:key/draft/discard'

export const processHref = (process: string): string => `/admin/processes/${process}`
export const versionHref = (process: string, version: number, step = ''): string => `/admin/processes/${process}/versions/${version}${step && `/${step}`}`
export const draftHref = (process: string, step = ''): string => `/admin/processes/${process}/draft${step && `/${step}`}`
export const stepHref = (process: string, step: string): string => `/admin/processes/${process}/draft/steps/${encodeURIComponent(step)}`
