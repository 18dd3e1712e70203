/** What a report works out of a run's events: when attempts were at work, what determined the end, how values spread; and its escaping. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import type { Event } from '../../src/model/events.ts'
import { type Attempts, ENDINGS, readAttempts, type Turn } from '../../src/thread/report/attempts.ts'
import { criticalPath } from '../../src/thread/report/critical-path.ts'
import { distributionOf } from '../../src/thread/report/distribution.ts'
import { embeddedJson, html } from '../../src/thread/report/html.ts'
import { smallPlan } from '../rig/small-graph.ts'

const submitted = (q: number, attempt = 1): Event => ({ event: 'JobSubmitted', q, attempt, site: 'local' })
const active = (q: number, slot: number, attempt = 1): Event => ({
  event: 'JobStateChanged',
  q,
  attempt,
  state: 'active',
  native: `slot ${slot}`,
})
const completed = (q: number, wallSeconds: number, attempt = 1): Event => ({
  event: 'QuantumCompleted',
  q,
  attempt,
  noWork: null,
  usage: { wallSeconds, cpuSeconds: null, peakMemoryBytes: null },
})
const retried = (q: number, attempt: number): Event => ({
  event: 'QuantumRetried',
  q,
  attempt,
  because: 'error',
  exitCode: 1,
  message: '',
  scaled: {},
})

function endings({ ending }: Attempts): string[] {
  return Array.from(ending, (code) => ENDINGS[code] as string)
}

describe('attempts', () => {
  test('that one commit holds are laid out one after the other, backwards from it', () => {
    const turns: Turn[] = [
      { at: 0, events: [submitted(0), submitted(1)] },
      { at: 1000, events: [active(0, 0), completed(0, 0.1), active(1, 0), completed(1, 0.2)] },
    ]
    const attempts = readAttempts(turns, { started: 0, ended: 2000 })
    assert.deepEqual([...attempts.start], [0.7, 0.8])
    assert.deepEqual([...attempts.wallSeconds], [0.1, 0.2])
  })

  test('that failed and were tried again stand beside each other, and one that never ended goes on to the end', () => {
    const turns: Turn[] = [
      { at: 0, events: [submitted(0)] },
      { at: 100, events: [active(0, 3)] },
      { at: 600, events: [retried(0, 1), submitted(0, 2)] },
      { at: 700, events: [active(0, 3, 2)] },
    ]
    const attempts = readAttempts(turns, { started: 0, ended: 1000 })
    assert.deepEqual(endings(attempts), ['retried', 'unfinished'])
    assert.deepEqual([...attempts.start], [0.1, 0.7])
    assert.deepEqual([...attempts.wallSeconds], [0.5, 0.3])
    assert.deepEqual([...attempts.attempt], [1, 2])
  })

  test('of one slot never overlap, whatever the commits', () => {
    const work = fc.array(fc.record({ rest: fc.nat(50), wall: fc.nat(200), commit: fc.boolean() }), { minLength: 1, maxLength: 40 })
    fc.assert(
      fc.property(work, (all) => {
        const turns: Turn[] = [{ at: 0, events: all.map((_, q) => submitted(q)) }]
        let now = 0
        let open: Event[] = []
        all.forEach(({ rest, wall, commit }, q) => {
          now += rest + wall
          open.push(active(q, 0), completed(q, wall / 1000))
          if (!commit && q < all.length - 1) return
          turns.push({ at: now, events: open })
          open = []
        })
        const { start, wallSeconds } = readAttempts(turns, { started: 0, ended: now })
        for (let n = 0; n < all.length; n++) {
          assert.ok((start[n] as number) >= 0)
          const next = n + 1 < all.length ? (start[n + 1] as number) : now / 1000
          assert.ok((start[n] as number) + (wallSeconds[n] as number) <= next + 1e-9)
        }
      }),
    )
  })
})

test('the critical path follows what ended last, and says how long each waited', () => {
  const { graph } = smallPlan([
    { name: 'a', needs: [[], []] },
    { name: 'b', needs: [[0, 1]] },
    { name: 'c', needs: [[0]] },
  ])
  const turns: Turn[] = [
    { at: 0, events: [submitted(0), submitted(1), active(0, 0), active(1, 1)] },
    { at: 1000, events: [completed(0, 1), submitted(3), active(3, 0)] },
    { at: 2000, events: [completed(1, 2), submitted(2)] },
    { at: 2500, events: [completed(3, 1.5), active(2, 1)] },
    { at: 5000, events: [completed(2, 2.5)] },
  ]
  const path = criticalPath(graph, readAttempts(turns, { started: 0, ended: 5000 }))
  assert.deepEqual(path, [
    { q: 1, start: 0, seconds: 2, waited: 0 },
    { q: 2, start: 2.5, seconds: 2.5, waited: 0.5 },
  ])
})

test('a distribution counts every value once and ignores what was not measured', () => {
  const value = fc.oneof(fc.double({ min: 0, max: 1e9, noNaN: true }), fc.constant(Number.NaN))
  fc.assert(
    fc.property(fc.array(value), (values) => {
      const known = values.filter((one) => !Number.isNaN(one))
      const distribution = distributionOf(values)
      assert.equal(distribution?.count ?? 0, known.length)
      if (distribution === undefined) return
      const { bins, least, median, high, most } = distribution
      assert.equal(
        bins.reduce((sum, n) => sum + n, 0),
        known.length,
      )
      assert.ok(least <= median && median <= high && high <= most)
    }),
  )
})

describe('text of others', () => {
  test('is never markup, in an element, an attribute or embedded JSON', () => {
    const nasty = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom('</script>', '<!--', `" onload='x'`, '\u001b[31mred', '\u0000', '&lt;'),
    )
    fc.assert(
      fc.property(nasty, (text) => {
        const shown = html`<p title="${text}">${text}</p>`.text
        assert.equal(shown.match(/</g)?.length, 2)
        assert.equal(shown.match(/"/g)?.length, 2)
        const embedded = embeddedJson({ text }).text
        assert.ok(!embedded.includes('<'))
        assert.deepEqual(JSON.parse(embedded), { text })
      }),
    )
  })
})
