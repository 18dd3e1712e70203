/** What failed, each with its command, the last lines of its log and the way to look further. */
import type { ReportData, ReportedFailure } from './data.ts'
import { type Html, html } from './html.ts'
import { bytesText, countText, manyText } from './numbers.ts'

/** The section; undefined when nothing failed. */
export function failuresSection({ failures, failed, run }: ReportData): Html | undefined {
  if (failed === 0) return undefined
  const left = failed - failures.length
  return html`<section id="failures" aria-labelledby="h-failures">
<h2 id="h-failures">Failures <span class="count">${countText(failed)}</span></h2>
${failures.map((failure, i) => failureDetails(failure, i === 0))}
${left > 0 ? html`<p class="note">${manyText(left, 'further failure is', 'further failures are')} left out: <code>heddle logs --run ${run.name}</code> shows all.</p>` : undefined}
</section>`
}

function failureDetails({ id, attempt, what, command, log, inputs, used, debug }: ReportedFailure, open: boolean): Html {
  return html`<details class="failure"${open ? html` open` : undefined}>
<summary><code class="id">${id}</code>${attempt > 1 ? html` <span class="muted">attempt ${attempt}</span>` : undefined}<span class="what">${what}</span></summary>
<dl>
<div><dt>Command</dt><dd><pre tabindex="0">${command}</pre></dd></div>
<div><dt>Log</dt><dd>${log === '' ? html`<p class="none">it printed nothing</p>` : html`<pre tabindex="0" class="log">${log}</pre>`}</dd></div>
${inputs.length === 0 ? undefined : html`<div><dt>Inputs</dt><dd><ul>${inputs.map((input) => html`<li><code class="id">${input.id}</code>${input.size === undefined ? undefined : html` <span class="muted">${bytesText(input.size)}</span>`}</li>`)}</ul></dd></div>`}
${used === '' ? undefined : html`<div><dt>Used</dt><dd>${used}</dd></div>`}
<div><dt>Try</dt><dd>${copyable(debug)}<span class="muted"> a shell with the same inputs and environment</span></dd></div>
</dl>
</details>`
}

/** A command that can be copied. */
export function copyable(command: string): Html {
  return html`<span class="copyable"><code>${command}</code><button type="button" class="copy" data-copy="${command}" aria-label="Copy the command ${command}" hidden>Copy</button></span>`
}
