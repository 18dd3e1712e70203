import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { replay } from '../../src/scheduler/replay.ts'
import { createState } from '../../src/scheduler/state.ts'
import { type Ending, PlayedRun, SETUP } from '../rig/played-run.ts'
import { type SmallTask, smallPlan } from '../rig/small-graph.ts'

const ENDINGS: Ending[] = [
  { kind: 'completed' },
  { kind: 'completed' },
  { kind: 'completed' },
  { kind: 'noWork' },
  { kind: 'failed', cause: 'error' },
]

const graphs = fc
  .array(
    fc.record({
      needs: fc.array(fc.array(fc.nat(), { maxLength: 3 }), { minLength: 1, maxLength: 5 }),
      minimum: fc.nat(2),
      cores: fc.integer({ min: 1, max: 2 }),
      after: fc.boolean(),
    }),
    { minLength: 1, maxLength: 6 },
  )
  .map((drafts) => {
    let first = 0
    return drafts.map((draft, t): SmallTask => {
      const below = first
      first += draft.needs.length
      const needs = draft.needs.map((list) => (below === 0 ? [] : [...new Set(list.map((n) => n % below))]))
      const task = { name: `t${t}`, needs, minimum: draft.minimum, resources: { cores: draft.cores } }
      return draft.after && below > 0 ? { ...task, after: needs.map(() => [below - 1]) } : task
    })
  })
const endings = fc.array(fc.nat(ENDINGS.length - 1), { minLength: 30, maxLength: 30 })
const picks = fc.array(fc.nat(), { minLength: 1, maxLength: 40 })

function played(tasks: SmallTask[], ends: number[], order: number[]): PlayedRun {
  const run = new PlayedRun(smallPlan(tasks))
  run.tell({ kind: 'RunBegan' })
  let turn = 0
  run.play(
    (q) => ENDINGS[ends[q % ends.length] as number] as Ending,
    () => order[turn++ % order.length] as number,
  )
  return run
}

test('the order in which attempts end does not change how a run ends', () => {
  fc.assert(
    fc.property(graphs, endings, picks, picks, (tasks, ends, order, other) => {
      const [a, b] = [played(tasks, ends, order), played(tasks, ends, other)]
      assert.ok(a.state.finished && b.state.finished)
      assert.deepEqual([...a.state.quantum], [...b.state.quantum])
    }),
  )
})

test('replaying the events of a run, or of its beginning, gives its state', () => {
  fc.assert(
    fc.property(graphs, endings, picks, (tasks, ends, order) => {
      const run = new PlayedRun(smallPlan(tasks))
      run.tell({ kind: 'RunBegan' })
      for (const pick of order) {
        const again = createState(smallPlan(tasks), SETUP)
        replay(again, run.events)
        assert.deepEqual([...again.quantum], [...run.state.quantum])
        assert.deepEqual([...again.attempt], [...run.state.attempt])
        assert.deepEqual([...again.tally], [...run.state.tally])
        assert.deepEqual(
          [...again.waitingFor].filter((_, q) => run.state.quantum[q] === 0),
          [...run.state.waitingFor].filter((_, q) => run.state.quantum[q] === 0),
        )
        if (run.running.length === 0) break
        const index = pick % run.running.length
        run.end(index, ENDINGS[ends[(run.running[index] as { q: number }).q % ends.length] as number] as Ending)
      }
    }),
  )
})

test('losses, returns and retries in any order leave no quantum behind and break no account', () => {
  const wild: Ending[] = [
    { kind: 'completed' },
    { kind: 'returned' },
    { kind: 'failed', cause: 'infrastructure' },
    { kind: 'failed', cause: 'memory' },
    { kind: 'failed', cause: 'error' },
  ]
  fc.assert(
    fc.property(graphs, fc.array(fc.nat(wild.length - 1), { minLength: 1, maxLength: 50 }), picks, (tasks, ends, order) => {
      const plan = smallPlan(
        tasks.map((task) => ({
          ...task,
          retry: { limit: 2, on: ['error', 'memory'], scale: 2 },
          resources: { ...task.resources, memory: 300 },
        })),
      )
      const run = new PlayedRun(plan, { capacity: { cores: 2, memory: 1000, gpus: 0, disk: undefined, custom: {} } })
      run.tell({ kind: 'RunBegan' })
      let turn = 0
      run.play(
        () => wild[ends[turn % ends.length] as number] as Ending,
        () => order[turn++ % order.length] as number,
      )
      assert.ok(run.state.finished)
      assert.deepEqual([...run.state.free], [...run.state.capacity])
    }),
  )
})
