import type { VNode } from 'preact'
import { FilterPanel } from '../components/filter-panel.tsx'
import { BackLink, Pagination } from '../components/navigation.tsx'
import { SearchBox } from '../components/search-box.tsx'
import { Example } from './gallery.tsx'
import { useSample } from './sample-text.ts'

export function NavigationExamples(): VNode {
  const say = useSample()
  return (
    <Example title={say('Tìm và đi', 'Finding and moving')}>
      <SearchBox action="/thu-tuc" id="sample-search" label={say('Cần làm thủ tục gì?', 'What do you need to do?')} examples={[say('khai sinh', 'birth'), say('đổi bằng lái xe', 'driving licence'), say('mở quán ăn', 'open a restaurant')]} />
      <BackLink href="#" />
      <div class="govuk-grid-row">
        <div class="govuk-grid-column-one-third">
          <FilterPanel action="#" clearHref="#" removeHref={() => '#'} groups={[
            { name: 'field', title: say('Lĩnh vực', 'Field'), kind: 'checkbox', selected: ['road'], options: [{ value: 'civil', text: say('Hộ tịch', 'Civil status'), count: 34 }, { value: 'road', text: say('Đường bộ', 'Roads'), count: 12 }] },
            { name: 'level', title: say('Cấp thực hiện', 'Level'), kind: 'select', selected: [], empty: say('Tất cả', 'All'), options: [{ value: '1', text: say('Cấp tỉnh', 'Province') }, { value: '2', text: say('Cấp xã', 'Commune') }] },
          ]} />
        </div>
        <div class="govuk-grid-column-two-thirds">
          <p class="govuk-body">{say('Có 46 thủ tục.', '46 procedures.')}</p>
          <Pagination page={4} pages={12} href={(n) => `#${n}`} />
        </div>
      </div>
    </Example>
  )
}
