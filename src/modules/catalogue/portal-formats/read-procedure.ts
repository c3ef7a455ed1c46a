import type { MethodChannel, ProcedureInput, TimeLimit } from '../content.ts'
import { line, lines } from '../import/clean-text.ts'
import { sourceOf } from '../import/convert-components.ts'
import { readLevels, readSubjects } from '../import/convert-people.ts'
import type { Oddities } from '../import/oddities.ts'
import { slugOf } from '../plain-text.ts'
import { unitNames } from './procedure-message.ts'

/** Names of agencies by code, from LayDanhMucCoQuan: the procedure itself carries only the code of its ministry. */
export type AgencyNames = ReadonlyMap<string, string>
export interface ReadProcedure { content: ProcedureInput; decisionNumber?: string }

type Message = Readonly<Record<string, unknown>>
type Text = { vi: string }

/** Keys that the reading takes or knows to be empty of meaning here; any other is reported and kept in the remainder. */
const known = new Set(['ID', 'MATTHC', 'TENTTHC', 'MACOQUANCONGBO', 'LOAITTHC', 'MOTADOITUONGTHUCHIEN', 'DIACHITIEPNHAN', 'QUYETDINH', 'IDQUYETDINHCONGBO', 'YEUCAU', 'TUKHOA', 'TRANGTHAI', 'MOTACOQUANTHUCHIEN', 'MOTACOQUANTHAMQUYEN', 'MOTA',
  'TRINHTUTHUCHIEN', 'CAPTHUCHIEN', 'LINHVUCTHUCHIEN', 'CACHTHUCTHUCHIEN', 'DOITUONGTHUCHIEN', 'THANHPHANHOSO', 'KETQUATHUCHIEN', 'CANCUPHAPLY', 'COQUANTHUCHIEN', 'COQUANCOTHAMQUYEN', 'COQUANDUOCUYQUYEN', 'COQUANPHOIHOP', 'TTHCLIENQUAN', 'TTHCLIENTHONG'])

/** Our content from the message LayThuTuc of any portal that speaks it. Every doubt is an oddity; nothing is dropped without one. */
export function readProcedure(m: Message, oddities: Oddities, agencyNames: AgencyNames): ReadProcedure {
  const subjects = readSubjects(list(m.DOITUONGTHUCHIEN).map((d) => line(d.TENDOITUONG)), oddities)
  const subjectsNote = [line(m.MOTADOITUONGTHUCHIEN), subjects.note].filter(Boolean).join('; ')
  const methods = list(m.CACHTHUCTHUCHIEN).flatMap((way) => readWay(way, oddities))
  const content: ProcedureInput = {
    code: oddities.code, name: { vi: line(m.TENTTHC, oddities) }, ...optional('summary', lines(m.MOTA, oddities)), sector: sectorOf(m, oddities), ...ownerOf(m, agencyNames, oddities), ...optional('kind', line(m.LOAITTHC)),
    levels: readLevels(list(m.CAPTHUCHIEN).map((c) => line(c.TENCAP)), oddities), agencies: agenciesOf(m, oddities), ...optional('receivingPlace', line(m.DIACHITIEPNHAN)), subjects: subjects.subjects, ...optional('subjectsNote', subjectsNote),
    steps: list(m.TRINHTUTHUCHIEN).flatMap((group) => list(group.TRINHTU).map((s) => ({ ...optional('case', line(group.TRUONGHOP)), text: { vi: lines(s.TENTRINHTU, oddities) } }))).filter((s) => s.text.vi !== ''),
    methods, components: list(m.THANHPHANHOSO).flatMap((group) => list(group.GIAYTO).flatMap((paper) => readPaper(line(group.TRUONGHOP), paper, oddities))),
    requirements: lines(m.YEUCAU, oddities).split('\n').filter((r) => r !== '' && !/^không( có| quy định)?\.?$/i.test(r)).map((vi) => ({ vi })),
    legalBases: list(m.CANCUPHAPLY).flatMap((law) => readLaw(law, oddities)), results: list(m.KETQUATHUCHIEN).flatMap((r) => readResult(r, oddities)),
    onlineLevel: methods.some((w) => w.channel === 'online') ? 'partial' : 'none', filingScope: 'competent-office', related: strings(m.TTHCLIENQUAN), keywords: line(m.TUKHOA).split(/\s*[;,]\s*/).filter(Boolean), lifeEvents: [], ...remainderOf(m, oddities),
  }
  const decision = line(m.QUYETDINH).replace(/^quyết định( số)?\s*/i, '')
  if (decision === '') oddities.add('decision-missing', '', 'no publication decision')
  return { content, ...(decision ? { decisionNumber: decision } : {}) }
}

