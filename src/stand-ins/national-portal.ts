import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { json, parse, withFaults, type Answer, type Call, type Routes } from './http.ts'

const behaviourSchema = z.object({
  /** So many calls a session lasts. */
  sessionCalls: z.number().int().min(1).default(1_000_000),
  /** The next pushes take effect, and their answers are lost. */
  loseAnswers: z.number().int().min(0).default(0),
  /** Dossiers that are refused, and in which words. */
  refuse: z.record(z.string(), z.string()).default({}),
})

export interface PortalDossier { dossier: Record<string, unknown>; progress: Record<string, unknown>[]; /** Every state in which it was, as it was told. */ states: string[] }

const loginSchema = z.object({ username: z.string(), password: z.string() })
const callSchema = z.object({ session: z.string(), madonvi: z.string(), service: z.string() }).loose()
const pushSchema = z.object({ isUpdating: z.enum(['True', 'False']).optional(), data: z.array(z.record(z.string(), z.unknown())) }).loose()

const compulsory = ['MaHoSo', 'MaTTHC', 'TenTTHC', 'MaLinhVuc', 'TenLinhVuc', 'KenhThucHien', 'SoGiayToChuHoSo', 'LoaiDoiTuong', 'TrichYeuHoSo', 'NgayNopHoSo', 'TrangThaiHoSo', 'HinhThuc', 'DonViXuLy', 'NoiNopHoSo', 'HoSoCoThanhPhanSoHoa', 'TaiKhoanDuocXacThucVoiVNeID', 'DuocThanhToanTrucTuyen', 'DinhDanhCHS', 'DSKetNoiCSDL']
const times = ['NgayNopHoSo', 'NgayTiepNhan', 'NgayHenTra', 'NgayTra', 'NgayKetThucXuLy', 'NgayTuChoi']
const isTime = (value: unknown): boolean => typeof value === 'string' && /^20\d{2}(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])([01]\d|2[0-3])[0-5]\d[0-5]\d$/.test(value)
const isState = (value: unknown): boolean => typeof value === 'string' && /^([1-9]|10)$/.test(value)

/** Why the portal does not take a dossier. */
function faultOf(d: Record<string, unknown>): string | undefined {
  const missing = compulsory.find((name) => d[name] === undefined || d[name] === null || d[name] === '')
  if (missing) return `Thiếu trường ${missing}`
  const wrongTime = times.find((name) => d[name] !== undefined && d[name] !== '' && !isTime(d[name]))
  if (wrongTime) return `Trường ${wrongTime} không đúng định dạng yyyyMMddHHmmss`
  if (!isState(d.TrangThaiHoSo)) return 'Trạng thái hồ sơ không có trong danh mục'
  if (d.KenhThucHien === '2' && !d.MaDoiTuong) return 'Thiếu trường MaDoiTuong'
  return String(d.TrichYeuHoSo).length > 1000 ? 'Trường TrichYeuHoSo quá 1000 ký tự' : undefined
}

function progressFault(p: Record<string, unknown>): string | undefined {
  const missing = ['MaHoSo', 'NguoiXuLy', 'ThoiDiemXuLy', 'NoiDungXuLy', 'TrangThai'].find((name) => !p[name])
  if (missing) return `Thiếu trường ${missing}`
  return isTime(p.ThoiDiemXuLy) && isState(p.TrangThai) && String(p.NguoiXuLy).length <= 50 ? undefined : 'Dữ liệu tiến độ không đúng định dạng'
}

type Memory = { dossiers: Map<string, PortalDossier>; refused: Readonly<Record<string, string>> }

const refuse = (code: number, message: string): Answer => json({ error_code: code, message })

/** New dossiers or known ones: all, or none and why. */
function takeDossiers({ dossiers, refused }: Memory, data: Record<string, unknown>[], isUpdating: boolean): Answer {
  for (const d of data) {
    const [known, fault] = [dossiers.get(String(d.MaHoSo)), refused[String(d.MaHoSo)] ?? faultOf(d)]
    if (fault) return refuse(-1, `${fault} (${String(d.MaHoSo)})`)
    if (known && !isUpdating) return refuse(-3, `Hồ sơ ${String(d.MaHoSo)} đã tồn tại`)
    if (!known && isUpdating) return refuse(-4, `Hồ sơ ${String(d.MaHoSo)} chưa có trên hệ thống`)
  }
  for (const d of data) {
    const known = dossiers.get(String(d.MaHoSo))
    dossiers.set(String(d.MaHoSo), { dossier: d, progress: known?.progress ?? [], states: [...(known?.states ?? []), String(d.TrangThaiHoSo)] })
  }
  return json({ error_code: 0, message: 'Thành công' })
}

