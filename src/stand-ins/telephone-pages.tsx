import { translator } from '../platform/i18n.ts'
import type { Answer, Call, Routes } from './http.ts'
import { verificationCode, type SimOperator } from './remote-signing.ts'
import { langOf, standInPage } from './stand-in-page.tsx'

const links = [{ href: '/', key: 'stand-ins.nav.messages' }, { href: '/sim', key: 'stand-ins.nav.sim' }]

/** What a telephone with a certificate on its SIM card shows while somebody asks for a signature: who, the code, and the field for the PIN. */
export function telephonePages(operator: SimOperator): Routes {
  return {
    'GET /sim': (call) => page(call, operator, call.url.searchParams.get('kq') ?? undefined),
    'GET /sim/waiting': (call) => ({ status: 200, type: 'application/json', body: JSON.stringify(operator.waiting(call.url.searchParams.get('to') ?? undefined).map(({ id, phone, hash }) => ({ id, phone, code: verificationCode(hash) }))) }),
    'POST /sim': (call) => {
      const form = new URLSearchParams(call.body)
      const id = form.get('id') ?? ''
      if (form.get('act') === 'refuse') operator.refuse(id)
      const outcome = form.get('act') === 'refuse' ? 'refused' : operator.confirm(id, form.get('pin') ?? '')
      return { status: 303, body: '', headers: { location: `/sim?lang=${form.get('lang') === 'en' ? 'en' : 'vi'}&to=${encodeURIComponent(form.get('to') ?? '')}&kq=${outcome}` } }
    },
  }
}

function page(call: Call, operator: SimOperator, outcome: string | undefined): Answer {
  const lang = langOf(call)
  const t = translator(lang)
  const to = call.url.searchParams.get('to') ?? ''
  const known = outcome && /^(confirmed|wrong-pin|blocked|gone|refused)$/.test(outcome) ? outcome : undefined
  const waiting = operator.waiting(to || undefined)
  return standInPage(lang, 'stand-ins.nav.sim', links, (
    <>
      {known && <p role="status"><strong>{t(`stand-ins.sim.outcome.${known}`)}</strong></p>}
      <p>{t('stand-ins.sim.lead')} <a href={`/sim?lang=${lang}&to=${encodeURIComponent(to)}`}>{t('stand-ins.sim.reload')}</a></p>
      {waiting.length === 0 && <p>{t('stand-ins.sim.none')}</p>}
      {waiting.map((request) => (
        <form method="post" action="/sim">
          <h2>{request.phone}</h2>
          <p>{request.client}</p>
          <p>{t('stand-ins.sim.code')} <code>{verificationCode(request.hash)}</code></p>
          <input type="hidden" name="id" value={request.id} /><input type="hidden" name="to" value={to} /><input type="hidden" name="lang" value={lang} />
          <p>
            <label for={`pin-${request.id}`}>{t('stand-ins.sim.pin')}</label>
            <input id={`pin-${request.id}`} name="pin" type="password" inputMode="numeric" autocomplete="off" />
          </p>
          <button type="submit" name="act" value="confirm">{t('stand-ins.sim.confirm')}</button> <button type="submit" name="act" value="refuse">{t('stand-ins.sim.refuse')}</button>
        </form>
      ))}
    </>
  ), 200, `/sim?lang=${lang === 'vi' ? 'en' : 'vi'}`)
}
