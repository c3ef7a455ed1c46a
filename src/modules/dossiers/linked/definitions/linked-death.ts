import type { LinkedDefinition } from '../linked-definition.ts'

/** Death registration, removal of permanent residence, funeral support: within 10 working days (Decree 63/2024/NĐ-CP). */
export const linkedDeath: LinkedDefinition = {
  code: '2.002622', version: 1, validFrom: '2024-07-01', processKey: 'linked-death', limit: { value: 10, unit: 'working-day' }, lead: 'G15',
  source: { vi: 'Nghị định 63/2024/NĐ-CP', en: 'Decree 63/2024/NĐ-CP' },
  parts: [
    {
      key: 'death', procedure: '1.000656', name: { vi: 'Đăng ký khai tử', en: 'Death registration' }, result: { vi: 'trích lục khai tử', en: 'the extract of the death record' }, limit: { value: 1, unit: 'working-day' },
      same: [
        'requester', 'relation', 'authorisationFile', 'deathDate', 'deathHour', 'deathMinute', 'cause', 'deathFacility', 'deathPlace', 'deceased', 'lastResidenceKnown', 'lastResidence', 'foundFile', 'evidence', 'noticeNumber', 'noticeDate', 'noticeIssuer', 'noticeFile', 'evidenceFile', 'place', 'copies', 'declaration',
      ],
      set: {}, attach: [], gives: [],
    },
    {
      key: 'removal', procedure: '1.003197', name: { vi: 'Xóa đăng ký thường trú', en: 'Removal of permanent residence' }, result: { vi: 'thông báo xóa đăng ký thường trú', en: 'the notice of removal' }, limit: { value: 3, unit: 'working-day' },
      same: ['requester', 'declaration'],
      set: {
        removalReason: { value: 'death' }, removedHome: { firstOf: [{ from: 'lastResidence' }, { from: 'place' }] }, extractNumber: { given: 'death.number' },
        person: { fields: { name: { from: 'deceased.name' }, birthDate: { from: 'deceased.birthDate' }, citizenId: { from: 'deceased.citizenId' } } },
      },
      attach: ['death'], gives: [],
    },
    {
      key: 'funeral', procedure: '2.001283', name: { vi: 'Hỗ trợ chi phí mai táng', en: 'Funeral support' }, result: { vi: 'quyết định hỗ trợ chi phí mai táng', en: 'the decision on funeral support' }, limit: { value: 7, unit: 'working-day' },
      same: ['requester', 'deathDate', 'place', 'supportKind', 'payWay', 'bankName', 'accountNumber', 'declaration'],
      set: { extractNumber: { given: 'death.number' }, deceased: { fields: { name: { from: 'deceased.name' }, birthDate: { from: 'deceased.birthDate' }, citizenId: { from: 'deceased.citizenId' } } } },
      attach: ['death'], gives: [],
    },
  ],
}
