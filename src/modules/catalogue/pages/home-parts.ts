import type { ComponentChild } from 'preact'
import type { Req } from '../../../platform/http/route.ts'

/** What another module shows on the home page, such as live figures. Undefined shows nothing. */
export interface HomePart { readonly name: string; readonly order: number; render(req: Req): Promise<ComponentChild | undefined> }

const parts = new Map<string, HomePart>()

/** Called once by a module that knows the catalogue; a part of the same name takes the place of the former. */
export function addHomePart(part: HomePart): void {
  parts.set(part.name, part)
}

/** The parts in their order; one that fails is left out, so that the home page always answers. */
export async function renderHomeParts(req: Req): Promise<ComponentChild[]> {
  const sorted = [...parts.values()].sort((a, b) => a.order - b.order)
  const rendered = await Promise.all(sorted.map(async (part) => {
    try {
      return await part.render(req)
    } catch (error) {
      req.ctx.log.error({ err: error, part: part.name }, 'a part of the home page failed')
      return undefined
    }
  }))
  return rendered.filter((r) => r !== undefined)
}
