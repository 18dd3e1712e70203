// What tests ask of a page, run inside it.
globalThis.probes = (() => {
  const numbers = (color) => (color.match(/[\d.]+/g) ?? []).map(Number)
  const groundOf = (element) => {
    for (let one = element; one !== null; one = one.parentElement) {
      const ground = numbers(getComputedStyle(one).backgroundColor)
      if (ground.length === 3 || (ground[3] ?? 0) === 1) return ground
    }
    return [255, 255, 255]
  }
  const luminance = (color) => {
    const [r, g, b] = color.map((part) => {
      const share = part / 255
      return share <= 0.040_45 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
    })
    return 0.2126 * r + 0.7152 * g + 0.0722 * b
  }
  const isNamed = (one) => one.textContent.trim() !== '' || one.hasAttribute('aria-label') || (one.labels?.length ?? 0) > 0
  return {
    /** Contrast of every text that can be seen with what lies behind it, as WCAG 2 counts it. */
    contrasts() {
      const found = []
      const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
      for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
        const element = node.parentElement
        const text = node.textContent.trim()
        if (text === '' || ['SCRIPT', 'NOSCRIPT', 'title'].includes(element.tagName) || !element.checkVisibility()) continue
        // Signs stand beside the word that says the same: 3 is enough for them, as for graphics.
        if (element.closest('.sign') !== null) continue
        const style = getComputedStyle(element)
        const svg = element.closest('svg')
        const front = numbers(svg === null ? style.color : style.fill)
        const back = groundOf(svg?.parentElement ?? element)
        const [dark, light] = [luminance(front), luminance(back)].sort((a, b) => a - b)
        found.push({ text: text.slice(0, 40), colors: `${front} on ${back}`, ratio: (light + 0.05) / (dark + 0.05) })
      }
      return found
    },
    /** Contrast of the colours of charts with the ground that they stand on. */
    graphics() {
      const style = getComputedStyle(document.documentElement)
      const names = [...Array.from({ length: 10 }, (_, t) => `t${t}`), 'completed', 'reused', 'noWork', 'failed', 'blocked', 'cancelled', 'running', 'ready', 'waiting', 'pruned']
      const read = (name) => {
        const hex = style.getPropertyValue(`--${name}`).trim()
        return luminance([1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16)))
      }
      const ground = read('card')
      return names.map((name) => {
        const [dark, light] = [read(name), ground].sort((a, b) => a - b)
        return { text: name, colors: style.getPropertyValue(`--${name}`), ratio: (light + 0.05) / (dark + 0.05) }
      })
    },
    /** Controls without a name that can be heard. */
    unnamed: () =>
      [...document.querySelectorAll('button, a, input, select, canvas, [role=region], summary')]
        .filter((one) => !isNamed(one))
        .map((one) => one.outerHTML),
    headings: () => [...document.querySelectorAll('h1, h2, h3, h4')].map((one) => Number(one.tagName[1])),
    ids: () => [...document.querySelectorAll('[id]')].map((one) => one.id),
    /** Numbers the controls that can be seen, and says how many there are. */
    numberControls() {
      const controls = [...document.querySelectorAll('a[href], button, input, select, summary, [tabindex="0"]')].filter((one) => one.checkVisibility())
      controls.forEach((one, i) => one.setAttribute('data-control', i))
      return controls.length
    },
    /** Number of the control that has the focus, and how it shows that. */
    focused: () => ({
      control: document.activeElement.getAttribute('data-control') ?? '',
      outline: getComputedStyle(document.activeElement).outlineStyle,
    }),
    widths: () => ({ page: document.documentElement.scrollWidth, window: document.documentElement.clientWidth }),
    picture: () => document.querySelector('canvas').toDataURL(),
  }
})()
