/** An id for a new element that reads like its wish: letters, digits, "_", "-" and ".", and none of those taken. */
export function newElementId(wish: string, taken: ReadonlySet<string>): string {
  const plain = wish.normalize('NFD').replace(/\p{M}/gu, '').replace(/[đĐ]/g, 'd').toLowerCase().replace(/[^a-z0-9_.-]+/g, '_').replace(/^_+|_+$/g, '').slice(0, 60)
  const base = /^[a-z]/.test(plain) ? plain : `step_${plain}`.replace(/_$/, '')
  for (let n = 1; ; n++) {
    const id = n === 1 ? base : `${base}_${n}`
    if (!taken.has(id)) return id
  }
}
