// Suggestions below a search box, after the combobox pattern of the ARIA guide. The form works without.
for (const input of document.querySelectorAll<HTMLInputElement>('input[data-suggest]')) attach(input)

interface Suggestion { kind: string; text: string; href: string }

function attach(input: HTMLInputElement): void {
  const list = document.createElement('ul')
  list.id = `${input.id}-suggestions`
  list.className = 'mc-suggest'
  list.role = 'listbox'
  list.ariaLabel = input.dataset.suggestLabel ?? ''
  list.hidden = true
  const status = document.createElement('p')
  status.className = 'govuk-visually-hidden'
  status.role = 'status'
  input.parentElement!.append(list, status)
  input.role = 'combobox'
  input.ariaAutoComplete = 'list'
  input.ariaExpanded = 'false'
  input.setAttribute('aria-controls', list.id)
  let here = -1
  let asked = ''
  let timer = 0
  let request: AbortController | undefined

  const options = (): HTMLElement[] => [...list.children] as HTMLElement[]
  const close = (): void => {
    list.hidden = true
    input.ariaExpanded = 'false'
    input.removeAttribute('aria-activedescendant')
    here = -1
  }
  const mark = (next: number): void => {
    const all = options()
    here = next < -1 ? all.length - 1 : next >= all.length ? -1 : next
    all.forEach((option, i) => { option.ariaSelected = String(i === here) })
    if (here < 0) input.removeAttribute('aria-activedescendant')
    else {
      input.setAttribute('aria-activedescendant', all[here]!.id)
      all[here]!.scrollIntoView({ block: 'nearest' })
    }
  }
  const show = (suggestions: Suggestion[]): void => {
    list.replaceChildren(...suggestions.map(({ kind, text, href }, i) => {
      const option = document.createElement('li')
      option.role = 'option'
      option.id = `${list.id}-${i}`
      option.ariaSelected = 'false'
      option.dataset.href = href
      option.append(text)
      const note = document.createElement('span')
      note.append(input.dataset[`suggest${kind[0]!.toUpperCase()}${kind.slice(1).replace('-e', 'E')}`] ?? '')
      if (note.textContent) option.append(' ', note)
      return option
    }))
    here = -1
    list.hidden = suggestions.length === 0
    input.ariaExpanded = String(suggestions.length > 0)
    input.removeAttribute('aria-activedescendant')
    status.textContent = (input.dataset.suggestCount ?? '').replace('{count}', String(suggestions.length))
  }
  const ask = async (): Promise<void> => {
    const q = input.value.trim()
    if (q === asked) return
    asked = q
    request?.abort()
    if (q.length < 2) return close()
    request = new AbortController()
    try {
      const reply = await fetch(`${input.dataset.suggest!}?${new URLSearchParams({ q })}`, { signal: request.signal })
      if (reply.ok && input.value.trim() === q && document.activeElement === input) show(((await reply.json()) as { suggestions: Suggestion[] }).suggestions)
    } catch { /* The next letter asks again. */ }
  }

  input.addEventListener('input', () => { clearTimeout(timer); timer = window.setTimeout(() => void ask(), 120) })
  input.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && !list.hidden) { event.preventDefault(); close() }
    else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      if (list.hidden && list.children.length === 0) return
      event.preventDefault()
      list.hidden = false
      input.ariaExpanded = 'true'
      mark(event.key === 'ArrowDown' ? here + 1 : here === -1 ? -2 : here - 1)
    } else if (event.key === 'Enter' && here >= 0 && !list.hidden) {
      event.preventDefault()
      location.assign(options()[here]!.dataset.href!)
    }
  })
  // Before the input loses the focus and the list is closed.
  list.addEventListener('mousedown', (event) => {
    const href = (event.target as HTMLElement).closest<HTMLElement>('[data-href]')?.dataset.href
    if (!href || event.button !== 0) return
    event.preventDefault()
    location.assign(href)
  })
  input.addEventListener('blur', close)
}
