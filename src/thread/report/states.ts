/** How states look: a word, a sign and a colour each, so that none of the three must be seen. */
import { QUANTUM_STATES, type QuantumState } from '../../model/states.ts'
import { type Html, html } from './html.ts'
import { countText, shareText } from './numbers.ts'

/** Words for people. */
export const STATE_WORDS: Readonly<Record<QuantumState, string>> = {
  completed: 'completed',
  reused: 'reused',
  noWork: 'no work',
  pruned: 'not needed',
  failed: 'failed',
  blocked: 'blocked',
  cancelled: 'cancelled',
  running: 'running',
  ready: 'ready',
  waiting: 'waiting',
}

const SIGNS: Readonly<Record<QuantumState, string>> = {
  completed: '✓',
  reused: '↺',
  noWork: '∅',
  pruned: '–',
  failed: '✗',
  blocked: '⊘',
  cancelled: '■',
  running: '▶',
  ready: '○',
  waiting: '…',
}

/** The order in which states stand: what is done, what went wrong, what is open. */
const ORDER: readonly QuantumState[] = [
  'completed',
  'reused',
  'noWork',
  'pruned',
  'failed',
  'blocked',
  'cancelled',
  'running',
  'ready',
  'waiting',
]

export type Tally = Readonly<Partial<Record<QuantumState, number>>>

/** A state as a small label. */
export function stateLabel(state: QuantumState, text = STATE_WORDS[state]): Html {
  return html`<span class="state s-${state}"><span class="sign" aria-hidden="true">${SIGNS[state]}</span> ${text}</span>`
}

/** The state with this code as a small label. */
export function stateLabelOf(code: number): Html {
  return stateLabel(QUANTUM_STATES[code] as QuantumState)
}

/** `✓ 12 completed  ✗ 1 failed`. */
export function tallyLabels(tally: Tally): Html {
  return html`${present(tally).map((state) => stateLabel(state, `${countText(tally[state] ?? 0)} ${STATE_WORDS[state]}`))}`
}

/** A bar of all states, each as long as its share; every state that is there can be seen. */
export function stateBar(tally: Tally, width: number, height: number): Html {
  const states = present(tally)
  const total = states.reduce((sum, state) => sum + (tally[state] ?? 0), 0)
  const least = 3
  const free = width - least * states.length
  let x = 0
  const parts = states.map((state) => {
    const count = tally[state] ?? 0
    const wide = least + (free * count) / Math.max(1, total)
    const part = html`<rect class="f-${state}" x="${x.toFixed(1)}" width="${wide.toFixed(1)}" height="${height}"><title>${STATE_WORDS[state]}: ${countText(count)} (${shareText(count / total)})</title></rect>`
    x += wide
    return part
  })
  return html`<svg class="state-bar" viewBox="0 0 ${width} ${height}" preserveAspectRatio="none" aria-hidden="true">${parts}</svg>`
}

function present(tally: Tally): QuantumState[] {
  return ORDER.filter((state) => (tally[state] ?? 0) > 0)
}
