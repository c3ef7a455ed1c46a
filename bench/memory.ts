import { readdirSync, readFileSync } from 'node:fs'

/** Resident memory of a process in MB (VmRSS); 0 where /proc does not tell. */
export function residentMb(pid: number): number {
  try {
    return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024
  } catch {
    return 0
  }
}

/** Proportional share of a process in MB: what shared buffers cost once is counted once. */
function shareMb(pid: number): number {
  try {
    return Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1] ?? 0) / 1024
  } catch {
    return 0
  }
}

/** Looks every 100 ms, at the database server `server` (or, without it, at all there are on this machine) every ten seconds, which costs more. */
export function watchMemory(pid: number, server?: number): { peak(): number; postgres(): number } {
  let peak = residentMb(pid)
  let database = 0
  const timer = setInterval(() => {
    peak = Math.max(peak, residentMb(pid))
  }, 100)
  const slow = setInterval(() => {
    database = Math.max(database, postgresMb(server))
  }, server === undefined ? 2000 : 10_000)
  timer.unref()
  slow.unref()
  return { peak: () => peak, postgres: () => Math.max(database, server === undefined ? 0 : postgresMb(server)) }
}

function postgresMb(server?: number): number {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name))
  return pids.reduce((sum, pid) => {
    try {
      const isOurs = server === undefined || Number(pid) === server || Number(readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/^.*\) /, '').split(' ')[1]) === server
      return isOurs && readFileSync(`/proc/${pid}/comm`, 'utf8').trim() === 'postgres' ? sum + shareMb(Number(pid)) : sum
    } catch {
      return sum
    }
  }, 0)
}

/** Processor time of a process, its threads and its children so far, in ms; 0 where /proc does not tell. */
export function cpuMs(pid: number): number {
  const ticks = (id: string | number): { own: number; parent: number } => {
    try {
      const fields = readFileSync(`/proc/${id}/stat`, 'utf8').replace(/^.*\) /, '').split(' ')
      return { own: Number(fields[11]) + Number(fields[12]), parent: Number(fields[1]) }
    } catch {
      return { own: 0, parent: 0 }
    }
  }
  const children = readdirSync('/proc').filter((name) => /^\d+$/.test(name) && ticks(name).parent === pid)
  return [String(pid), ...children].reduce<number>((sum, id) => sum + ticks(id).own * 10, 0)
}

/** Processor time that all programs of the machine have used so far, in ms; 0 where /proc does not tell. */
export function machineCpuMs(): number {
  try {
    const [user, nice, system, , , irq, softirq] = /^cpu +(.*)$/m.exec(readFileSync('/proc/stat', 'utf8'))![1]!.split(' ').map(Number)
    return (user! + nice! + system! + irq! + softirq!) * 10
  } catch {
    return 0
  }
}

/** Milliseconds of processor that each program has used so far; what the node started (the typesetter) belongs to it. The load is this process. */
export function processorOf(node: number, database: number): Processor {
  const { user, system } = process.cpuUsage()
  return { node: cpuMs(node), database: cpuMs(database), load: (user + system) / 1000 }
}

export interface Processor { node: number; database: number; load: number }

export const perUnit = (before: Processor, after: Processor, units: number): Processor => ({ node: (after.node - before.node) / units, database: (after.database - before.database) / units, load: (after.load - before.load) / units })
