/** Text for SVG that we write by hand. */
export function escapeXml(text: string): string {
  return text.replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`)
}

/** Widths of the signs from space to tilde in hundredths of the font size: Be Vietnam Pro at weight 600, as a browser measures it. */
const widths = '23 32 37 83 65 86 75 21 45 45 51 64 33 61 32 53 69 41 66 67 72 67 69 60 66 69 32 33 57 74 57 60 101 76 70 78 74 63 64 79 72 28 48 70 64 88 74 83 67 82 70 66 67 73 73 104 75 70 66 49 51 49 59 72 26 65 66 62 66 61 40 65 60 28 29 58 28 89 59 65 66 66 42 53 43 58 59 88 59 59 51 46 43 46 48'.split(' ').map(Number)

const widthOf = (sign: string): number => (widths[sign.charCodeAt(0) - 32] ?? 75) / 100

/** The width of a text in pixels. Marks above and below a letter take no room. */
export function measure(text: string, fontSize: number): number {
  let width = 0
  for (const sign of text.normalize('NFD').replace(/\p{Mark}/gu, '')) width += widthOf(sign)
  return width * fontSize
}

/** The longest beginning of a text that fits, at least one letter. */
function beginning(text: string, width: number, fontSize: number): string {
  const signs = [...text]
  let length = signs.length
  while (length > 1 && measure(signs.slice(0, length).join(''), fontSize) > width) length--
  return signs.slice(0, length).join('')
}

/** Breaks a text into lines of at most `width` pixels, at spaces, and within words that are too long for a line of their own. */
function breakLines(text: string, width: number, fontSize: number): string[] {
  const lines: string[] = []
  for (let word of text.split(/\s+/).filter(Boolean)) {
    const last = lines.at(-1)
    if (last !== undefined && measure(`${last} ${word}`, fontSize) <= width) {
      lines[lines.length - 1] = `${last} ${word}`
      continue
    }
    for (let part = beginning(word, width, fontSize); part.length < word.length; part = beginning(word, width, fontSize)) {
      lines.push(part)
      word = word.slice(part.length)
    }
    lines.push(word)
  }
  return lines
}

/** Breaks a text into at most `most` lines of `width` pixels; what does not fit ends in "…". */
export function wrap(text: string, width: number, fontSize: number, most: number): string[] {
  const lines = breakLines(text, width, fontSize)
  if (lines.length <= most) return lines
  return [...lines.slice(0, most - 1), `${beginning(lines[most - 1]!, width - fontSize, fontSize)}…`]
}

/** The lines of a text in the largest of the sizes in which it fits into a box without a broken word; in the smallest one shortened, where none does. */
export function fit(text: string, width: number, height: number, sizes: readonly number[] = [13, 12, 11, 10, 9]): { lines: string[]; fontSize: number; isWhole: boolean } {
  const longest = text.split(/\s+/).reduce((a, b) => (measure(b, 1) > measure(a, 1) ? b : a), '')
  const whole = (fontSize: number): boolean => breakLines(text, width, fontSize).length * lineHeight(fontSize) <= height
  const fontSize = sizes.find((size) => measure(longest, size) <= width && whole(size)) ?? sizes.find(whole) ?? sizes.at(-1)!
  const lines = wrap(text, width, fontSize, Math.max(1, Math.floor(height / lineHeight(fontSize))))
  return { lines, fontSize, isWhole: whole(fontSize) }
}

export const lineHeight = (fontSize: number): number => fontSize * 1.22
