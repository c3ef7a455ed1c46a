// Keys of the desk: j and k move through a list, Enter opens, "/" goes to the search.
const rows = (): HTMLElement[] => [...document.querySelectorAll<HTMLElement>('[data-keys] tr[data-href]')]
const here = (): HTMLElement | undefined => rows().find((row) => 'here' in row.dataset)

addEventListener('keydown', (event) => {
  const target = event.target as HTMLElement
  if (event.ctrlKey || event.metaKey || event.altKey || target.closest('input, textarea, select, [contenteditable]')) return
  if (event.key === '/') {
    const search = document.querySelector<HTMLInputElement>('[data-search]')
    if (search) { event.preventDefault(); search.focus(); search.select() }
  } else if (event.key === 'j') move(1)
  else if (event.key === 'k') move(-1)
  else if (event.key === 'Enter' && !target.closest('a, button, summary')) {
    const href = here()?.dataset.href
    if (href) location.assign(href)
  }
})

function move(step: 1 | -1): void {
  const list = rows()
  const now = list.findIndex((row) => 'here' in row.dataset)
  const next = list[now < 0 ? (step > 0 ? 0 : list.length - 1) : Math.min(Math.max(now + step, 0), list.length - 1)]
  if (!next) return
  for (const row of list) delete row.dataset.here
  next.dataset.here = ''
  next.scrollIntoView({ block: 'nearest' })
  next.querySelector('a')?.focus({ preventScroll: true })
}
