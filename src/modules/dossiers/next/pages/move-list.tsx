import type { VNode } from 'preact'
import { usePage } from '../../../../ui/index.ts'
import { moveWords, type Move } from '../moves.ts'

/** What waits for the person, each with its date and the page where it is done. */
export function MoveList({ moves }: { moves: readonly Move[] }): VNode | null {
  const { t } = usePage()
  if (moves.length === 0) return null
  return (
    <>
      <h2 class="govuk-heading-m">{t('dossiers.own.yourMove')}</h2>
      <ul class="govuk-list govuk-list--spaced">{moves.map((move) => <li><a class="govuk-link" href={move.href}>{t(`dossiers.move.${move.kind}`, moveWords(move))}</a></li>)}</ul>
    </>
  )
}
