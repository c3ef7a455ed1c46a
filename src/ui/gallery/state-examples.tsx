import type { VNode } from 'preact'
import { Deadline } from '../components/deadline.tsx'
import { Stepper } from '../components/stepper.tsx'
import { SummaryList } from '../components/summary-list.tsx'
import { Table } from '../components/table.tsx'
import { Tag } from '../components/tag.tsx'
import { TaskList } from '../components/task-list.tsx'
import { Timeline } from '../components/timeline.tsx'
import { Example } from './gallery.tsx'
import { useSample } from './sample-text.ts'

const now = new Date('2026-11-22T03:05:00Z')
const after = (hours: number): Date => new Date(now.getTime() + hours * 3_600_000)

export function StateExamples(): VNode {
  const say = useSample()
  return (
    <Example title={say('Hồ sơ và trạng thái', 'Dossiers and states')}>
      <p class="govuk-body mc-row">
        <Tag>{say('Mới', 'New')}</Tag> <Tag tone="running">{say('Đang xử lý', 'In progress')}</Tag> <Tag tone="paused">{say('Tạm dừng', 'Paused')}</Tag>{' '}
        <Tag tone="attention">{say('Cần bổ sung', 'Supplement needed')}</Tag> <Tag tone="late">{say('Quá hạn', 'Late')}</Tag> <Tag tone="done">{say('Đã trả kết quả', 'Result returned')}</Tag> <Tag tone="stopped">{say('Từ chối', 'Refused')}</Tag>
      </p>
      <Stepper current={2} steps={[{ title: say('Người nộp', 'Applicant'), href: '#' }, { title: say('Giấy tờ', 'Papers'), href: '#' }, { title: say('Kiểm tra lại', 'Check'), note: say('Khoảng 2 phút', 'About 2 minutes') }, { title: say('Nộp', 'Submit') }]} />
      <TaskList items={[
        { title: say('Thông tin người nộp', 'About the applicant'), href: '#', status: { text: say('Đã xong', 'Done') } },
        { title: say('Giấy phép lái xe hiện có', 'Present licence'), href: '#', hint: say('Lấy tự động từ cơ sở dữ liệu', 'Fetched from the register'), status: { text: say('Đang làm', 'In progress'), tone: 'running' } },
        { title: say('Kiểm tra và nộp', 'Check and submit'), status: { text: say('Chưa làm được', 'Cannot start yet') } },
      ]} />
      <SummaryList card={{ title: say('Người nộp', 'Applicant') }} rows={[
        { key: say('Họ và tên', 'Full name'), value: 'Nguyễn Thị Ánh Tuyết', actions: [{ href: '#', about: say('họ và tên', 'full name') }] },
        { key: say('Ngày sinh', 'Date of birth'), value: '22/11/1994', actions: [{ href: '#', about: say('ngày sinh', 'date of birth') }] },
        { key: say('Lệ phí', 'Fee'), value: say('50.000 đồng', '50,000 dong') },
      ]} />
      <DossierTable />
      <Timeline label={say('Quá trình giải quyết', 'History')} items={[
        { at: now, title: say('Tiếp nhận hồ sơ', 'Dossier accepted'), by: say('Bộ phận Một cửa phường Pleiku', 'One-stop office, Pleiku Ward'), tone: 'done' },
        { at: after(4), title: say('Đang thẩm định', 'Under review'), by: say('Phòng Kinh tế', 'Economy Division'), tone: 'running', children: <p class="govuk-body">{say('Dự kiến xong trước 17:00, 24/11/2026.', 'Expected by 17:00, 24/11/2026.')}</p> },
        { at: after(8), title: say('Yêu cầu bổ sung', 'Supplement requested'), tone: 'attention' },
      ]} />
    </Example>
  )
}

function DossierTable(): VNode {
  const say = useSample()
  const row = (code: string, name: string, hours: number, tag: VNode): { href: string; late: boolean; cells: VNode[] } =>
    ({ href: '#', late: hours < 0, cells: [<a class="govuk-link mc-code" href="#">{code}</a>, <>{name}</>, <Deadline due={after(hours)} now={now} />, tag] })
  return (
    <>
      <Table wide keys caption={say('Hồ sơ đang xử lý', 'Dossiers in progress')}
        columns={[{ header: say('Mã hồ sơ', 'Code') }, { header: say('Thủ tục', 'Procedure') }, { header: say('Thời hạn', 'Deadline'), sort: { href: '#', direction: 'ascending' } }, { header: say('Trạng thái', 'State'), sort: { href: '#' } }]}
        rows={[
          row('H21.52.3-261120-0007', say('Đổi giấy phép lái xe', 'Exchange of a driving licence'), -27, <Tag tone="late">{say('Quá hạn', 'Late')}</Tag>),
          row('H21.52.3-261121-0012', say('Đăng ký khai sinh', 'Registration of birth'), 5.5, <Tag tone="running">{say('Đang xử lý', 'In progress')}</Tag>),
          row('H21.52.3-261121-0031', say('Đăng ký hộ kinh doanh', 'Registration of a household business'), 51.2, <Tag tone="attention">{say('Cần bổ sung', 'Supplement needed')}</Tag>),
        ]} />
      <p class="govuk-body"><Deadline due={after(51.2)} now={now} exact /></p>
      <p class="govuk-body"><Deadline due={after(5)} now={now} state="paused" exact /></p>
      <p class="govuk-body"><Deadline due={after(-5)} now={now} state="done" exact /></p>
    </>
  )
}
