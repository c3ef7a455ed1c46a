import type { TableDefinition, TableExample } from '../table-definition.ts'

/** The fee of certified copies of one request ("phí chứng thực bản sao từ bản chính"), from the papers as the form of procedure 2.000815 asks for them. */
export const certifiedCopiesFee: TableDefinition = {
  key: 'phi-chung-thuc-ban-sao',
  title: { vi: 'Phí chứng thực bản sao từ bản chính', en: 'Fee of certified copies' },
  ground: 'Thông tư 226/2016/TT-BTC, Điều 4 (biểu mức thu phí, mục 1)',
  purpose: 'fee',
  procedure: '2.000815',
  table: {
    hitPolicy: 'FIRST',
    inputs: [{ expression: 'papers', label: 'Giấy tờ: số trang, số bản', typeRef: 'Any' }],
    outputs: [{ name: 'fee', label: 'Phí (đồng)', typeRef: 'number' }],
    rules: [
      {
        inputs: ['? != null and count(?) > 0 and every paper in ? satisfies paper.pages >= 1 and paper.copies >= 1'],
        outputs: ['sum(for paper in papers return paper.copies * min(200000, 2000 * min(paper.pages, 2) + 1000 * max(0, paper.pages - 2)))'],
        notes: ['2.000 đồng một trang; từ trang thứ ba 1.000 đồng một trang; không quá 200.000 đồng một bản'],
      },
    ],
  },
}

export const certifiedCopiesExamples: TableExample[] = [
  { note: 'Một bản, hai trang', inputs: ['[{pages: 2, copies: 1}]'], outputs: ['4000'] },
  { note: 'Ba bản, năm trang', inputs: ['[{pages: 5, copies: 3}]'], outputs: ['21000'] },
  { note: 'Mức trần của một bản', inputs: ['[{pages: 300, copies: 2}]'], outputs: ['400000'] },
  { note: 'Hai loại giấy tờ', inputs: ['[{pages: 1, copies: 1}, {pages: 3, copies: 2}]'], outputs: ['12000'] },
  { note: 'Chưa khai số trang', inputs: ['[{copies: 1}]'], outputs: ['null'] },
]
