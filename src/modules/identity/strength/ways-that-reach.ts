import type { LogInWay } from '../ways/log-in-ways.ts'
import type { Strength } from './demand-strength.ts'

export interface StrongWay { way: LogInWay; href: string }

interface Reach { way: LogInWay; reaches: Strength; href: (level: Strength) => string }

/** How strong each way can be (Decision 31/2021 art. 11.3): a certificate with its PIN is high, a number with a one-time code medium. */
const reach: readonly Reach[] = [
  { way: 'identity-provider', reaches: 3, href: (level) => (level === 3 ? '/dang-nhap/dinh-danh-dien-tu?muc=3' : '/dang-nhap/dinh-danh-dien-tu') },
  { way: 'token', reaches: 3, href: () => '/dang-nhap/chung-thu-so' },
  { way: 'sim', reaches: 3, href: () => '/dang-nhap/sim-ky-so' },
  { way: 'passkey', reaches: 2, href: () => '/dang-nhap/khoa-truy-cap' },
  // Who is logged in already comes here to prove it once more.
  { way: 'phone', reaches: 2, href: () => '/dang-nhap?lai=1' },
]

/** The open ways by which a person gets to a level, the strongest first. */
export function waysThatReach(level: Strength, open: readonly LogInWay[]): StrongWay[] {
  return reach.filter((r) => r.reaches >= level && open.includes(r.way)).map(({ way, href }) => ({ way, href: href(level) }))
}
