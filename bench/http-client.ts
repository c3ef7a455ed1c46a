import type { IncomingHttpHeaders } from 'node:http'
import { Client } from 'undici'

export interface Answer { status: number; body: string; headers: IncomingHttpHeaders }

/** A keep-alive client with one connection a worker, so that connections are what the figures say; of the clients for Node the one that takes least from the machine that is measured. */
export function httpClient(baseUrl: string): (worker: number, method: string, path: string, options?: { headers?: Record<string, string>; body?: string }) => Promise<Answer> {
  const clients = new Map<number, Client>()
  return async (worker, method, path, options = {}) => {
    let client = clients.get(worker)
    if (!client) clients.set(worker, (client = new Client(baseUrl, { pipelining: 1 })))
    const answer = await client.request({ method, path, ...options })
    return { status: answer.statusCode, body: await answer.body.text(), headers: answer.headers }
  }
}
