/** The table of tasks, and how their attempts spread. */
import type { ReportData, ReportedTask } from './data.ts'
import type { Distribution } from './distribution.ts'
import { histogram } from './histogram.ts'
import { type Html, html } from './html.ts'
import { bytesText, countText, secondsText, shareText } from './numbers.ts'
import { stateBar, tallyLabels } from './states.ts'
import { type Cell, type Column, numberCell, type Row, sortableTable } from './tables.ts'

const COLUMNS: readonly Column[] = [
  { title: 'Task', kind: 'text' },
  { title: 'Quanta', kind: 'number' },
  { title: 'States', kind: 'text', sorts: false },
  { title: 'Attempts', kind: 'number' },
  { title: 'Total time', kind: 'number' },
  { title: 'Median', kind: 'number' },
  { title: '95 %', kind: 'number' },
  { title: 'Longest', kind: 'number' },
  { title: 'CPU efficiency', kind: 'number' },
  { title: 'Peak memory', kind: 'number' },
  { title: 'Memory of asked', kind: 'number' },
]

/** Tasks that held less say nothing about how well they used it. */
export const LEAST_HELD_SECONDS = 0.1

/** Most tasks whose distributions are drawn. */
const MOST_DRAWN = 24

/** The section. */
export function tasksSection({ tasks }: ReportData): Html {
  const drawn = tasks
    .map((task, t) => ({ task, t }))
    .filter(({ task }) => task.time !== undefined)
    .sort((a, b) => (b.task.time?.total ?? 0) - (a.task.time?.total ?? 0))
    .slice(0, MOST_DRAWN)
    .sort((a, b) => a.t - b.t)
  const left = tasks.filter(({ time }) => time !== undefined).length - drawn.length
  return html`<section id="tasks" aria-labelledby="h-tasks">
<h2 id="h-tasks">Tasks</h2>
${sortableTable('task-table', 'Tasks', COLUMNS, tasks.map(taskRow))}
<p class="note">CPU efficiency is processor time over wall time × cores. Memory is the highest peak of an attempt, against what the task asks for.</p>
${drawn.length === 0 ? undefined : html`<h3>Distributions</h3><p class="note">A bar for each range of values, from the least to the most; the line is the median.</p><div class="cards">${drawn.map(({ task, t }) => distributions(task, t))}</div>`}
${left > 0 ? html`<p class="note">The ${MOST_DRAWN} tasks that took longest are drawn; ${countText(left)} are left out.</p>` : undefined}
</section>`
}

function taskRow(task: ReportedTask, t: number): Row {
  const { time, memory, asked, cpuSeconds, heldSeconds } = task
  const efficiency = heldSeconds >= LEAST_HELD_SECONDS ? cpuSeconds / heldSeconds : undefined
  const used = memory === undefined || asked.memory === undefined ? undefined : memory.most / asked.memory
  return {
    cells: [
      { shown: html`<span class="swatch t${t % 10}" aria-hidden="true"></span><bdi>${task.task}</bdi>${reasons(task)}`, by: task.task },
      numberCell(task.quanta, countText),
      { shown: html`${stateBar(task.tally, 140, 8)}<span class="labels">${tallyLabels(task.tally)}</span>` },
      numberCell(task.attempts, countText),
      numberCell(time?.total, secondsText),
      numberCell(time?.median, secondsText),
      numberCell(time?.high, secondsText),
      numberCell(time?.most, secondsText),
      numberCell(efficiency, shareText),
      numberCell(memory?.most, bytesText),
      askedCell(used, asked.memory),
    ],
  }
}

function reasons({ reasons: all }: ReportedTask): Html | undefined {
  if (all.length === 0) return undefined
  return html`<small>${all.slice(0, 3).map(({ text, count }, i) => html`${i === 0 ? '' : '; '}${text}${all.length === 1 ? '' : ` (${countText(count)})`}`)}${all.length > 3 ? html`; …` : undefined}</small>`
}

function askedCell(used: number | undefined, asked: number | undefined): Cell {
  if (used === undefined || asked === undefined) return numberCell(undefined, shareText)
  return { shown: html`${meter(used)} ${shareText(used)} <span class="muted">of ${bytesText(asked)}</span>`, by: used }
}

/** A share as a small bar. */
export function meter(share: number): Html {
  const wide = (Math.min(1, share) * 40).toFixed(1)
  return html`<svg class="meter${share > 1 ? ' over' : ''}" viewBox="0 0 40 6" width="40" height="6" aria-hidden="true"><rect width="40" height="6" rx="2"/><rect class="fill" width="${wide}" height="6" rx="2"/></svg>`
}

function distributions({ task, time, memory, efficiency }: ReportedTask, t: number): Html {
  const part = (name: string, distribution: Distribution | undefined, text: (value: number) => string, none: string): Html =>
    distribution === undefined
      ? html`<figure><figcaption>${name}</figcaption><p class="none">${none}</p></figure>`
      : html`<figure><figcaption>${name} <span class="muted">median ${text(distribution.median)}</span></figcaption>${histogram(distribution, { width: 240, height: 48, label: `${name} of ${task}`, text })}<p class="ends"><span>${text(distribution.least)}</span><span>${distribution.scale === 'log' ? 'log scale' : ''}</span><span>${text(distribution.most)}</span></p></figure>`
  return html`<div class="card tk${t % 10}"><h4><span class="swatch t${t % 10}" aria-hidden="true"></span><bdi>${task}</bdi></h4>${part('Time', time, secondsText, 'not measured')}${part('Peak memory', memory, bytesText, 'not measured')}${part('CPU efficiency', efficiency, shareText, 'attempts too short to say')}</div>`
}

/** Why the quanta of each task ran. */
export function reasonsSection({ tasks }: ReportData): Html | undefined {
  const known = tasks.filter(({ reasons: all }) => all.length > 0)
  if (known.length === 0) return undefined
  return html`<section id="reasons" aria-labelledby="h-reasons">
<h2 id="h-reasons">Reasons</h2>
<p class="note">Why quanta ran, each against its execution before this run. A quantum may have several reasons.</p>
<dl class="reasons">${known.map(({ task, reasons: all }) => html`<div><dt><bdi>${task}</bdi></dt><dd><ul>${all.slice(0, 12).map(({ text, count }) => html`<li><span class="count">${countText(count)}</span> ${text}</li>`)}${all.length > 12 ? html`<li>… and ${countText(all.length - 12)} further reasons</li>` : undefined}</ul></dd></div>`)}</dl>
</section>`
}
