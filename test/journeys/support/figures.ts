import assert from 'node:assert/strict'
import { open, type Visitor } from './browser.ts'
import type { JourneyCountry } from './country.ts'
import type { ProcedureCode } from './filing.ts'

type Figure = 'submitted' | 'received' | 'inProgress' | 'onTime'

/** The national live page, narrowed to one procedure, open on a screen beside the story. */
export interface Board {
  who: Visitor
  /** The figure is so much more than when the board was opened; how long that took, in milliseconds. */
  moved(figure: Figure, by: number): Promise<number>
}

export async function openBoard(who: Visitor, place: JourneyCountry, procedure: ProcedureCode): Promise<Board> {
  const read = async (figure: Figure): Promise<number> => Number((await who.page.locator(`[data-live="total.${figure}"]`).first().innerText()).replace(/\D/g, ''))
  await open(who, place.at('national', `/so-lieu?thu-tuc=${procedure}`))
  const figures: Figure[] = ['submitted', 'received', 'inProgress', 'onTime']
  const begun = Object.fromEntries(await Promise.all(figures.map(async (f) => [f, await read(f)] as const)))
  return {
    who,
    async moved(figure, by) {
      const started = Date.now()
      while ((await read(figure)) !== begun[figure]! + by) {
        assert.ok(Date.now() < started + 15_000, `${figure} moves from ${begun[figure]} by ${by}; now ${await read(figure)}`)
        await who.page.waitForTimeout(50)
        // Without scripts the page does not move by itself.
        if (!who.scripts) await who.page.reload()
      }
      return Date.now() - started
    },
  }
}