/** Steps of known dossiers; the state is that of the last. */
function takeProgress({ dossiers, refused }: Memory, data: Record<string, unknown>[]): Answer {
  for (const p of data) {
    const fault = refused[String(p.MaHoSo)] ?? progressFault(p)
    if (fault) return refuse(-1, `${fault} (${String(p.MaHoSo)})`)
    if (!dossiers.has(String(p.MaHoSo))) return refuse(-4, `Hồ sơ ${String(p.MaHoSo)} chưa có trên hệ thống`)
  }
  for (const p of data) {
    const known = dossiers.get(String(p.MaHoSo))!
    // The same entry again is the same entry.
    if (!known.progress.some((before) => JSON.stringify(before) === JSON.stringify(p))) known.progress.push(p)
    known.dossier = { ...known.dossier, TrangThaiHoSo: p.TrangThai }
    known.states.push(String(p.TrangThai))
  }
  return json({ error_code: 0, message: 'Thành công' })
}

/**
 * The national portal's security server as systems of provinces meet it: log-in with a session, catalogue and look-up by `/tich-hop`, dossiers by `/chia-se`. What it has already is no new dossier,
 * ten entries at most, all of a message or nothing. `POST /admin/behaviour` ends sessions early, loses answers and refuses dossiers; `GET /admin/dossiers` shows what it has. Its accounts: whoever knows the key.
 */
export function nationalPortal(key: string): { routes: Routes; dossiers: Map<string, PortalDossier>; calls: { service: string; entries: number; isUpdating?: string }[] } {
  const dossiers = new Map<string, PortalDossier>()
  const sessions = new Map<string, number>()
  const calls: { service: string; entries: number; isUpdating?: string }[] = []
  let behaviour = behaviourSchema.parse({})
  const memory = (): Memory => ({ dossiers, refused: behaviour.refuse })

  const withSession = (work: (body: z.infer<typeof callSchema>) => Answer) => ({ url, body, headers }: Call): Answer => {
    const asked = parse(callSchema, body)
    if (!asked || !headers.dstcode) return refuse(-1, 'Thông điệp không đúng định dạng')
    const left = sessions.get(asked.session) ?? 0
    if (left <= 0) return refuse(-2, 'Phiên làm việc không tồn tại hoặc đã hết hạn')
    sessions.set(asked.session, left - 1)
    const answer = work(asked)
    if (behaviour.loseAnswers === 0 || url.pathname !== '/chia-se') return answer
    behaviour = { ...behaviour, loseAnswers: behaviour.loseAnswers - 1 }
    return { status: 504, body: 'Gateway Timeout' }
  }
  const spoken: Routes = {
    'POST /xac-thuc': ({ body }) => {
      const account = parse(loginSchema, body)
      if (account?.password !== key) return refuse(-1, 'Sai tên đăng nhập hoặc mật khẩu')
      const session = randomUUID()
      sessions.set(session, behaviour.sessionCalls)
      return json({ error_code: 0, session })
    },
    'POST /tich-hop': withSession((asked) => {
      if (asked.service === 'TraCuuTechID') return json({ error_code: 0, message: '', result: /^\d{9,13}$/.test(String(asked.mstorcmnd)) ? [{ TECHNICALID: `tech-${String(asked.mstorcmnd).split('').reverse().join('')}` }] : [] })
      if (asked.service !== 'TraCuuHoSo') return refuse(-1, 'Không có dịch vụ này')
      const found = dossiers.get(String(asked.maHoSo))
      return json({ error_code: 0, message: '', result: found ? [found.dossier] : [] })
    }),
    'POST /chia-se': withSession((asked) => {
      const push = pushSchema.safeParse(asked).data
      if (!push) return refuse(-1, 'Thông điệp không đúng định dạng')
      calls.push({ service: asked.service, entries: push.data.length, ...(push.isUpdating ? { isUpdating: push.isUpdating } : {}) })
      if (push.data.length > 10) return refuse(-1, 'Quá 10 bản ghi')
      if (asked.service === 'DongBoHoSoMC') return takeDossiers(memory(), push.data, push.isUpdating === 'True')
      return asked.service === 'CapNhatTienDoHoSoMC' ? takeProgress(memory(), push.data) : refuse(-1, 'Không có dịch vụ này')
    }),
  }
  // What sets the bad days stays reachable on them.
  const routes: Routes = {
    ...withFaults(spoken),
    'GET /admin/dossiers': () => json(Object.fromEntries(dossiers)),
    'POST /admin/behaviour': ({ body }) => {
      const wanted = parse(behaviourSchema, body)
      if (!wanted) return json({ error: 'sessionCalls, loseAnswers and refuse are expected' }, 400)
      return json((behaviour = wanted))
    },
  }
  return { routes, dossiers, calls }
}
