// Gives the ten digits of a TrueType font one width: columns of numbers line up and a running number does not shake.

/** @param {Buffer} sfnt a TrueType font that holds the digits and nothing else (glyph 0 is .notdef) */
export function evenFigures(sfnt) {
  const font = Buffer.from(sfnt)
  const tables = new Map()
  for (let i = 0; i < font.readUInt16BE(4); i++) {
    const record = 12 + 16 * i
    tables.set(font.toString('latin1', record, record + 4), font.readUInt32BE(record + 8))
  }
  const glyphs = font.readUInt16BE(tables.get('maxp') + 4)
  const metrics = font.readUInt16BE(tables.get('hhea') + 34)
  if (metrics !== glyphs) throw new Error(`The digits have ${metrics} widths for ${glyphs} glyphs. Check the font package.`)
  const at = (glyph) => tables.get('hmtx') + 4 * glyph
  const digits = Array.from({ length: glyphs - 1 }, (_, i) => i + 1)
  // The median: room enough for the 8 without leaving the 1 alone.
  const width = digits.map((glyph) => font.readUInt16BE(at(glyph))).sort((a, b) => a - b)[Math.floor(digits.length / 2)]
  for (const glyph of digits) {
    const more = width - font.readUInt16BE(at(glyph))
    font.writeUInt16BE(width, at(glyph))
    font.writeInt16BE(font.readInt16BE(at(glyph) + 2) + Math.floor(more / 2), at(glyph) + 2)
  }
  return font
}
