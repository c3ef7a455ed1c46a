import { readIdNumber, readOldIdNumber, type Sex } from '../../numbers/index.ts'

/** What the QR code of an identity card ("thẻ căn cước") says. */
export interface Card {
  idNumber: string
  /** Number of the card before 2016, where the person had one. */
  oldIdNumber: string | undefined
  fullName: string
  /** 'YYYY-MM-DD' */
  birthDate: string
  sex: Sex | undefined
  residence: string
  /** 'YYYY-MM-DD'; undefined where it is not told. */
  issuedOn: string | undefined
}

/**
 * Reads the text of a card's QR code: seven fields between bars — number, old number (may be empty), name, birth date as ddMMyyyy, sex,
 * residence, day of issue. Cards since 2024 add fields, which are ignored; some printers leave the empty old number out altogether.
 * Undefined where number, name or birth date cannot be read. Never throws.
 */
export function readCardText(text: string): Card | undefined {
  const fields = text.normalize('NFC').replace(/^\uFEFF/, '').trim().split('|').map((field) => field.trim())
  if (fields.length < 6) return undefined
  const person = readIdNumber(fields[0]!)
  const oldIdNumber = readOldIdNumber(fields[1]!)
  const rest = oldIdNumber || fields[1] === '' ? fields.slice(2) : fields.slice(1)
  const [name = '', born = '', sex = '', residence = '', issued = ''] = rest
  const birthDate = dayOf(born)
  const fullName = name.replace(/\s+/g, ' ')
  if (!person || !birthDate || !/^[\p{L}\p{M}'’ .-]{2,100}$/u.test(fullName)) return undefined
  return { idNumber: person.idNumber, oldIdNumber, fullName, birthDate, sex: sexOf(sex), residence: residence.slice(0, 300), issuedOn: dayOf(issued) }
}

const sexOf = (word: string): Sex | undefined => (/^nam$/iu.test(word) ? 'male' : /^nữ$/iu.test(word) ? 'female' : undefined)

/** ddMMyyyy, with or without marks between; undefined for a day that is none. */
function dayOf(text: string): string | undefined {
  const [, day, month, year] = /^(\d{2})[/.-]?(\d{2})[/.-]?(\d{4})$/.exec(text) ?? []
  if (!day) return undefined
  const iso = `${year}-${month}-${day}`
  const date = new Date(`${iso}T00:00:00Z`)
  return !Number.isNaN(date.getTime()) && date.toISOString().slice(0, 10) === iso ? iso : undefined
}
