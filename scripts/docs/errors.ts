import '../../src/app.ts'
import { declaredErrors, type RefusalKind } from '../../src/platform/errors.ts'
import { loadTexts } from '../../src/platform/i18n.ts'
import { byName, code, generatedPage, table } from './markdown.ts'
import { moduleNames } from './source-files.ts'

/** Refusals of platform and modules; those that tests of the same process declare do not count. */
export function refusals(): Map<string, RefusalKind> {
  const owners = ['platform', ...moduleNames()]
  return new Map([...declaredErrors()].filter(([name]) => owners.includes(name.split('.')[0]!)).sort(([a], [b]) => byName(a, b)))
}

/** docs/generated/errors.md: every refusal with its status and what people read. */
export function errorsPage(): string {
  const { vi, en } = loadTexts()
  const text = (name: string): string => [en.get(name.replace('.', '.error.')), vi.get(name.replace('.', '.error.'))].filter(Boolean).join(' / ')
  const rows = [...refusals()].map(([name, { status, log }]) => [code(name), status, log ?? 'info', text(name)])
  const declared = refusals()
  const platform = [...en.keys()].filter((key) => key.startsWith('platform.error.')).map((key) => key.replace('.error.', '.')).filter((name) => !declared.has(name)).sort(byName)
  return generatedPage('Errors', "the modules' *.errors.ts and text/*.json",
    'Refusals: a known rule says no. The API answers with `application/problem+json` (RFC 9457), whose `code` is the one below and never changes its meaning; pages show the sentence. Invalid input is no error but a list of mistakes (`platform.INVALID`, status 400). A fault has no code of its own: status 500, `platform.FAULT`, with a reference number that the log has too.',
    '## Refusals', table(['Code', 'Status', 'Log', 'What people read (English / Vietnamese)'], rows),
    '## Failures of a request before any act', table(['Code', 'What people read (English / Vietnamese)'], platform.map((name) => [code(name), text(name)])))
}
