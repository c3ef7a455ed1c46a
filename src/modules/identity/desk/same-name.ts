/** Whether two spellings are one name: capitals, spaces and the way of writing marks do not count, the marks themselves do. */
export const sameName = (a: string, b: string): boolean => plain(a) === plain(b)

const plain = (name: string): string => name.normalize('NFC').replaceAll('’', "'").replace(/\s+/g, ' ').trim().toLocaleLowerCase('vi')
