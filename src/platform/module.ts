import type { FastifyInstance } from 'fastify'
import type { Ctx } from './ctx.ts'
import type { Tx } from './db.ts'
import type { Route } from './http/route.ts'
import type { BatchHandler, JobHandler } from './jobs.ts'
import type { Node } from './node.ts'
import type { LedgerEvent } from './ledger-event.ts'

/** Work that follows the ledger with a cursor of its own: exactly once for rows, since the cursor moves in the same transaction. */
export interface Follower {
  readonly name: string
  /** Text key of what an administrator reads for its name. */
  readonly title: string
  /** Event types it wants; all when absent. */
  readonly types?: readonly string[]
  /** 'now': only events after its first start (a notifier must not repeat history). Default 'beginning'. */
  readonly from?: 'beginning' | 'now'
  /** May wait a second or two while people wait for pages: notices, papers. What others count on at once is not patient. */
  readonly patient?: boolean
  /** False while it waits for something else than events: then it is asked again a second later. */
  isReady?(): boolean
  handle(tx: Tx, events: readonly LedgerEvent[], node: Node): Promise<void>
}

/** A message that another node sent; its effect and its inbox row are one transaction. */
export interface InboundMessage {
  readonly id: string
  readonly from: string
  readonly service: string
  readonly subject: string
  readonly payload: unknown
  readonly sentAt: Date
}
export type ServiceHandler = (tx: Tx, ctx: Ctx, message: InboundMessage) => Promise<void>

/** A paper whose words are settled and that is not typeset yet. */
export interface OrderedPaper { readonly id: string; readonly kind: string; /** What it is about: a dossier id. */ readonly subject: string; readonly title: string; readonly number: string | null; readonly signedAt: Date | null }

/** Makes the papers of one kind of order, and says what follows when one is kept. */
export interface PaperMaker {
  /** The finished bytes, signed. Called again after a failure, and by two at once where two people open the same paper: the first to be kept counts. */
  make(ctx: Ctx, paper: OrderedPaper, payload: Record<string, unknown>): Promise<Uint8Array>
  /** In the transaction that keeps it. */
  kept?(tx: Tx, ctx: Ctx, paper: OrderedPaper): Promise<void>
}

/** What a process asks a module to do, and for which subject (a dossier id); `item` where it is done for each of several things. */
export interface ServiceTaskInput { readonly subject: string; readonly variables: Readonly<Record<string, unknown>>; readonly item?: unknown }

/** Work of a service task ("bước tự động"). At least once: a repeat must have no second effect. What it answers becomes variables of the process: codes and numbers, no personal data. */
export type ServiceTask = (ctx: Ctx, input: ServiceTaskInput) => Promise<Readonly<Record<string, unknown>>>

/** Thrown by a service task: an answer that the process may have drawn a way for, by its code. */
export class ServiceError extends Error {
  readonly code: string

  constructor(code: string, options?: ErrorOptions) {
    super(`service error ${code}`, options)
    this.code = code
  }
}

/** Heading under which an item stands in the desk's menu; the daily work where it names none. */
export type NavGroup = 'work' | 'people' | 'catalogue' | 'officers' | 'log-in' | 'system'
export interface NavItem { readonly href: string; readonly key: string; readonly permission?: string; readonly order?: number; readonly group?: NavGroup }

/** A business capability: a folder under src/modules that can be read whole. This is its table of contents. */
export interface Module {
  readonly name: string
  /** Only on nodes of this kind; both when absent. */
  readonly on?: 'national' | 'local'
  /** Rights that its routes ask for, each with a sentence for the person who grants it. */
  readonly permissions?: Readonly<Record<string, { vi: string; en: string }>>
  readonly portalNav?: readonly NavItem[]
  readonly deskNav?: readonly NavItem[]
  routes?(node: Node): Route[]
  /** For what is not a plain route: the OpenID provider. */
  mount?(app: FastifyInstance, node: Node): Promise<void>
  followers?(node: Node): Follower[]
  readonly jobs?: Readonly<Record<string, JobHandler>>
  /** Queues whose jobs are many and cheap, done together. */
  readonly batchJobs?: Readonly<Record<string, BatchHandler>>
  /** Those of its queues for which somebody waits at a page, such as one-time codes: they do not give way to requests. */
  readonly urgentQueues?: readonly string[]
  /** Work that processes may ask for, by the name that their service tasks give. */
  readonly serviceTasks?: Readonly<Record<string, ServiceTask>>
  readonly services?: Readonly<Record<string, ServiceHandler>>
  /** Makers of ordered papers, by the name that orders give. */
  readonly papers?: Readonly<Record<string, PaperMaker>>
  start?(node: Node): Promise<void>
  stop?(node: Node): Promise<void>
  /** Reference data and, where config.demo is set, demo data. Runs at every start; a second run changes nothing. */
  seed?(node: Node): Promise<void>
}
