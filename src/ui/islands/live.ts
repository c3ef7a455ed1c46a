// Moves the figures of a page while it is open. See LiveRegion.
for (const region of document.querySelectorAll<HTMLElement>('[data-live-source]')) follow(region)

function follow(region: HTMLElement): void {
  const source = new EventSource(region.dataset.liveSource!)
  const note = region.querySelector<HTMLElement>('[data-live-on]')
  const say = (state: 'on' | 'lost'): void => {
    if (!note) return
    note.textContent = (state === 'on' ? note.dataset.liveOn : note.dataset.liveLost) ?? ''
    note.className = `mc-live--${state}`
  }
  source.onopen = () => say('on')
  source.onerror = () => say('lost')
  source.onmessage = ({ data }) => {
    for (const [key, text] of Object.entries(JSON.parse(data as string) as Record<string, string>)) setText(region, key, text)
  }
  let waiting = false
  source.addEventListener('refresh', () => {
    if (waiting) return
    waiting = true
    setTimeout(() => { waiting = false; void refresh(region) }, 800)
  })
  addEventListener('pagehide', () => source.close())
}

function setText(region: HTMLElement, key: string, text: string): void {
  for (const element of region.querySelectorAll(`[data-live="${CSS.escape(key)}"]`)) {
    if (element.textContent === text) continue
    element.textContent = text
    element.classList.remove('mc-moved')
    void (element as HTMLElement).offsetWidth
    element.classList.add('mc-moved')
  }
}

async function refresh(region: HTMLElement): Promise<void> {
  const reply = await fetch(location.href, { headers: { accept: 'text/html' } })
  if (!reply.ok) return
  const fresh = new DOMParser().parseFromString(await reply.text(), 'text/html')
  for (const part of region.querySelectorAll('[data-live-part][id]')) {
    const next = fresh.getElementById(part.id)
    if (next && !part.contains(document.activeElement)) part.replaceWith(next)
  }
}
