import type { VNode } from 'preact'
import { Icon } from '../components/icon.tsx'
import { usePage } from '../use-page.ts'

/** Telephone of the help desk as a link that dials. */
export function HelpPhone(): VNode {
  const { brand } = usePage()
  return <a class="govuk-link mc-phone" href={`tel:${brand.phone.replace(/[^\d+]/g, '')}`}><Icon name="phone" />{brand.phone}</a>
}
