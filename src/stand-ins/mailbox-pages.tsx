import { generateSync } from 'otplib'
import type { ComponentChildren } from 'preact'
import { formatDate, formatDateTime, translator } from '../platform/i18n.ts'
import { demoOrganisations } from './demo-organisations.ts'
import { demoCitizens, demoOfficers } from './demo-people.ts'
import type { Answer, Call, Routes } from './http.ts'
import type { MessageBox } from './message-box.ts'
import { DataTable, langOf, standInPage } from './stand-in-page.tsx'

const links = [{ href: '/', key: 'stand-ins.nav.messages' }, { href: '/can-bo', key: 'stand-ins.nav.officers' }, { href: '/nguoi-dan', key: 'stand-ins.nav.citizens' }, { href: '/sim', key: 'stand-ins.nav.sim' }]
const period = 30

/** The pages on which people read what the system sent them, and find the invented people's accounts. */
export function mailboxPages(box: MessageBox): Routes {
  return {
    'GET /': (call) => messagesPage(call, box),
    'GET /can-bo': officersPage,
    'GET /nguoi-dan': citizensPage,
  }
}

function page(call: Call, key: string, content: ComponentChildren): Answer {
  const lang = langOf(call)
  return standInPage(lang, key, links, content, 200, `${call.url.pathname}?lang=${lang === 'vi' ? 'en' : 'vi'}`)
}

function messagesPage(call: Call, box: MessageBox): Answer {
  const t = translator(langOf(call))
  const to = call.url.searchParams.get('to') ?? ''
  const messages = box.list(to)
  const rows = messages.map((m) => [formatDateTime(new Date(m.at)), m.to, <>{m.subject && <><strong>{m.subject}</strong><br /></>}<Lines text={m.text} /></>])
  return page(call, 'stand-ins.nav.messages', (
    <>
      <form action="/" method="get">
        <input type="hidden" name="lang" value={t.lang} />
        <p>
          <label for="to">{t('stand-ins.filter.label')}</label>
          <input id="to" name="to" value={to} autocomplete="off" /> <button type="submit">{t('stand-ins.filter.submit')}</button>
        </p>
      </form>
      {rows.length === 0 ? <p>{t('stand-ins.messages.none')}</p> : <DataTable caption={t('stand-ins.messages.caption')} heads={['at', 'to', 'text'].map((h) => t(`stand-ins.messages.${h}`))} rows={rows} />}
    </>
  ))
}

/** Text with its line breaks; addresses that the nodes sent can be followed. */
function Lines({ text }: { text: string }) {
  return <>{text.split('\n').map((line, i) => <>{i > 0 && <br />}{line.split(/(https?:\/\/\S+)/).map((part, j) => (j % 2 ? <a href={part}>{part}</a> : part))}</>)}</>
}

function officersPage(call: Call): Answer {
  const t = translator(langOf(call))
  const now = Math.floor(Date.now() / 1000)
  const heads = ['login', 'password', 'code', 'role', 'node', 'name'].map((h) => t(`stand-ins.officers.${h}`))
  const rows = demoOfficers.map((o) => [<code>{o.login}</code>, <code>{o.password}</code>, <code>{generateSync({ secret: o.totpSecret, epoch: now, period })}</code>, t(`stand-ins.role.${o.role}`), t(`stand-ins.node.${o.node}`), o.name])
  return page(call, 'stand-ins.nav.officers', (
    <>
      <p>{t('stand-ins.officers.note', { count: period - (now % period) })}</p>
      <DataTable caption={t('stand-ins.officers.caption')} heads={heads} rows={rows} />
    </>
  ))
}

function citizensPage(call: Call): Answer {
  const t = translator(langOf(call))
  const heads = ['number', 'insurance', 'name', 'birth', 'phone', 'email', 'story'].map((h) => t(`stand-ins.citizens.${h}`))
  const rows = demoCitizens.map((c) => [<code>{c.idNumber}</code>, <code>{c.socialInsurance}</code>, c.fullName, formatDate(c.birthDate), <a href={`/?to=${c.phone}`}>{c.phone}</a>, c.email, c.story[t.lang]])
  const organisations = demoOrganisations.map((o) => [<code>{o.taxCode}</code>, o.name, <code>{o.representativeIdNumber}</code>, t(`stand-ins.organisations.${o.state}`)])
  return page(call, 'stand-ins.nav.citizens', (
    <>
      <DataTable caption={t('stand-ins.citizens.caption')} heads={heads} rows={rows} />
      <DataTable caption={t('stand-ins.organisations.caption')} heads={['code', 'name', 'representative', 'state'].map((h) => t(`stand-ins.organisations.${h}`))} rows={organisations} />
    </>
  ))
}
