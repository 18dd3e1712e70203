/** Puts the page together: one file that needs nothing else, and may fetch nothing. */
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { ReportData } from './data.ts'
import { embedTimeline } from './embedded.ts'
import { failuresSection } from './failures-section.ts'
import { embeddedJson, Html, html } from './html.ts'
import { pathSection } from './path-section.ts'
import { quantaSection } from './quanta-section.ts'
import { headerPart, summarySection } from './summary-section.ts'
import { reasonsSection, tasksSection } from './tasks-section.ts'
import { timelineSection } from './timeline-section.ts'
import { versionsSection } from './versions-section.ts'

/** In the order in which they build on each other. */
const SCRIPTS = ['tables.js', 'timeline-bars.js', 'timeline-picture.js', 'timeline.js'] as const

/** The text of the page. */
export function renderReport(data: ReportData): string {
  const style = asset('page.css')
  const scripts = SCRIPTS.map(asset)
  const timeline = embedTimeline(data)
  const parts: [string, string, Html | undefined][] = [
    ['summary', 'Summary', summarySection(data)],
    ['failures', 'Failures', failuresSection(data)],
    ['graph', 'Graph', graphSection(data)],
    ['timeline', 'Timeline', timelineSection(data, timeline)],
    ['tasks', 'Tasks', tasksSection(data)],
    ['path', 'Critical path', pathSection(data)],
    ['quanta', 'Quanta', quantaSection(data)],
    ['reasons', 'Reasons', reasonsSection(data)],
    ['versions', 'Versions', versionsSection(data)],
  ]
  const shown = parts.filter(([, , section]) => section !== undefined)
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy(style, scripts)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="generator" content="Heddle ${data.run.writtenBy}">
<title>${data.run.pipeline}: ${data.run.name}</title>
<link rel="icon" href="${ICON}">
<style>${new Html(style)}</style>
</head>
<body>
<a class="skip" href="#main">Skip to the content</a>
${headerPart(data)}
<nav class="sections" aria-label="Sections"><ul>${shown.map(([id, title]) => html`<li><a href="#${id}">${title}</a></li>`)}</ul></nav>
<main id="main" tabindex="-1">
${shown.map(([, , section]) => section)}
</main>
<footer><p>Written by Heddle ${data.run.writtenBy}. This page holds everything it shows and fetches nothing.</p></footer>
<script type="application/json" id="timeline-about">${embeddedJson(timeline.about)}</script>
<script type="text/plain" id="timeline-block">${timeline.block}</script>
${scripts.map((script) => html`<script>${new Html(script)}</script>`)}
</body>
</html>
`.text
}

const ICON =
  "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'%3E%3Cpath d='M3 1v14M8 1v14M13 1v14M1 5h14M1 11h14' stroke='%232f6fb5' stroke-width='1.6'/%3E%3C/svg%3E"

function graphSection({ drawing }: ReportData): Html {
  return html`<section id="graph" aria-labelledby="h-graph">
<h2 id="h-graph">Graph</h2>
<div class="scroll graph" role="region" tabindex="0" aria-label="Graph of tasks">${new Html(drawing)}</div>
</section>`
}

/** Nothing is fetched, and no script runs but these. */
function policy(style: string, scripts: readonly string[]): string {
  const hash = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`
  return `default-src 'none'; script-src ${scripts.map(hash).join(' ')}; style-src ${hash(style)}; img-src data:; base-uri 'none'; form-action 'none'`
}

function asset(name: string): string {
  return readFileSync(new URL(`./page/${name}`, import.meta.url), 'utf8')
}
