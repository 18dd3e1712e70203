/** What the run was made of: versions, the request, code and configuration of each task. */
import type { Json } from '../../model/value.ts'
import type { ReportData } from './data.ts'
import { copyable } from './failures-section.ts'
import { type Html, html, type Part } from './html.ts'
import { timeElement } from './numbers.ts'

/** Keys of a request that are shown by name; `force` and the like appear when they are there. */
const SHOWN_APART = new Set(['user', 'host', 'version', 'slots'])

/** The section. */
export function versionsSection({ run, identities }: ReportData): Html {
  const { version, user, host } = run.request
  const rows: [string, Part][] = [
    [
      'Heddle',
      html`${textOf(version)}${version === run.writtenBy ? undefined : html` <span class="muted">(this page: ${run.writtenBy})</span>`}`,
    ],
    ['Machine', html`<bdi>${textOf(user)}</bdi> on <bdi>${textOf(host)}</bdi>, ${run.slots} slots`],
    ['Graph', html`<code class="id">${run.graph}</code>`],
    ...Object.entries(run.request)
      .filter(([name, value]) => !SHOWN_APART.has(name) && !isEmpty(value))
      .map(([name, value]): [string, Part] => [REQUEST_WORDS[name] ?? name, html`<code class="id">${textOf(value)}</code>`]),
    ['Page written', timeElement(run.writtenAt)],
  ]
  return html`<section id="versions" aria-labelledby="h-versions">
<h2 id="h-versions">Versions</h2>
<dl class="versions">${rows.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>
<p>All of it again, as data: ${copyable(`heddle query jobs --run ${run.name} --json`)}</p>
${identities.map(
  ({
    task,
    code,
    codeParts,
    config,
    environment,
  }) => html`<details><summary><bdi>${task}</bdi> <span class="muted">code ${code.slice(0, 12)}</span></summary>
<dl class="versions">
<div><dt>Code</dt><dd><code class="id">${code}</code></dd></div>
${Object.entries(codeParts).map(([name, digest]) => html`<div><dt><bdi>${name}</bdi></dt><dd><code class="id">${digest}</code></dd></div>`)}
${Object.entries(config).map(([name, value]) => html`<div><dt>config.<bdi>${name}</bdi></dt><dd><code class="id">${textOf(value)}</code></dd></div>`)}
${Object.entries(environment).map(([name, value]) => html`<div><dt>environment <bdi>${name}</bdi></dt><dd><code class="id">${value}</code></dd></div>`)}
</dl></details>
`,
)}
</section>`
}

const REQUEST_WORDS: Readonly<Record<string, string>> = {
  file: 'Pipeline file',
  params: 'Parameters given',
  parameters: 'Parameters',
  where: 'Where',
  binds: 'Bound values',
  tasks: 'Tasks',
  wanted: 'Datasets wanted',
  rerunOn: 'Rerun on',
  force: 'Forced',
  whole: 'Whole',
}

function isEmpty(value: Json | undefined): boolean {
  if (value === null || value === undefined || value === false || value === '') return true
  return typeof value === 'object' && Object.keys(value).length === 0
}

function textOf(value: Json | undefined): string {
  if (value === undefined || value === null) return 'unknown'
  return typeof value === 'string' ? value : JSON.stringify(value)
}
