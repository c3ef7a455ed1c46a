import type { ProcedureInput } from '../content.ts'
import { subjectNames } from '../open-data/cpsv-ap-things.ts'
import { channelCodes, levelNames, unitNames, type AgencyMessage, type ListedProcedure, type ProcedureMessage, type TimeMessage } from './procedure-message.ts'

/** What stands beside the content of a version in the messages. */
export interface VersionHead { version: number; decisionNumber: string | null; inForce: boolean }

/** A version as the message LayThuTuc. What the format has no place for stays out: English, life events, the parts that only this program runs on. */
export function writeProcedure(content: ProcedureInput, head: VersionHead): ProcedureMessage {
  return {
    ...writeListed(content, head), IDQUYETDINHCONGBO: '', LOAITTHC: content.kind?.vi ?? '', MOTADOITUONGTHUCHIEN: content.subjectsNote?.vi ?? '', DIACHITIEPNHAN: content.receivingPlace?.vi ?? '',
    YEUCAU: content.requirements.map((r) => r.vi).join('\n'), TUKHOA: content.keywords.join(';'), MOTA: content.summary?.vi ?? '',
    MOTACOQUANTHUCHIEN: names(content.agencies.executing), MOTACOQUANTHAMQUYEN: names(content.agencies.competent),
    TRINHTUTHUCHIEN: groups(content.steps, (s) => s.case?.vi).map(([name, steps]) => ({ TRUONGHOP: name, TRINHTU: steps.map((s) => ({ TENTRINHTU: s.text.vi })) })),
    CACHTHUCTHUCHIEN: content.methods.map((m) => ({ KENH: channelCodes[m.channel], THOIGIAN: [timeOf(m)] })),
    DOITUONGTHUCHIEN: content.subjects.map((s, i) => ({ MADOITUONG: String(i + 1), TENDOITUONG: subjectNames[s].vi })),
    THANHPHANHOSO: groups(content.components, (c) => c.case?.vi).map(([name, papers]) => ({
      TRUONGHOP: name,
      GIAYTO: papers.map((c) => ({ MAGIAYTO: c.documentType ?? '', TENGIAYTO: c.name.vi, TENMAUDON: c.form?.name ?? '', URL: c.form?.url ?? '', SOBANCHINH: String(c.originals), SOBANSAO: String(c.copies), MA_KQ_THAYTHE: c.replacedBy ?? '' })),
    })),
    KETQUATHUCHIEN: content.results.map((r) => ({ MAKETQUA: r.code ?? '', TENKETQUA: r.name.vi, TENTEP: '', URL: '' })),
    CANCUPHAPLY: content.legalBases.map((l) => ({ SOVANBAN: l.number, TENVANBAN: l.name?.vi ?? '', NGAYBANHANH: dayOf(l.issuedOn), NGAYHIEULUC: dayOf(l.effectiveOn), COQUANBANHANH: l.issuer?.vi ?? '', DIACHITRUYCAP: '' })),
    COQUANTHUCHIEN: agencies(content.agencies.executing), COQUANCOTHAMQUYEN: agencies(content.agencies.competent), COQUANDUOCUYQUYEN: agencies(content.agencies.authorised), COQUANPHOIHOP: agencies(content.agencies.cooperating),
    TTHCLIENQUAN: [...content.related], TTHCLIENTHONG: [],
  }
}

/** The same as a line of LayDanhSachTTHC. */
export function writeListed(content: Pick<ProcedureInput, 'code' | 'name' | 'owner' | 'sector' | 'levels'>, head: VersionHead): ListedProcedure {
  return {
    ID: `${content.code}/${head.version}`, MATTHC: content.code, TENTTHC: content.name.vi, MACOQUANCONGBO: content.owner?.code ?? '', QUYETDINH: head.decisionNumber ?? '', TRANGTHAI: head.inForce ? '1' : '0',
    LINHVUCTHUCHIEN: [{ MALINHVUC: content.sector.code, TENLINHVUC: content.sector.name.vi }], CAPTHUCHIEN: content.levels.map((l) => ({ CAPTHUCHIEN: levelNames[l][0], TENCAP: levelNames[l][1] })),
  }
}

/** The words of the law about time stand where the figure would; beside a figure they go into the remark. */
function timeOf(m: ProcedureInput['methods'][number]): TimeMessage {
  const remark = [m.limit ? m.limitNote?.vi : undefined, m.note?.vi].filter(Boolean).join('\n')
  return {
    THOIGIANGIAIQUYET: m.limit ? String(m.limit.value) : (m.limitNote?.vi ?? ''), DONVITINH: m.limit ? unitNames[m.limit.unit] : '', MOTA: remark,
    PHILEPHI: m.fees.map((f) => ({ MAPHILEPHI: '', SOTIEN: f.amount === null ? '' : String(f.amount), DONVI: 'Đồng', MOTA: f.note?.vi ?? '', TENTEP: '', URL: '' })),
  }
}

/** Neighbours of one case together, in their order. */
function groups<T>(items: readonly T[], caseOf: (item: T) => string | undefined): [string, T[]][] {
  const found: [string, T[]][] = []
  for (const item of items) {
    const name = caseOf(item) ?? ''
    const last = found.at(-1)
    if (last?.[0] === name) last[1].push(item)
    else found.push([name, [item]])
  }
  return found
}

type Agencies = ProcedureInput['agencies']['executing']
const agencies = (list: Agencies): AgencyMessage[] => list.map((a) => ({ MADONVI: a.code ?? '', TENDONVI: a.name.vi }))
const names = (list: Agencies): string => list.map((a) => a.name.vi).join('; ')
/** '2026-11-22' → '22/11/2026'. */
const dayOf = (day: string | undefined): string => (day ? day.split('-').reverse().join('/') : '')
