import { createServer, request as httpRequest, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** What the network does with one request. */
export type Fate = 'pass' | 'refuse' | 'lose-request' | 'lose-answer' | 'twice'

export interface Gate {
  readonly url: string
  /** Port of the node behind; set when it listens. */
  target: number
  fate: (path: string) => Fate
  /** Bodies of the requests to /exchange/v1/messages that passed, newest last. */
  readonly captured: string[]
  close(): Promise<void>
}

/** A door on the loopback in front of a node, through which all requests to it go, so that a test can play the bad network. */
export async function openGate(): Promise<Gate> {
  const server = createServer((req, res) => void pass(gate, req, res).catch(() => res.destroy()))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const gate: Gate = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    target: 0,
    fate: () => 'pass',
    captured: [],
    close: () => new Promise((resolve) => {
      server.close(() => resolve())
      server.closeAllConnections()
    }),
  }
  return gate
}

async function pass(gate: Gate, req: IncomingMessage, res: ServerResponse): Promise<void> {
  const chunks: Buffer[] = []
  for await (const chunk of req) chunks.push(chunk as Buffer)
  const body = Buffer.concat(chunks)
  const fate = gate.fate(req.url!)
  if (fate === 'refuse') return void res.writeHead(502).end()
  if (fate === 'lose-request') return void res.destroy()
  if (req.url === '/exchange/v1/messages') gate.captured.push(body.toString('utf8'))
  const first = forward(gate.target, req, body)
  const answer = fate === 'twice' ? (await Promise.all([first, forward(gate.target, req, body)]))[1] : await first
  if (fate === 'lose-answer') return void res.destroy()
  res.writeHead(answer.status, { 'content-type': answer.type }).end(answer.body)
}

function forward(port: number, req: IncomingMessage, body: Buffer): Promise<{ status: number; type: string; body: Buffer }> {
  return new Promise((resolve, reject) => {
    const out = httpRequest({ host: '127.0.0.1', port, path: req.url, method: req.method, headers: { 'content-type': req.headers['content-type'] ?? 'text/plain', 'content-length': body.length, cookie: req.headers.cookie ?? '' } }, (answer) => {
      const chunks: Buffer[] = []
      answer.on('data', (chunk: Buffer) => chunks.push(chunk))
      answer.on('end', () => resolve({ status: answer.statusCode!, type: answer.headers['content-type'] ?? '', body: Buffer.concat(chunks) }))
      answer.on('error', reject)
    })
    out.on('error', reject)
    out.end(body)
  })
}
