import { pino, type Logger } from 'pino'

export type { Logger }

/** Structured log of one node. What goes in: codes, ids, durations. What never goes in: names, numbers, addresses, form data. */
export function openLog(node: string, level: string): Logger {
  return pino({
    level,
    base: { node },
    redact: { paths: ['req.headers', '*.password', '*.token', '*.idNumber', '*.phone', '*.email', '*.fullName'], remove: true },
    timestamp: pino.stdTimeFunctions.isoTime,
  })
}
