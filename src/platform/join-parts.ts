import type { Module } from './module.ts'
import type { Node } from './node.ts'

/** A chapter of a module's table of contents: what one of its sub-folders brings. */
export type Part = Omit<Module, 'name' | 'on'>

/** One module of several parts; each is started and stopped with the others. */
export function joinParts(name: string, parts: readonly Part[]): Module {
  const merged = <T>(pick: (part: Part) => Readonly<Record<string, T>> | undefined): Record<string, T> => Object.assign({}, ...parts.map((p) => pick(p) ?? {})) as Record<string, T>
  const inTurn = (step: 'start' | 'stop' | 'seed') => async (node: Node): Promise<void> => {
    for (const part of parts) await part[step]?.(node)
  }
  return {
    name,
    permissions: merged((p) => p.permissions),
    portalNav: parts.flatMap((p) => p.portalNav ?? []),
    deskNav: parts.flatMap((p) => p.deskNav ?? []),
    routes: (node) => parts.flatMap((p) => p.routes?.(node) ?? []),
    followers: (node) => parts.flatMap((p) => p.followers?.(node) ?? []),
    jobs: merged((p) => p.jobs),
    batchJobs: merged((p) => p.batchJobs),
    urgentQueues: parts.flatMap((p) => p.urgentQueues ?? []),
    serviceTasks: merged((p) => p.serviceTasks),
    services: merged((p) => p.services),
    papers: merged((p) => p.papers),
    start: inTurn('start'),
    stop: inTurn('stop'),
    seed: inTurn('seed'),
    async mount(app, node) {
      for (const part of parts) await part.mount?.(app, node)
    },
  }
}
