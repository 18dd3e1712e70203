/** The quanta worth a look: those that failed, that were tried again, and that took longest. */
import { blockOf } from '../../model/graph.ts'
import { QUANTUM_STATES, type QuantumState, STATE } from '../../model/states.ts'
import { type Attempts, ENDINGS } from './attempts.ts'
import type { ReportData } from './data.ts'
import { type Html, html } from './html.ts'
import { bytesText, countText, secondsText, shareText } from './numbers.ts'
import { quantumId } from './path-section.ts'
import { STATE_WORDS, stateLabelOf } from './states.ts'
import { LEAST_MEASURED_SECONDS } from './summarise-tasks.ts'
import { type Column, numberCell, type Row, sortableTable } from './tables.ts'

const MOST_FAILED = 200
const MOST_RETRIED = 50
const MOST_SLOW = 100

const COLUMNS: readonly Column[] = [
  { title: 'Quantum', kind: 'text' },
  { title: 'State', kind: 'text' },
  { title: 'Attempts', kind: 'number' },
  { title: 'Began after', kind: 'number' },
  { title: 'Took', kind: 'number' },
  { title: 'CPU efficiency', kind: 'number' },
  { title: 'Peak memory', kind: 'number' },
]

/** The section; undefined when nothing was tried. */
export function quantaSection(data: ReportData): Html | undefined {
  const { attempts, states, graph } = data
  const last = lastAttempts(attempts)
  const chosen = choose(last, data)
  if (chosen.length === 0) return undefined
  const codes = [...new Set(chosen.map((n) => states[attempts.q[n] as number] as number))].sort((a, b) => a - b)
  const all = chosen.length === last.size
  return html`<section id="quanta" aria-labelledby="h-quanta">
<h2 id="h-quanta">Quanta</h2>
<p class="note">${all ? 'Every quantum that was tried' : `Of ${countText(last.size)} quanta that were tried: what failed, what was tried again, and the ${MOST_SLOW} that took longest`}. <code>heddle query quanta --run ${data.run.name}</code> lists all ${countText(graph.quanta)}.</p>
<div class="filters" hidden>
<label>Filter <input type="search" id="quanta-filter" placeholder="part of an id" autocomplete="off" spellcheck="false"></label>
<label>State <select id="quanta-state"><option value="">all</option>${codes.map((code) => html`<option value="${QUANTUM_STATES[code]}">${STATE_WORDS[QUANTUM_STATES[code] as QuantumState]}</option>`)}</select></label>
<output id="quanta-shown" for="quanta-filter quanta-state"></output>
</div>
${sortableTable(
  'quanta-table',
  'Quanta',
  COLUMNS,
  chosen.map((n) => quantumRow(n, data)),
)}
</section>`
}

/** The last attempt of each quantum. */
function lastAttempts({ count, q }: Attempts): ReadonlyMap<number, number> {
  const last = new Map<number, number>()
  for (let n = 0; n < count; n++) last.set(q[n] as number, n)
  return last
}

function choose(last: ReadonlyMap<number, number>, { attempts, states }: ReportData): readonly number[] {
  const all = [...last.values()]
  const failed = all.filter((n) => states[attempts.q[n] as number] === STATE.failed).slice(0, MOST_FAILED)
  const retried = all.filter((n) => (attempts.attempt[n] as number) > 1).slice(0, MOST_RETRIED)
  const seconds = (n: number): number => attempts.wallSeconds[n] || 0
  const slow = [...all].sort((a, b) => seconds(b) - seconds(a)).slice(0, MOST_SLOW)
  return [...new Set([...failed, ...retried, ...slow])].sort((a, b) => seconds(b) - seconds(a))
}

function quantumRow(n: number, { attempts, graph, states, tasks }: ReportData): Row {
  const q = attempts.q[n] as number
  const t = graph.tasks.indexOf(blockOf(graph.tasks, q))
  const seconds = attempts.wallSeconds[n] as number
  const held = seconds * (tasks[t]?.asked.cores ?? 1)
  const over = ENDINGS[attempts.ending[n] as number] !== 'unfinished'
  const code = states[q] as number
  return {
    state: QUANTUM_STATES[code] as string,
    cells: [
      {
        shown: html`<span class="swatch t${t % 10}" aria-hidden="true"></span><code class="id">${quantumId(graph, q)}</code>`,
        by: quantumId(graph, q),
      },
      { shown: stateLabelOf(code), by: QUANTUM_STATES[code] as string },
      numberCell(attempts.attempt[n], countText),
      numberCell(attempts.start[n], secondsText),
      numberCell(over ? seconds : undefined, secondsText),
      numberCell(seconds >= LEAST_MEASURED_SECONDS ? (attempts.cpuSeconds[n] as number) / held : undefined, shareText),
      numberCell(attempts.peakMemoryBytes[n], bytesText),
    ],
  }
}
