import { EventEmitter } from 'node:events'
import { join } from 'node:path'
import type { NodeConfig } from './config.ts'
import { openDatabase, type Sql } from './db.ts'
import { localFiles, type FileStore } from './files.ts'
import { openLog, type Logger } from './log.ts'
import type { Module } from './module.ts'

/** One running instance: the national node, or the system of one ministry or province. */
export interface Node {
  readonly config: NodeConfig
  readonly db: Sql
  readonly files: FileStore
  readonly log: Logger
  readonly modules: readonly Module[]
  /** Requests being answered by this process right now: background work that can wait gives way to people who do. */
  readonly load: { requests: number }
  /** The clock. Tests move it; nothing else asks the machine for the time in rules. */
  now(): Date
  /** Wakes whoever waits for a topic ('ledger', 'jobs', 'exchange') in this process, after a commit. Loss of a nudge costs only the poll interval. */
  nudge(topic: string): void
  onNudge(topic: string, listener: () => void): () => void
}

export interface NodeOptions {
  now?: () => Date
  log?: Logger
  db?: Sql
}

export function createNode(config: NodeConfig, modules: readonly Module[], options: NodeOptions = {}): Node {
  const bus = new EventEmitter().setMaxListeners(100)
  return {
    config,
    db: options.db ?? openDatabase(config.databaseUrl, { max: config.poolSize, name: `motcua ${config.slug}` }),
    files: localFiles(join(config.dataDir, 'files')),
    log: options.log ?? openLog(config.slug, config.logLevel),
    modules: modules.filter((m) => !m.on || m.on === config.kind),
    load: { requests: 0 },
    now: options.now ?? (() => new Date()),
    nudge: (topic) => void bus.emit(topic),
    onNudge: (topic, listener) => {
      bus.on(topic, listener)
      return () => void bus.off(topic, listener)
    },
  }
}
