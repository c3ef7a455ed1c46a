import { createServer, type Server, type Socket } from 'node:net'
import { readMail } from './mail-text.ts'
import type { MessageBox } from './message-box.ts'

const maxBytes = 5_000_000

/** Takes mail for anybody and puts it into the message box (RFC 5321, the part that a sending program uses). */
export function smtpServer(box: MessageBox): Server {
  return createServer((socket) => converse(socket, box))
}

function converse(socket: Socket, box: MessageBox): void {
  let pending = ''
  let recipients: string[] = []
  let inData = false
  const say = (line: string): void => void socket.write(`${line}\r\n`)
  const commands: Record<string, (rest: string) => void> = {
    EHLO: () => say(`250-motcua stand-in\r\n250-SIZE ${maxBytes}\r\n250-8BITMIME\r\n250 AUTH PLAIN`),
    HELO: () => say('250 motcua stand-in'),
    AUTH: () => say('235 2.7.0 accepted'),
    MAIL: () => { recipients = []; say('250 2.1.0 ok') },
    RCPT: (rest) => {
      const address = /^TO:\s*<([^<>\s]+@[^<>\s]+)>/i.exec(rest)?.[1]
      if (!address) return say('501 5.1.3 bad address')
      recipients.push(address)
      say('250 2.1.5 ok')
    },
    DATA: () => {
      if (recipients.length === 0) return say('503 5.5.1 no recipient')
      inData = true
      say('354 end with a dot')
    },
    RSET: () => { recipients = []; say('250 2.0.0 ok') },
    NOOP: () => say('250 2.0.0 ok'),
    QUIT: () => { say('221 2.0.0 bye'); socket.end() },
  }
  const deliver = (source: string): void => {
    // A line that began with a dot got a second one on the way (transparency).
    const { subject, text } = readMail(source.replace(/\r\n\.\./g, '\r\n.'))
    const key = /^message-id:\s*(\S+)/im.exec(source)?.[1]
    for (const to of recipients) box.add({ channel: 'email', to, subject, text, ...(key ? { key: `${key} ${to}` } : {}) })
    recipients = []
    say('250 2.0.0 taken')
  }
  const advance = (): boolean => {
    const mark = inData ? '\r\n.\r\n' : '\r\n'
    const end = pending.indexOf(mark)
    if (end < 0) return false
    const taken = pending.slice(0, end)
    pending = pending.slice(end + mark.length)
    if (inData) {
      inData = false
      deliver(taken)
    } else {
      const [verb = '', rest = ''] = [taken.slice(0, 4).toUpperCase(), taken.slice(5)]
      ;(commands[verb] ?? (() => say('502 5.5.2 unknown command')))(rest)
    }
    return true
  }
  socket.setEncoding('latin1')
  socket.on('error', () => socket.destroy())
  socket.on('data', (chunk) => {
    pending += String(chunk)
    if (pending.length > maxBytes) return void socket.end('552 5.3.4 too large\r\n')
    while (advance()) continue
  })
  say('220 motcua stand-in ready')
}
