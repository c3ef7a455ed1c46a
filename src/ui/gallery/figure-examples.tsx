import type { VNode } from 'preact'
import { BarChart, BigNumber, BigNumbers } from '../components/figures.tsx'
import { Example } from './gallery.tsx'
import { useSample } from './sample-text.ts'

export function FigureExamples(): VNode {
  const say = useSample()
  return (
    <Example title={say('Số liệu', 'Figures')}>
      <BigNumbers>
        <BigNumber value={1204387} label={say('hồ sơ đã tiếp nhận năm 2026', 'dossiers accepted in 2026')} href="#" trend={{ direction: 'up', text: say('tăng 3,1 % so với năm trước', 'up 3.1% on last year') }} />
        <BigNumber value={say('98,2 %', '98.2%')} label={say('trả đúng hạn', 'returned in time')} href="#" tone="done" />
        <BigNumber value={412} label={say('đang quá hạn', 'late now')} href="#" tone="late" trend={{ direction: 'down', text: say('giảm 15 so với hôm qua', '15 fewer than yesterday') }} />
      </BigNumbers>
      <BarChart caption={say('Hồ sơ quá hạn theo cơ quan', 'Late dossiers by agency')} columns={[say('Cơ quan', 'Agency'), say('Hồ sơ', 'Dossiers')]} bars={[
        { label: 'UBND phường Pleiku', value: 36, href: '#', tone: 'late' }, { label: 'Sở Tư pháp', value: 21, href: '#', tone: 'late' }, { label: 'UBND xã Chư Păh', value: 4, href: '#', tone: 'attention' },
      ]} />
    </Example>
  )
}
