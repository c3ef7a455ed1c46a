/** Lower case without diacritics: 'Đổi giấy phép lái xe' → 'doi giay phep lai xe'. */
export function plainText(value: string): string {
  return value.normalize('NFD').replace(/\p{M}/gu, '').replace(/[đĐ]/g, 'd').toLowerCase().replace(/[^\p{L}\p{N}.]+/gu, ' ').trim()
}

/** A code made of a name, stable and readable in an address: 'Hộ tịch' → 'ho-tich'. */
export function slugOf(name: string): string {
  return plainText(name).replace(/[ .]+/g, '-').replace(/^-|-$/g, '').slice(0, 80).replace(/-$/, '')
}
