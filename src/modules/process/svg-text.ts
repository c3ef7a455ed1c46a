/** Text for SVG that we write by hand. */
export function escapeXml(text: string): string {
  return text.replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`)
}

/** Breaks a text into at most `lines` lines of about `width` pixels; what does not fit ends in "…". Widths are estimated: no font is at hand. */
export function wrap(text: string, width: number, fontSize: number, lines: number): string[] {
  const most = Math.max(4, Math.floor(width / (fontSize * 0.55)))
  const found: string[] = []
  for (const word of text.split(' ').filter(Boolean)) {
    const last = found.at(-1)
    if (last !== undefined && last.length + 1 + word.length <= most) found[found.length - 1] = `${last} ${word}`
    else found.push(word)
  }
  const shown = found.slice(0, lines).map((line) => (line.length > most ? `${line.slice(0, most - 1)}…` : line))
  if (found.length > lines) shown[lines - 1] = `${shown[lines - 1]!.replace(/…$/, '').slice(0, most - 1)}…`
  return shown
}
