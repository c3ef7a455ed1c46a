// Suggestions below a search box, after the combobox pattern of the ARIA guide. The form works without.

interface Suggestion { kind: string; text: string; href: string }

function attach(input: HTMLInputElement): void {
  const list = document.createElement('ul')
  const status = document.createElement('p')
  Object.assign(list, { id: `${input.id}-suggestions`, role: 'listbox', ariaLabel: input.dataset.suggestLabel ?? '', hidden: true })
  Object.assign(status, { className: 'govuk-visually-hidden', role: 'status' })
  // Here and not in the style sheet, which every page loads and few need this of.
  Object.assign(list.style, { position: 'absolute', zIndex: '2', inset: '100% 0 auto', margin: '0', padding: '0', listStyle: 'none', background: '#fff', border: '1px solid', maxHeight: '70vh', overflowY: 'auto' })
  input.parentElement!.style.position = 'relative'
  input.parentElement!.append(list, status)
  Object.assign(input, { role: 'combobox', ariaAutoComplete: 'list', ariaExpanded: 'false' })
  input.setAttribute('aria-controls', list.id)
  const box = new Box(input, list, status)
  let timer = 0
  input.addEventListener('input', () => { clearTimeout(timer); timer = window.setTimeout(() => void box.ask(), 120) })
  input.addEventListener('keydown', (event) => { if (box.press(event.key)) event.preventDefault() })
  // Before the input loses the focus and the list is closed.
  list.addEventListener('mousedown', (event) => {
    const href = (event.target as HTMLElement).closest<HTMLElement>('[data-href]')?.dataset.href
    if (!href || event.button !== 0) return
    event.preventDefault()
    location.assign(href)
  })
  input.addEventListener('blur', () => box.open(false))
}

class Box {
  #here = -1
  #asked = ''
  #request: AbortController | undefined
  readonly #input: HTMLInputElement
  readonly #list: HTMLElement
  readonly #status: HTMLElement

  constructor(input: HTMLInputElement, list: HTMLElement, status: HTMLElement) {
    this.#input = input
    this.#list = list
    this.#status = status
  }

  get #options(): HTMLElement[] { return [...this.#list.children] as HTMLElement[] }

  open(is: boolean): void {
    this.#list.hidden = !is
    this.#input.ariaExpanded = String(is)
    if (!is) this.#mark(-1)
  }

  #mark(next: number): void {
    const all = this.#options
    this.#here = next < -1 ? all.length - 1 : next >= all.length ? -1 : next
    all.forEach((option, i) => {
      const is = i === this.#here
      option.ariaSelected = String(is)
      Object.assign(option.style, { background: is ? '#1b1b1d' : '', color: is ? '#fff' : '', outline: is ? '2px solid transparent' : '' })
    })
    const chosen = all[this.#here]
    if (!chosen) return this.#input.removeAttribute('aria-activedescendant')
    this.#input.setAttribute('aria-activedescendant', chosen.id)
    chosen.scrollIntoView({ block: 'nearest' })
  }

  /** True when the key was meant for the list. */
  press(key: string): boolean {
    const { hidden } = this.#list
    if (key === 'Escape' && !hidden) {
      this.open(false)
      return true
    }
    if ((key === 'ArrowDown' || key === 'ArrowUp') && this.#options.length > 0) {
      this.open(true)
      this.#mark(key === 'ArrowDown' ? this.#here + 1 : this.#here === -1 ? -2 : this.#here - 1)
      return true
    }
    const href = key === 'Enter' && !hidden ? this.#options[this.#here]?.dataset.href : undefined
    if (href) location.assign(href)
    return href !== undefined
  }

  async ask(): Promise<void> {
    const q = this.#input.value.trim()
    if (q === this.#asked) return
    this.#asked = q
    this.#request?.abort()
    if (q.length < 2) return this.#show([])
    this.#request = new AbortController()
    try {
      const reply = await fetch(`${this.#input.dataset.suggest!}?${new URLSearchParams({ q })}`, { signal: this.#request.signal })
      if (reply.ok && this.#input.value.trim() === q && document.activeElement === this.#input) this.#show(((await reply.json()) as { suggestions: Suggestion[] }).suggestions)
    } catch { /* The next letter asks again. */ }
  }

  #show(suggestions: Suggestion[]): void {
    const notes: Record<string, string | undefined> = { 'life-event': this.#input.dataset.suggestLifeEvent, sector: this.#input.dataset.suggestSector }
    this.#list.replaceChildren(...suggestions.map(({ kind, text, href }, i) => {
      const option = document.createElement('li')
      Object.assign(option, { role: 'option', id: `${this.#list.id}-${i}`, ariaSelected: 'false' })
      option.dataset.href = href
      Object.assign(option.style, { padding: '11px 14px', cursor: 'pointer' })
      option.addEventListener('mouseenter', () => this.#mark(i))
      option.append(text)
      if (notes[kind]) {
        const note = document.createElement('small')
        note.append(notes[kind])
        option.append(' – ', note)
      }
      return option
    }))
    this.#mark(-1)
    this.open(suggestions.length > 0)
    this.#status.textContent = (this.#input.dataset.suggestCount ?? '').replace('{count}', String(suggestions.length))
  }
}

for (const input of document.querySelectorAll<HTMLInputElement>('input[data-suggest]')) attach(input)
