/** The agency that a dossier number names: 'H21.101' of 'H21.101-261122-0001', 'H29.19' of the older '000.00.19.H29-181225-0001'; undefined for a reference, which names none. */
export function agencyOfNumber(number: string): string | undefined {
  const head = number.split('-', 1)[0]!
  if (/^[GH]\d{2}/.test(head)) return head
  return /^\d{3}\..*[GH]\d{2}$/.test(head) ? head.split('.').toReversed().filter((group) => !/^0+$/.test(group)).join('.') : undefined
}
