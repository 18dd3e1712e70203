/** The top of the page: what came of the run. */
import type { RunState } from '../../model/states.ts'
import type { ReportData } from './data.ts'
import { type Html, html } from './html.ts'
import { clockText, countText, manyText, secondsText, shareText, timeElement } from './numbers.ts'
import { stateBar, tallyLabels } from './states.ts'
import { tallyOf } from './summarise-tasks.ts'
import { LEAST_HELD_SECONDS } from './tasks-section.ts'

const RUN_WORDS: Readonly<Record<RunState, { readonly sign: string; readonly text: string }>> = {
  completed: { sign: '✓', text: 'completed' },
  failed: { sign: '✗', text: 'some work failed' },
  cancelled: { sign: '■', text: 'cancelled' },
  interrupted: { sign: '⊘', text: 'interrupted' },
  running: { sign: '▶', text: 'still running' },
}

/** Title, state and when. */
export function headerPart({ run }: ReportData): Html {
  const { sign, text } = RUN_WORDS[run.state]
  const { user, host } = run.request
  const who = typeof user === 'string' && typeof host === 'string' ? html` by <bdi>${user}</bdi> on <bdi>${host}</bdi>` : undefined
  return html`<header class="top">
<p class="eyebrow">Heddle run report</p>
<h1><bdi>${run.pipeline}</bdi> <span class="run-state r-${run.state}"><span aria-hidden="true">${sign}</span> ${text}</span></h1>
${run.description === undefined ? undefined : html`<p class="lead">${run.description}</p>`}
<p class="muted">Run <code>${run.name}</code>, started ${timeElement(run.started)}${who}, took ${secondsText((run.ended - run.started) / 1000)}.</p>
</header>`
}

/** Counts, and what was used. */
export function summarySection(data: ReportData): Html {
  const { run, graph, tasks, attempts } = data
  const tally = tallyOf(data.states)
  const seconds = (run.ended - run.started) / 1000
  const busy = sum(tasks.map(({ time }) => time?.total ?? 0))
  const cpu = sum(tasks.map(({ cpuSeconds }) => cpuSeconds))
  const held = sum(tasks.map(({ heldSeconds }) => heldSeconds))
  const facts: Html[] = [
    fact(
      'Quanta',
      countText(graph.quanta),
      `in ${manyText(graph.tasks.length, 'task', 'tasks')}, ${manyText(attempts.count, 'attempt', 'attempts')}`,
    ),
    fact('Wall time', secondsText(seconds), `${clockText(run.started)} to ${clockText(run.ended)} UTC`),
  ]
  if (busy > 0) {
    facts.push(
      fact(
        'Work done',
        secondsText(busy),
        `${shareText(Math.min(1, busy / (seconds * Math.max(1, run.slots))))} of ${manyText(run.slots, 'slot', 'slots')}`,
      ),
    )
  }
  if (cpu > 0 && held >= LEAST_HELD_SECONDS)
    facts.push(fact('CPU efficiency', shareText(cpu / held), `${secondsText(cpu)} of processor time`))
  if (data.savedSeconds > 0)
    facts.push(fact('Saved by reuse', secondsText(data.savedSeconds), `${manyText(tally.reused ?? 0, 'result', 'results')} made earlier`))
  return html`<section id="summary" aria-labelledby="h-summary">
<h2 id="h-summary">Summary</h2>
<dl class="facts">${facts}</dl>
${stateBar(tally, 1000, 14)}
<p class="labels">${tallyLabels(tally)}</p>
${data.warnings.length === 0 ? undefined : warningList(data.warnings)}
</section>`
}

function fact(name: string, value: string, more: string): Html {
  return html`<div><dt>${name}</dt><dd><strong>${value}</strong><span>${more}</span></dd></div>`
}

const MOST_WARNINGS = 20

function warningList(warnings: ReportData['warnings']): Html {
  const more = warnings.length - MOST_WARNINGS
  return html`<div class="warnings"><h3>Warnings</h3><ul>${warnings
    .slice(0, MOST_WARNINGS)
    .map(
      ({ code, message }) => html`<li><code>${code}</code> ${message}</li>`,
    )}${more > 0 ? html`<li>… and ${countText(more)} more</li>` : undefined}</ul></div>`
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}
