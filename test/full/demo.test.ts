/** The demo tells the story that it promises. */
import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { output, trialProject } from '../rig/trial-project.ts'

const DEMO = fileURLToPath(new URL('../../scripts/demo', import.meta.url))

test('the demo runs to its end, twice, and keeps the first beside the second', () => {
  using project = trialProject()
  const told = output('sh', [DEMO, project.folder], { cwd: project.folder })
  const steps = [...told.matchAll(/^ (\d+) {2}/gm)].map((found) => Number(found[1]))
  assert.deepEqual(
    steps,
    steps.map((_, i) => i + 1),
  )
  assert.match(told, /wet_mm/)
  for (const file of ['output/climate.svg', 'output/Seattle.json', 'report.html'])
    assert.ok(existsSync(join(project.folder, 'climate', file)), file)
  assert.match(output('sh', [DEMO, project.folder], { cwd: project.folder }), /The earlier demo is now/)
  assert.ok(existsSync(join(project.folder, 'climate-1', 'report.html')))
})