const list = (value: unknown): Message[] => (Array.isArray(value) ? value : []).filter((v): v is Message => typeof v === 'object' && v !== null)
const strings = (value: unknown): string[] => (Array.isArray(value) ? value : []).map((v) => line(typeof v === 'object' && v !== null ? (v as Message).MATTHC : v)).filter(Boolean)
const optional = <K extends string>(key: K, vi: string): Partial<Record<K, Text>> => (vi === '' ? {} : { [key]: { vi } } as Record<K, Text>)

function sectorOf(m: Message, oddities: Oddities): ProcedureInput['sector'] {
  const [first, ...more] = list(m.LINHVUCTHUCHIEN)
  if (more.length > 0) oddities.add('sectors-several', more, 'the first counts')
  const name = line(first?.TENLINHVUC)
  if (name === '') {
    oddities.add('sector-missing', '', 'put under "Chưa rõ lĩnh vực"')
    return { code: 'chua-ro', name: { vi: 'Chưa rõ lĩnh vực' } }
  }
  return { code: line(first!.MALINHVUC) || slugOf(name), name: { vi: name } }
}

function ownerOf(m: Message, names: AgencyNames, oddities: Oddities): Pick<ProcedureInput, 'owner'> {
  const code = line(m.MACOQUANCONGBO)
  if (code === '') {
    oddities.add('ministry-missing', '', 'no owner')
    return {}
  }
  const name = names.get(code)
  if (!name) oddities.add('agency-unknown', code, 'named by its code')
  return { owner: { code, name: { vi: name ?? code } } }
}

function agenciesOf(m: Message, oddities: Oddities): ProcedureInput['agencies'] {
  const read = (value: unknown, words: unknown): ProcedureInput['agencies']['executing'] => {
    const found = list(value).filter((a) => line(a.TENDONVI) !== '').map((a) => ({ ...(line(a.MADONVI) ? { code: line(a.MADONVI) } : {}), name: { vi: line(a.TENDONVI, oddities) } }))
    return found.length > 0 ? found : line(words).split(/\s*;\s*/).filter(Boolean).map((vi) => ({ name: { vi } }))
  }
  const executing = read(m.COQUANTHUCHIEN, m.MOTACOQUANTHUCHIEN)
  if (executing.length === 0) oddities.add('agency-missing', '', 'no executing agency')
  return { executing, competent: read(m.COQUANCOTHAMQUYEN, m.MOTACOQUANTHAMQUYEN), authorised: read(m.COQUANDUOCUYQUYEN, ''), cooperating: read(m.COQUANPHOIHOP, '') }
}

const channels: Readonly<Record<string, MethodChannel>> = { 1: 'desk', 2: 'online', 3: 'post', 'trực tiếp': 'desk', 'trực tuyến': 'online', 'nộp qua bưu chính công ích': 'post' }
const units = new Map(Object.entries(unitNames).map(([unit, name]) => [name.toLowerCase(), unit as TimeLimit['unit']]))

function readWay(way: Message, oddities: Oddities): ProcedureInput['methods'] {
  const word = line(way.KENH).toLowerCase()
  const channel = channels[word]
  if (!channel) oddities.add('channel-unknown', word, 'read as at the desk')
  const times = list(way.THOIGIAN)
  return (times.length > 0 ? times : [{}]).map((time) => ({
    channel: channel ?? 'desk', ...readTime(time, oddities), fees: list(time.PHILEPHI).flatMap((f) => readFee(f, oddities)), ...optional('note', lines(time.MOTA, oddities)),
  }))
}

function readTime(time: Message, oddities: Oddities): Pick<ProcedureInput['methods'][number], 'limit' | 'limitNote'> {
  const figure = lines(time.THOIGIANGIAIQUYET)
  const unit = units.get(line(time.DONVITINH).toLowerCase())
  const value = Number(figure.replace(',', '.'))
  if (unit && value > 0) return { limit: { value, unit } }
  if (figure === '') {
    oddities.add('time-missing', '', 'no time limit')
    return {}
  }
  oddities.add(/^\d/.test(figure) ? 'time-without-unit' : 'time-in-words', `${figure} ${line(time.DONVITINH)}`, 'kept as a note')
  return { limitNote: { vi: [figure, line(time.DONVITINH)].filter(Boolean).join(' ') } }
}

