/** The critical path as a list. */
import type { QuantumGraph } from '../../model/graph.ts'
import { blockOf, dataIdAt } from '../../model/graph.ts'
import { formatId } from '../../model/ids.ts'
import { criticalPath, type PathStep } from './critical-path.ts'
import type { ReportData } from './data.ts'
import { type Html, html } from './html.ts'
import { countText, secondsText, shareText } from './numbers.ts'

const MOST_STEPS = 60

/** Id of a quantum. */
export function quantumId(graph: QuantumGraph, q: number): string {
  const block = blockOf(graph.tasks, q)
  return formatId(block.task, dataIdAt(graph, block, q - block.first))
}

/** The section; undefined when nothing ran. */
export function pathSection({ graph, attempts, run, tasks }: ReportData): Html | undefined {
  const steps = criticalPath(graph, attempts)
  if (steps.length === 0) return undefined
  const total = Math.max(1e-9, (run.ended - run.started) / 1000)
  const worked = steps.reduce((sum, { seconds }) => sum + seconds, 0)
  const waited = steps.reduce((sum, step) => sum + step.waited, 0)
  const busy = tasks.reduce((sum, { time }) => sum + (time?.total ?? 0), 0) / (total * Math.max(1, run.slots))
  const shown = longest(steps)
  const left = steps.length - shown.length
  return html`<section id="path" aria-labelledby="h-path">
<h2 id="h-path">Critical path</h2>
<p>The chain that determined when the run ended: ${steps.length === 1 ? 'one quantum that needed no other of this run' : `${countText(steps.length)} quanta, each of which needed the one before`}. It worked for <strong>${secondsText(worked)}</strong> (${shareText(worked / total)} of the run) and waited for <strong>${secondsText(waited)}</strong>, for a slot or for Heddle. ${advice(worked, waited, total, busy)}</p>
${left > 0 ? html`<p class="note">The ${MOST_STEPS} longest are listed; ${countText(left)} shorter ones are left out.</p>` : undefined}
<ol class="path">${shown.map((step) => stepItem(step, graph, total))}</ol>
</section>`
}

function longest(steps: readonly PathStep[]): readonly PathStep[] {
  if (steps.length <= MOST_STEPS) return steps
  const least = [...steps].map(({ seconds }) => seconds).sort((a, b) => b - a)[MOST_STEPS - 1] as number
  return steps.filter(({ seconds }) => seconds >= least).slice(0, MOST_STEPS)
}

/** What would make the run end earlier, where that is plain. */
function advice(worked: number, waited: number, total: number, busy: number): string {
  if (worked >= total * 0.7) return 'More slots would hardly make it faster; shorter quanta on this path would.'
  if (waited >= total * 0.3 && busy >= 0.7) return 'The slots were busy: more of them may make it faster.'
  return ''
}

const WIDTH = 200

function stepItem({ q, start, seconds, waited }: PathStep, graph: QuantumGraph, total: number): Html {
  const t = graph.tasks.indexOf(blockOf(graph.tasks, q))
  const x = (value: number): string => Math.min(WIDTH, (value / total) * WIDTH).toFixed(2)
  const wide = Math.max(1.5, (seconds / total) * WIDTH).toFixed(2)
  return html`<li><code class="id">${quantumId(graph, q)}</code>
<svg viewBox="0 0 ${WIDTH} 10" preserveAspectRatio="none" aria-hidden="true"><rect class="track" width="${WIDTH}" height="10"/><rect class="wait" x="${x(start - waited)}" width="${x(waited)}" y="4" height="2"/><rect class="tf${t % 10}" x="${x(start)}" width="${wide}" height="10"/></svg>
<span class="number">${secondsText(seconds)}</span><span class="number">${shareText(seconds / total)}</span><span class="muted number">${waited >= 0.001 ? `waited ${secondsText(waited)}` : ''}</span></li>`
}
