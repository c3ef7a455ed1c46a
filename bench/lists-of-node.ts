/** Who looks: an officer of one commune, one of the whole province, a person, a visitor. */
export type Seat = 'commune' | 'province' | 'person' | 'nobody'
export interface List { name: string; path: string; seat: Seat }

/** What is searched for. */
interface Known { code: string; reference: string; commune: string; officer: string }

/** Every list of a province's node, with each filter, order and page that it offers. */
export function listsOf({ code, reference, officer }: Known): List[] {
  const today = new Date()
  const days = (from: Date): string => `from-day=${from.getUTCDate()}&from-month=${from.getUTCMonth() + 1}&from-year=${from.getUTCFullYear()}`
  const desk = (seat: 'commune' | 'province'): List[] => [
    ...['tasks', 'incoming', 'messages', 'team', 'all'].map((view) => ({ name: `inbox, ${view}`, path: `/desk?view=${view}` })),
    ...['late', 'today', 'week'].map((due) => ({ name: `inbox, tasks, ${due}`, path: `/desk?view=tasks&due=${due}` })),
    { name: 'inbox, tasks, by step', path: '/desk?view=tasks&step=appraise' },
    { name: 'inbox, tasks, by procedure', path: '/desk?view=tasks&procedure=1.001193' },
    { name: 'inbox, tasks, mine', path: '/desk?view=tasks&who=me' },
    { name: 'inbox, tasks, nobody’s', path: '/desk?view=tasks&who=nobody' },
    { name: 'inbox, tasks, page 5', path: '/desk?view=tasks&page=5' },
    { name: 'inbox, team, a colleague’s', path: `/desk?view=team&who=${officer}` },
    { name: 'inbox, team, late', path: '/desk?view=team&due=late' },
    { name: 'inbox, team, page 100', path: '/desk?view=team&page=100' },
    { name: 'inbox, incoming, by procedure', path: '/desk?view=incoming&procedure=1.001193' },
    { name: 'inbox, incoming, page 3', path: '/desk?view=incoming&page=3' },
    ...['late', 'today', 'week'].map((due) => ({ name: `inbox, all, ${due}`, path: `/desk?view=all&due=${due}` })),
    ...['new', 'received', 'in-progress', 'supplement-required', 'payment-required', 'finished', 'returned', 'stopped'].map((state) => ({ name: `inbox, all, ${state}`, path: `/desk?view=all&state=${state}` })),
    { name: 'inbox, all, by procedure', path: '/desk?view=all&procedure=1.000894' },
    { name: 'inbox, all, newest first', path: '/desk?view=all&sort=submitted' },
    { name: 'inbox, all, page 100', path: '/desk?view=all&page=100' },
    { name: 'inbox, all, the last page there can be', path: '/desk?view=all&page=100000' },
    { name: 'inbox, all, by whole code', path: `/desk?view=all&q=${code}` },
    { name: 'inbox, all, by whole reference', path: `/desk?view=all&q=${reference}` },
    { name: 'inbox, all, by end of code', path: `/desk?view=all&q=${code.slice(-11)}` },
    { name: 'inbox, all, by beginning of code', path: `/desk?view=all&q=${code.slice(0, 14)}` },
    { name: 'inbox, all, by what is not there', path: '/desk?view=all&q=ZZZZZ' },
    { name: 'register, this month', path: '/desk/register' },
    { name: 'register, two years', path: `/desk/register?${days(new Date('2024-11-01'))}` },
    { name: 'register, two years, page 100', path: `/desk/register?${days(new Date('2024-11-01'))}&page=100` },
    { name: 'register, a month two years ago, by procedure', path: `/desk/register?${days(new Date('2024-12-01'))}&until-day=31&until-month=12&until-year=2024&procedure=1.000894` },
    { name: 'register, by channel and state', path: `/desk/register?${days(new Date(today.getTime() - 90 * 86_400_000))}&channel=post&state=returned` },
    { name: 'unplaced', path: '/desk/unplaced' },
    { name: 'workload', path: '/desk/workload' },
    { name: 'late', path: '/desk/late' },
    { name: 'late, page 5', path: '/desk/late?page=5' },
    { name: 'accountability', path: '/desk/accountability' },
    { name: 'consultations', path: '/desk/consultations' },
    { name: 'handovers', path: '/desk/handovers' },
    { name: 'API, desk', path: '/api/v1/desk/dossiers' },
    { name: 'API, desk, by state', path: '/api/v1/desk/dossiers?state=in-progress&size=100' },
    { name: 'API, desk, payment required', path: '/api/v1/desk/dossiers?state=payment-required' },
    { name: 'API, desk, who waits', path: '/api/v1/desk/dossiers?waiting=1' },
    { name: 'API, desk, newest first, page 250', path: '/api/v1/desk/dossiers?sort=submitted&page=250' },
    { name: 'API, desk, by code', path: `/api/v1/desk/dossiers?q=${code}` },
  ].map((list) => ({ ...list, seat }))
  return [
    ...desk('commune'), ...desk('province'),
    ...[
      { name: 'own dossiers', path: '/ho-so' }, { name: 'own dossiers, page 40', path: '/ho-so?trang=40' }, { name: 'account with what waits', path: '/tai-khoan' }, { name: 'messages', path: '/hop-thu' }, { name: 'messages, page 100', path: '/hop-thu?trang=100' },
      { name: 'API, own dossiers', path: '/api/v1/own-dossiers' }, { name: 'API, own dossiers, page 10', path: '/api/v1/own-dossiers?page=10&size=100' },
    ].map((list) => ({ ...list, seat: 'person' as const })),
    ...[
      { name: 'figures', path: '/so-lieu' }, { name: 'figures of an agency', path: '/so-lieu?agency=H21.160' }, { name: 'track by code', path: `/tra-cuu?code=${code}` }, { name: 'API, look-up', path: `/api/v1/dossiers/${code}` },
      { name: 'home', path: '/' }, { name: 'procedures', path: '/thu-tuc' }, { name: 'administrative units', path: '/don-vi-hanh-chinh' },
    ].map((list) => ({ ...list, seat: 'nobody' as const })),
  ]
}
