/** The timeline: what each slot did when. The page's script draws it. */
import type { ReportData } from './data.ts'
import type { Embedded } from './embedded.ts'
import { type Html, html } from './html.ts'
import { countText } from './numbers.ts'

const MOST_KEYS = 40

/** The section; undefined when no attempt began. */
export function timelineSection({ tasks }: ReportData, { about, leftOut }: Embedded): Html | undefined {
  if (about.slots.length === 0) return undefined
  const started = tasks.map((task, t) => ({ task, t })).filter(({ task }) => task.attempts > 0)
  return html`<section id="timeline" aria-labelledby="h-timeline">
<h2 id="h-timeline">Timeline</h2>
<p class="note">What each slot did when. Attempts that failed have a red edge and a cross, or a red flag where there is no room for them.${leftOut > 0 ? ` The ${countText(leftOut)} shortest attempts are left out.` : ''}</p>
<noscript><p class="none">The timeline is drawn by the page's own script, which is switched off.</p></noscript>
<div class="timeline-tools" role="group" aria-label="View of the timeline" hidden>
<button type="button" data-view="in">Zoom in</button><button type="button" data-view="out">Zoom out</button><button type="button" data-view="left">Earlier</button><button type="button" data-view="right">Later</button><button type="button" data-view="all">Whole run</button>
</div>
<div class="timeline-box"><canvas id="timeline-canvas" tabindex="0" role="application" aria-roledescription="timeline" aria-label="Timeline of ${about.slots.length} slots" aria-describedby="timeline-keys"></canvas><div id="timeline-tip" class="tip" hidden></div></div>
<p id="timeline-said" class="hidden" role="status"></p>
<ul class="keys" aria-label="Show one task alone">${started.slice(0, MOST_KEYS).map(({ task, t }) => html`<li><button type="button" class="key" aria-pressed="false" data-task="${t}"><span class="swatch t${t % 10}" aria-hidden="true"></span><bdi>${task.task}</bdi></button></li>`)}</ul>
<p id="timeline-keys" class="note">Drag to move, Ctrl and the wheel to zoom. Keys: ← → step through attempts, ↑ ↓ change the slot, + − zoom, Shift with ← → moves, 0 shows the whole run.</p>
</section>`
}
