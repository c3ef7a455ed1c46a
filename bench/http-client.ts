import { Agent, request } from 'node:http'

export interface Answer { status: number; body: string; headers: Record<string, string | string[] | undefined> }

/** A keep-alive client with one socket a worker, so that connections are what the figures say. */
export function httpClient(baseUrl: string): (worker: number, method: string, path: string, options?: { headers?: Record<string, string>; body?: string }) => Promise<Answer> {
  const agents = new Map<number, Agent>()
  const { hostname, port } = new URL(baseUrl)
  return (worker, method, path, options = {}) => {
    let agent = agents.get(worker)
    if (!agent) agents.set(worker, (agent = new Agent({ keepAlive: true, maxSockets: 1 })))
    return new Promise((resolve, reject) => {
      const headers = { ...options.headers, ...(options.body === undefined ? {} : { 'content-length': String(Buffer.byteLength(options.body)) }) }
      const outgoing = request({ hostname, port, method, path, agent, headers }, (incoming) => {
        const chunks: Buffer[] = []
        incoming.on('data', (chunk: Buffer) => chunks.push(chunk))
        incoming.on('end', () => resolve({ status: incoming.statusCode ?? 0, body: Buffer.concat(chunks).toString(), headers: incoming.headers }))
      })
      outgoing.on('error', reject)
      outgoing.end(options.body)
    })
  }
}
