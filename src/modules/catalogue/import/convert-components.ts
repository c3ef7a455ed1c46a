import type { PaperSource, ProcedureInput } from '../content.ts'
import { line, lines } from './clean-text.ts'
import type { Oddities } from './oddities.ts'

type ComponentInput = ProcedureInput['components'][number]

interface RawPaper { case?: string; name: string; originals: number; copies: number; form?: string }

export function readComponents(row: Readonly<Record<string, unknown>>, oddities: Oddities): ComponentInput[] {
  const papers = rawPapers(row, oddities)
  if (papers.length > 50) oddities.add('many-papers', `${papers.length} papers`, 'all kept')
  return papers.flatMap((paper): ComponentInput[] => {
    if (paper.name === '') {
      oddities.add('paper-without-name', paper, 'left out')
      return []
    }
    if (paper.name.length > 500) oddities.add('paper-name-long', paper.name, `kept whole, ${paper.name.length} characters`)
    if (paper.originals + paper.copies === 0) oddities.add('paper-without-number', paper.name, 'kept with no originals and no copies')
    return [{ ...(paper.case ? { case: { vi: paper.case } } : {}), name: { vi: paper.name }, originals: paper.originals, copies: paper.copies, ...(paper.form ? { form: { name: paper.form } } : {}), source: sourceOf(paper.name) }]
  })
}

function rawPapers(row: Readonly<Record<string, unknown>>, oddities: Oddities): RawPaper[] {
  if (Array.isArray(row.components)) return row.components.map((c: Record<string, unknown>) => ({ case: line(c.case), name: line(c.name, oddities), originals: count(c.originals, oddities), copies: count(c.copies, oddities) }))
  if (Array.isArray(row.components_raw)) return row.components_raw.map((c: Record<string, unknown>) => rawPaper(c, oddities))
  const sections = row.sections as Record<string, unknown> | undefined
  if (row.components_text) return papersOfText(lines(row.components_text, oddities), oddities)
  if (sections?.['THÀNH PHẦN HỒ SƠ']) return papersOfPage(lines(sections['THÀNH PHẦN HỒ SƠ'], oddities), oddities)
  oddities.add('papers-missing', '', 'no papers are listed')
  return []
}

function rawPaper(c: Record<string, unknown>, oddities: Oddities): RawPaper {
  const counts = /bản chính:\s*(\d+)\s*bản sao:\s*(\d+)/i.exec(line(c.ghi_chu))
  if (!counts) oddities.add('paper-number-unread', c, 'kept with no originals and no copies')
  const form = line(c.so_luong)
  return { name: line(c.ten_giay_to, oddities), originals: Number(counts?.[1] ?? 0), copies: Number(counts?.[2] ?? 0), ...(form ? { form } : {}) }
}

function count(value: unknown, oddities: Oddities): number {
  const number = Number(value)
  if (Number.isInteger(number) && number >= 0) return number
  oddities.add('paper-number-unread', value, 'read as none')
  return 0
}

/** Flattened tables: names, then 'Bản chính: 1 - Bản sao: 0'; the line before a table's head is its case. */
function papersOfText(text: string, oddities: Oddities): RawPaper[] {
  const papers: RawPaper[] = []
  let pending: string[] = []
  let currentCase = ''
  for (const one of text.split('\n').filter(Boolean)) {
    const counts = /^bản chính:\s*(\d+)\s*-\s*bản sao:\s*(\d+)/i.exec(one)
    if (/^tên giấy tờ$/i.test(one)) {
      currentCase = pending.join(' ').replace(/:$/, '')
      pending = []
    } else if (counts) {
      papers.push({ case: currentCase, name: pending.join(' '), originals: Number(counts[1]), copies: Number(counts[2]) })
      pending = []
    } else if (!/^(mẫu đơn, tờ khai|số lượng)$/i.test(one)) pending.push(one)
  }
  if (pending.length > 0) {
    oddities.add('paper-text-unread', pending.join(' '), 'kept as a paper without number')
    papers.push({ name: pending.join(' '), originals: 0, copies: 0 })
  }
  oddities.add('papers-from-text', text, `${papers.length} papers read from running text`)
  return papers
}

/** Text of a printed page: one paper for each block; its number stands somewhere in the block. */
function papersOfPage(text: string, oddities: Oddities): RawPaper[] {
  const blocks = text.split(/\n\s*\n/).map((b) => b.replace(/^tên giấy tờ.*$/im, '').replace(/\s+/g, ' ').trim()).filter(Boolean)
  oddities.add('papers-from-text', text, `${blocks.length} papers read from a printed page`)
  return blocks.map((block) => {
    const originals = /(\d+) bản chính/i.exec(block)
    const copies = /(\d+) bản sao/i.exec(block)
    return { name: block.replace(/\d+ bản (chính|sao)/gi, '').replace(/\s+/g, ' ').trim(), originals: Number(originals?.[1] ?? 0), copies: Number(copies?.[1] ?? 0) }
  })
}

/** What a person fills in himself he has; everything else he has to bring, until the agency says where it can be fetched. */
export function sourceOf(name: string): PaperSource {
  return /^(?:\W*(?:\(?\w{1,3}[).]\s*)?)(đơn|tờ khai|giấy đề nghị|phiếu đề nghị|văn bản đề nghị|bản khai|phiếu thu thập|giấy khai)/iu.test(name) ? 'you-have-it' : 'you-bring-it'
}
