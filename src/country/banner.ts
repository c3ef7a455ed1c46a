import type { NodeConfig } from '../platform/config.ts'
import { langs, translator, type Lang, type Params } from '../platform/i18n.ts'
import { demoCitizens, demoOfficers, demoPassword } from '../stand-ins/demo-people.ts'

const loginsShown = ['motcua.pleiku', 'chuyenmon.pleiku', 'lanhdao.pleiku', 'quantri.quocgia']

/** One line in both languages: `Đang dừng … / Stopping …`. */
export function bothLanguages(key: string, params?: Params): string {
  return langs.map((lang) => translator(lang)(`country.${key}`, params)).join(' / ')
}

/** What somebody needs who sees the program for the first time: where to go and as whom. */
export function banner(configs: readonly NodeConfig[], logFolder: string, seconds: number): string {
  const mailbox = configs[0]!.standIns.smsUrl
  const named = (of: (lang: Lang) => string): string => langs.map(of).join(' / ')
  const row = (left: string, right: string): string => `  ${left.padEnd(34)} ${right}`
  const officers = demoOfficers.filter((o) => loginsShown.includes(o.login) && configs.some((c) => c.code === o.node))
  const baseUrl = new Map(configs.map((c) => [c.code, c.baseUrl]))
  return [
    '',
    bothLanguages('ready', { seconds: seconds.toFixed(1) }),
    '',
    ...configs.map((c) => row(c.baseUrl, named((lang) => c.shortName[lang]))),
    row(mailbox, bothLanguages('mailbox')),
    '',
    `${bothLanguages('citizen')}: ${bothLanguages('citizen.how')}`,
    ...demoCitizens.slice(0, 4).map((c) => row(`${c.idNumber}  ${c.phone}`, `${c.fullName}, ${c.birthDate.split('-').reverse().join('/')}`)),
    '',
    `${bothLanguages('officers', { url: `${mailbox}/can-bo` })}, ${bothLanguages('password', { password: demoPassword })}`,
    ...officers.map((o) => row(o.login, `${bothLanguages(`role.${o.role}`)}  ${baseUrl.get(o.node)}/desk/login`)),
    '',
    bothLanguages('stop', { folder: logFolder }),
    '',
  ].join('\n')
}
