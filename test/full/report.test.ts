/** The report page in a real browser: what it shows, that it fetches nothing, and that it can be read and used by anyone. */
import assert from 'node:assert/strict'
import { readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { ask, browserPlace, openBrowser, openPage, type Visit } from '../rig/browser.ts'
import { writeProject } from '../rig/run-project.ts'
import { type TrialProject, trialProject } from '../rig/trial-project.ts'

/** Names that would break a page which does not escape. */
const NASTY = ['</script><script>document.title="taken"</script>', `"quoted" 'twice'`, 'two\nlines', '<!--', '&lt;b&gt;', '-dash ünï 🧵']

const SMALL = {
  'heddle.yaml': `heddle: 1
name: tiny
description: ten quanta of <b>three</b> kinds
dimensions:
  name: {type: string, records: names.json}
datasets:
  part: {dimensions: [name], format: text}
  whole: {format: text}
tasks:
  make:
    dimensions: [name]
    outputs: {part: part}
    python: "work:make"
    resources: {memory: 500MiB}
  bad:
    dimensions: [name]
    inputs: {part: part}
    command: "echo '<img src=x onerror=alert(1)>' ; test ! -e stop"
  join:
    inputs: {part: {dataset: part, minimum: 1}}
    outputs: {whole: whole}
    command: cat {inputs.part} > {outputs.whole}
  tell_it_to_everyone_who_may_want_to_know_of_this_result_later: {after: [join], command: "true"}
`,
  'work.py': `def make(**given):
    return "x"
`,
  'names.json': JSON.stringify(NASTY.slice(0, 4).map((name) => ({ name }))),
  stop: '',
}

/** 100,000 quanta: 2 × 49,500, and two for each of 500 members. */
const LARGE = {
  'heddle.yaml': `heddle: 1
name: large
dimensions:
  member: {type: string, records: member.csv}
  segment: {type: int, records: segment.csv}
datasets:
  state: {dimensions: [member, segment], format: json}
  energy: {dimensions: [member, segment], format: json}
  mean: {dimensions: [member], format: json}
  page: {dimensions: [member], format: json}
tasks:
  simulate: {dimensions: [member, segment], outputs: {state: state}, typescript: "./work.ts#simulate"}
  measure: {dimensions: [member, segment], inputs: {state: state}, outputs: {energy: energy}, typescript: "./work.ts#measure"}
  average: {dimensions: [member], inputs: {energy: {dataset: energy, minimum: 1}}, outputs: {mean: mean}, typescript: "./work.ts#average"}
  report: {dimensions: [member], inputs: {mean: mean}, outputs: {page: page}, typescript: "./work.ts#report"}
`,
  'member.csv': `member\n${Array.from({ length: 500 }, (_, i) => `m${i}\n`).join('')}`,
  'segment.csv': `segment\n${Array.from({ length: 99 }, (_, i) => `${i}\n`).join('')}`,
  'work.ts': `export const simulate = (): number => 1
export const measure = ({ state }: { state: number }): number => state * 2
export const average = ({ energy }: { energy: number[] }): number => energy.length
export const report = ({ mean }: { mean: number }): number => mean
`,
}

describe('the report of a run', { skip: browserPlace === undefined && 'there is no Chromium here' }, () => {
  let browser: Browser
  before(async () => {
    browser = await openBrowser()
  })
  after(() => browser.close())

  describe('of ten quanta, with names that look like markup', () => {
    let project: TrialProject
    let file: string
    before(() => {
      project = trialProject()
      writeProject(project.folder, SMALL)
      assert.equal(project.run().state, 'failed')
      file = reportOf(project)
    })
    after(() => project[Symbol.dispose]())

    test('opens without an error and without a request, and no name becomes markup', async () => {
      using visit = await openPage(browser, file)
      const { page } = visit
      assert.equal(await page.title(), readFileSync(file, 'utf8').match(/<title>([^<]*)/)?.[1])
      assert.match(await page.title(), /^tiny: /)
      assert.equal(await page.locator('img, main b, main script').count(), 0)
      const ids = await page.locator('#failures summary code').allTextContents()
      assert.equal(ids.length, 4)
      assert.ok(ids.some((id) => id.includes('</script><script>')))
      assert.match((await page.locator('#failures pre.log').first().textContent()) ?? '', /<img src=x onerror=alert\(1\)>/)
      assertQuiet(visit)
    })

    test('tells states, reasons, versions and what to try', async () => {
      using visit = await openPage(browser, file)
      const { page } = visit
      assert.match(await textOf(page, '#summary'), /6 completed.*4 failed/s)
      assert.match(await textOf(page, '#reasons'), /make.*4 new/s)
      assert.match(await textOf(page, '#versions'), /Heddle/)
      assert.match(await textOf(page, '#failures'), /heddle debug 'bad@name=/)
      assert.match(await textOf(page, '#graph'), /make.*bad.*join.*tell_it/s)
      assert.equal(await page.locator('#timeline-canvas').getAttribute('data-bars'), '10')
      assertQuiet(visit)
    })

    test('has headings in order, one of the first rank, and a name for every control', async () => {
      using visit = await openPage(browser, file)
      const ranks = await ask<number[]>(visit, 'headings')
      assert.equal(ranks.filter((rank) => rank === 1).length, 1)
      ranks.forEach((rank, i) => assert.ok(rank <= (ranks[i - 1] ?? 0) + 1, `h${rank} follows h${ranks[i - 1]}`))
      assert.deepEqual(await ask(visit, 'unnamed'), [])
      const ids = await ask<string[]>(visit, 'ids')
      assert.equal(new Set(ids).size, ids.length)
      assertQuiet(visit)
    })

    test('every control is reached by Tab, and the one reached is marked', async () => {
      using visit = await openPage(browser, file)
      const wanted = await ask<number>(visit, 'numberControls')
      const reached = new Set<string>()
      for (let i = 0; i < wanted + 5; i++) {
        await visit.page.keyboard.press('Tab')
        const { control, outline } = await ask<{ control: string; outline: string }>(visit, 'focused')
        if (control === '') continue
        reached.add(control)
        assert.equal(outline, 'solid', `control ${control} shows no ring`)
      }
      assert.equal(reached.size, wanted)
      assertQuiet(visit)
    })

    test('tables sort by keyboard and say so; the filter says how many are left', async () => {
      using visit = await openPage(browser, file)
      const { page } = visit
      const heading = page.locator('#quanta-table th', { hasText: 'Quantum' }).first()
      await heading.getByRole('button').focus()
      await page.keyboard.press('Enter')
      assert.equal(await heading.getAttribute('aria-sort'), 'ascending')
      const ids = await page.locator('#quanta-table tbody th').allTextContents()
      assert.deepEqual(ids, [...ids].sort(new Intl.Collator('en', { numeric: true }).compare))
      await page.keyboard.press('Space')
      assert.equal(await heading.getAttribute('aria-sort'), 'descending')
      await page.locator('#quanta-filter').fill('bad quoted')
      assert.equal(await page.locator('#quanta-shown').textContent(), '1 of 10 shown')
      await page.locator('#quanta-filter').fill('')
      await page.locator('#quanta-state').selectOption('failed')
      assert.equal(await page.locator('#quanta-shown').textContent(), '4 of 10 shown')
      assertQuiet(visit)
    })

    test('the timeline is walked and zoomed by keys, and speaks', async () => {
      using visit = await openPage(browser, file)
      const { page } = visit
      await page.locator('#timeline-canvas').focus()
      const heard = new Set<string>()
      const walk = async (keys: readonly string[]): Promise<void> => {
        for (const key of keys) {
          await page.keyboard.press(key)
          heard.add(await textOf(page, '#timeline-said'))
        }
      }
      const along = (key: string): string[] => Array.from({ length: 10 }, () => key)
      await walk([...along('ArrowLeft'), ...along('ArrowRight'), 'ArrowDown', ...along('ArrowLeft'), ...along('ArrowRight')])
      assert.equal(heard.size, 10)
      for (const text of heard) assert.match(text, /: (completed|failed), slot \d, took \d/)
      const picture = (): Promise<string> => ask(visit, 'picture')
      const whole = await picture()
      await page.keyboard.press('+')
      assert.notEqual(await picture(), whole)
      await page.keyboard.press('0')
      assert.equal(await picture(), whole)
      await page.keyboard.press('Escape')
      assert.ok(await page.locator('#timeline-tip').isHidden())
      assertQuiet(visit)
    })

    for (const scheme of ['light', 'dark'] as const) {
      test(`text and charts can be told from their ground when it is ${scheme}`, async () => {
        using visit = await openPage(browser, file, { colorScheme: scheme })
        const all = await ask<{ ratio: number }[]>(visit, 'contrasts')
        assert.ok(all.length > 50)
        assert.deepEqual(
          all.filter(({ ratio }) => ratio < 4.5),
          [],
        )
        const graphics = await ask<{ ratio: number }[]>(visit, 'graphics')
        assert.deepEqual(
          graphics.filter(({ ratio }) => ratio < 3),
          [],
        )
        assertQuiet(visit)
      })
    }

    test('fits a narrow window: nothing but tables and graphs scrolls sideways', async () => {
      using visit = await openPage(browser, file, { viewport: { width: 360, height: 800 } })
      const { page, window } = await ask<{ page: number; window: number }>(visit, 'widths')
      assert.equal(page, window)
    })

    test('a later run tells what changed, and a pipeline file that is broken now costs only what it knew', async () => {
      writeFileSync(join(project.folder, 'work.py'), 'def make(**given):\n    return "y"\n')
      project.run()
      writeFileSync(join(project.folder, 'heddle.yaml'), 'heddle: [')
      using visit = await openPage(browser, reportOf(project))
      assert.match(await textOf(visit.page, '#reasons'), /code changed: work\.py/)
      assert.match(await textOf(visit.page, '#summary'), /cannot be read now/)
      assertQuiet(visit)
    })
  })

  test('of 100,000 quanta is small, opens fast enough to use, and makes no element for each', async () => {
    using project = trialProject()
    writeProject(project.folder, LARGE)
    assert.deepEqual(project.run().counts['completed'], 100_000)
    const file = reportOf(project)
    assert.ok(statSync(file).size < 5e6, `${statSync(file).size} bytes`)
    using visit = await openPage(browser, file)
    const { page } = visit
    assert.equal(await page.locator('#timeline-canvas').getAttribute('data-bars'), '100000')
    assert.ok((await page.locator('*').count()) < 5000)
    assert.match(await textOf(page, '#summary'), /100,000 completed/)
    await page.locator('#timeline-canvas').focus()
    await page.keyboard.press('ArrowRight')
    assert.match(await textOf(page, '#timeline-said'), /simulate@member=m\d+,segment=\d+/)
    assertQuiet(visit)
  })
})

function reportOf(project: TrialProject): string {
  const file = join(project.folder, 'report.html')
  const { code, err } = project.heddle('report', '-o', file)
  assert.equal(code, 0, err)
  return file
}

function assertQuiet({ messages, requests }: Visit): void {
  assert.deepEqual(messages, [])
  assert.equal(requests.length, 1, `requests: ${requests.join(', ')}`)
}

async function textOf(page: Page, selector: string): Promise<string> {
  return (await page.locator(selector).textContent()) ?? ''
}
