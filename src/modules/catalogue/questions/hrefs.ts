export const questionsPath = '/hoi-dap'
export const questionPath = '/hoi-dap/:id'
export const adminQuestionsPath = '/admin/questions'

export const questionHref = (id: string): string => `/hoi-dap/${id}`
export const adminQuestionHref = (id: string): string => `/admin/questions/edit/${id}`

/** A list narrowed: empty values are left out. */
export function narrowed(path: string, query: Readonly<Record<string, string | undefined>>): string {
  const given = Object.entries(query).filter((e): e is [string, string] => Boolean(e[1]))
  return given.length === 0 ? path : `${path}?${new URLSearchParams(given).toString()}`
}
