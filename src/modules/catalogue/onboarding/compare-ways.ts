import type { MethodChannel, ProcedureContent } from '../content.ts'

/** What a way of applying costs a person besides time and fee. */
export interface Way {
  channel: MethodChannel
  /** Ways to an office and back: to file, and to fetch the result. */
  trips: number
  /** Papers to hand over on paper. */
  papers: number
}

/**
 * Doing it online beside doing it at the desk or by post (S4 art. 29.1: online must be simpler and cheaper). Online in full (toàn trình) needs
 * no trip; online in part needs one, to show originals or fetch the result. At the desk one goes to file and again to fetch, once where it
 * is answered while one waits. The post comes to the house. Papers that the office fetches itself are nobody's to bring.
 */
export function compareWays(content: Pick<ProcedureContent, 'methods' | 'components' | 'onlineLevel' | 'service'>): Way[] {
  const papers = content.components.filter((c) => c.source !== 'we-fetch-it').length
  const waits = content.service?.inDay === true || content.methods.some((m) => m.channel === 'desk' && m.limit?.unit === 'hour' && m.limit.value <= 4)
  const channels = [...new Set(content.methods.map((m) => m.channel))]
  return channels.map((channel) => {
    if (channel === 'desk') return { channel, trips: waits ? 1 : 2, papers }
    if (channel === 'post') return { channel, trips: 0, papers }
    return content.onlineLevel === 'partial' ? { channel, trips: 1, papers } : { channel, trips: 0, papers: 0 }
  })
}
