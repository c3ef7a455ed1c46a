import { readdirSync, readFileSync, existsSync } from 'node:fs'
import { basename, join } from 'node:path'
import { root } from './root.ts'

export type Lang = 'vi' | 'en'
export type Params = Record<string, string | number>
/** Text of a key in the reader's language. A missing key throws in tests and shows the key in production. */
export type Translate = ((key: string, params?: Params) => string) & { readonly lang: Lang; has(key: string): boolean }

export const langs: readonly Lang[] = ['vi', 'en']

let texts: Record<Lang, Map<string, string>> | undefined

/** Reads the texts of ui, platform, the start program, the stand-ins and every module once; the folder's name is the first part of every key. */
export function loadTexts(): Record<Lang, Map<string, string>> {
  texts ??= { vi: readTexts('vi'), en: readTexts('en') }
  return texts
}

/** A module keeps its texts in its own folder `text`, or those of a part in the part's; all begin with the module's name. */
export function textFolders(): { name: string; folder: string }[] {
  const modules = join(root, 'src/modules')
  const below = (folder: string): string[] => readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory()).map((entry) => join(folder, entry.name))
  const folders = below(modules).flatMap((module) => [module, ...below(module)].map((folder) => ({ name: basename(module), folder: join(folder, 'text') })))
  return [{ name: 'ui', folder: join(root, 'src/ui/text') }, { name: 'platform', folder: join(root, 'src/platform/text') }, { name: 'country', folder: join(root, 'src/text') }, { name: 'stand-ins', folder: join(root, 'src/stand-ins/text') }, ...folders].filter(({ folder }) => existsSync(folder))
}

function readTexts(lang: Lang): Map<string, string> {
  const map = new Map<string, string>()
  for (const { name, folder } of textFolders()) {
    const file = join(folder, `${lang}.json`)
    if (!existsSync(file)) continue
    for (const [key, value] of Object.entries(JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>)) map.set(`${name}.${key}`, value)
  }
  return map
}

const translators = new Map<Lang, Translate>()

export function translator(lang: Lang): Translate {
  const known = translators.get(lang)
  if (known) return known
  const map = loadTexts()[lang]
  const translate = (key: string, params: Params = {}): string => {
    const text = (params.count === 1 ? map.get(`${key}_one`) : undefined) ?? map.get(key)
    if (text === undefined) {
      if (process.env.NODE_ENV === 'test') throw new Error(`Text "${key}" is missing in ${lang}.json`)
      return key
    }
    return !text.includes('{') ? text : text.replace(/\{(\w+)\}/g, (whole, name: string) => (name in params ? String(params[name]) : whole))
  }
  const t = Object.assign(translate, { lang, has: (key: string) => map.has(key) })
  translators.set(lang, t)
  return t
}

const zone = 'Asia/Ho_Chi_Minh'
const partsFormat = new Intl.DateTimeFormat('en-GB', { timeZone: zone, day: '2-digit', month: '2-digit', year: 'numeric', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })

const hoursOfZone = 7 * 3_600_000
/** Since then the country's clocks have stood seven hours before Greenwich: the parts are plain arithmetic, a fiftieth of what asking the zone costs. */
const zoneIsPlainFrom = Date.UTC(1976, 0, 1)

function parts(date: Date): Record<string, string> {
  const time = date.getTime()
  if (time >= zoneIsPlainFrom) {
    const d = new Date(time + hoursOfZone)
    const two = (n: number): string => String(n).padStart(2, '0')
    return { day: two(d.getUTCDate()), month: two(d.getUTCMonth() + 1), year: String(d.getUTCFullYear()), hour: two(d.getUTCHours()), minute: two(d.getUTCMinutes()) }
  }
  return Object.fromEntries(partsFormat.formatToParts(date).map((p) => [p.type, p.value]))
}

/** `22/11/2026`, the same in both languages: the form on every paper. Takes an instant or a civil date 'YYYY-MM-DD'. */
export function formatDate(date: Date | string): string {
  if (typeof date === 'string') {
    const [y, m, d] = date.slice(0, 10).split('-')
    return `${d}/${m}/${y}`
  }
  const p = parts(date)
  return `${p.day}/${p.month}/${p.year}`
}

/** `14:05`, Vietnam time. */
export function formatTime(date: Date): string {
  const p = parts(date)
  return `${p.hour}:${p.minute}`
}

/** `14:05, 22/11/2026`. */
export function formatDateTime(date: Date): string {
  return `${formatTime(date)}, ${formatDate(date)}`
}

/** `50.000 đồng` / `50,000 dong`. */
export function formatMoney(dong: number, lang: Lang): string {
  return lang === 'vi' ? `${formatNumber(dong, 'vi')} đồng` : `${formatNumber(dong, 'en')} dong`
}

const numberFormats = { vi: new Intl.NumberFormat('vi-VN'), en: new Intl.NumberFormat('en-GB') }

export function formatNumber(value: number, lang: Lang): string {
  return numberFormats[lang].format(value)
}

/** The day for which was asked last: nearly always today, and many ask. */
let last = { from: NaN, to: NaN, day: '' }

/** The civil date in Vietnam at an instant, 'YYYY-MM-DD'. */
export function civilDate(date: Date): string {
  const time = date.getTime()
  if (time >= last.from && time < last.to) return last.day
  const p = parts(date)
  const day = `${p.year}-${p.month}-${p.day}`
  const from = Date.parse(`${day}T00:00:00+07:00`)
  // Before 1976 the clocks of the country had another distance from Greenwich.
  if (day > '1976') last = { from, to: from + 86_400_000, day }
  return day
}
