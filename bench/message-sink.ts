import { createServer } from 'node:http'
import { createServer as createTcpServer } from 'node:net'

/** Takes text messages and mail and says yes, so that notices of the measured filings go out and cost what they cost. */
export async function startMessageSink(): Promise<{ smsUrl: string; smtpUrl: string; stop(): void }> {
  let count = 0
  const sms = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const body = JSON.parse(Buffer.concat(chunks).toString()) as { ids?: string[] }
      response.setHeader('content-type', 'application/json').end(JSON.stringify(body.ids ? Object.fromEntries(body.ids.map((id) => [id, 'delivered'])) : { id: `sink-${++count}` }))
    })
  })
  const mail = createTcpServer((socket) => socket.end('421 not here\r\n'))
  const port = (server: { address(): unknown }): number => (server.address() as { port: number }).port
  await Promise.all([sms, mail].map((server) => new Promise<void>((done) => server.listen(0, '127.0.0.1', done))))
  return {
    smsUrl: `http://127.0.0.1:${port(sms)}`, smtpUrl: `smtp://127.0.0.1:${port(mail)}`,
    stop: () => { sms.close(); sms.closeAllConnections(); mail.close() },
  }
}