function readFee(f: Message, oddities: Oddities): ProcedureInput['methods'][number]['fees'] {
  const sum = line(f.SOTIEN).replace(/[.,\s]/g, '')
  const unit = line(f.DONVI)
  const note = optional('note', line(f.MOTA, oddities))
  if (/^\d+$/.test(sum) && (unit === '' || /^(đồng|vnđ|vnd|việt nam đồng)/i.test(unit))) return [{ amount: Number(sum), ...note }]
  if (sum !== '') oddities.add('fee-in-words', f, 'a fee in words')
  const words = [sum === '' ? '' : `${line(f.SOTIEN)} ${unit}`.trim(), note.note?.vi].filter(Boolean).join(' – ')
  return [{ amount: null, ...optional('note', words) }]
}

function readPaper(caseName: string, p: Message, oddities: Oddities): ProcedureInput['components'] {
  const name = line(p.TENGIAYTO, oddities)
  if (name === '') {
    oddities.add('paper-without-name', p, 'left out')
    return []
  }
  const count = (value: unknown): number => {
    const text = line(String(value ?? ''))
    if (/^\d+$/.test(text)) return Number(text)
    oddities.add('paper-number-unread', text, 'read as none')
    return 0
  }
  const code = (value: unknown): string | undefined => {
    const text = line(value)
    if (text === '' || /^KQ[.0-9A-Z]+$/.test(text)) return text || undefined
    oddities.add('paper-code-odd', text, 'left out')
    return undefined
  }
  const [documentType, replacedBy, formName, url] = [code(p.MAGIAYTO), code(p.MA_KQ_THAYTHE), line(p.TENMAUDON), line(p.URL)]
  const form = formName || url ? { name: formName || name, ...(URL.canParse(url) ? { url } : {}) } : undefined
  return [{ ...optional('case', caseName), name: { vi: name }, ...(documentType ? { documentType } : {}), originals: count(p.SOBANCHINH), copies: count(p.SOBANSAO), ...(form ? { form } : {}), ...(replacedBy ? { replacedBy } : {}), source: sourceOf(name) }]
}

function readResult(r: Message, oddities: Oddities): ProcedureInput['results'] {
  const [code, name] = [line(r.MAKETQUA), line(r.TENKETQUA, oddities)]
  if (name === '' && code === '') return []
  const valid = /^KQ[.0-9A-Z]+$/.test(code)
  if (code !== '' && !valid) oddities.add('result-code-odd', code, 'left out of the field')
  return [{ ...(valid ? { code } : {}), name: { vi: name || code } }]
}

function readLaw(l: Message, oddities: Oddities): ProcedureInput['legalBases'] {
  const number = line(l.SOVANBAN) || line(l.TENVANBAN).slice(0, 80)
  if (number === '') return []
  const issuedOn = readDay(l.NGAYBANHANH, oddities)
  const effectiveOn = readDay(l.NGAYHIEULUC, oddities)
  return [{ number, ...optional('name', line(l.TENVANBAN, oddities)), ...optional('issuer', line(l.COQUANBANHANH)), ...(issuedOn ? { issuedOn } : {}), ...(effectiveOn ? { effectiveOn } : {}) }]
}

/** '22/11/2026', '22-11-2026', '2026-11-22…', '20261122…'. */
function readDay(value: unknown, oddities: Oddities): string | undefined {
  const text = line(value)
  if (text === '') return undefined
  const day = /^(\d{2})[/-](\d{2})[/-](\d{4})/.exec(text)
  const year = /^(\d{4})-?(\d{2})-?(\d{2})/.exec(text)
  const iso = day ? `${day[3]}-${day[2]}-${day[1]}` : year ? `${year[1]}-${year[2]}-${year[3]}` : ''
  if (iso !== '' && !Number.isNaN(Date.parse(`${iso}T00:00:00Z`)) && new Date(`${iso}T00:00:00Z`).toISOString().startsWith(iso)) return iso
  oddities.add('date-unread', text, 'left out')
  return undefined
}

function remainderOf(m: Message, oddities: Oddities): Pick<ProcedureInput, 'remainder'> {
  const rest = Object.entries(m).filter(([key, value]) => !known.has(key) && value !== '' && value !== null && !(Array.isArray(value) && value.length === 0))
  for (const [key, value] of rest) oddities.add('field-unknown', `${key}: ${JSON.stringify(value)}`, 'kept in the remainder')
  const linked = strings(m.TTHCLIENTHONG)
  if (linked.length > 0) rest.push(['TTHCLIENTHONG', linked])
  return rest.length > 0 ? { remainder: Object.fromEntries(rest) } : {}
}
