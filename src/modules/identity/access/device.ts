/** Browser and system in two words, so that a person recognises a session; the full header is never kept. */
export function deviceOf(userAgent: string | undefined): string {
  if (!userAgent) return ''
  const browser = [['Edg/', 'Edge'], ['OPR/', 'Opera'], ['coc_coc', 'Cốc Cốc'], ['Firefox/', 'Firefox'], ['Chrome/', 'Chrome'], ['Safari/', 'Safari']].find(([mark]) => userAgent.includes(mark!))?.[1]
  const system = [['Android', 'Android'], ['iPhone', 'iPhone'], ['iPad', 'iPad'], ['Windows', 'Windows'], ['Mac OS', 'macOS'], ['Linux', 'Linux']].find(([mark]) => userAgent.includes(mark!))?.[1]
  return [browser, system].filter(Boolean).join(' · ')
}

/** The address by which attempts are counted: an IPv6 network of 64 bits is one household. */
export function sourceOf(ip: string): string {
  return ip.includes(':') && !ip.includes('.') ? `${ip.split(':').slice(0, 4).join(':')}::/64` : ip.replace(/^::ffff:/, '')
}
