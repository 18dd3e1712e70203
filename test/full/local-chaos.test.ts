import assert from 'node:assert/strict'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import fc from 'fast-check'
import type { QuantumJob } from '../../src/engine/job.ts'
import { processFacts } from '../../src/sites/local/processes.ts'
import { command, job, logText, openRig } from '../rig/local-rig.ts'

/** What a job does, as a number: most print it and end, some take long, some die. */
const kinds = fc.constantFrom('shell', 'python', 'typescript')
const deeds = fc.constantFrom('quick', 'quick', 'quick', 'quick', 'slow', 'die', 'fail')
const plans = fc.record({
  slots: fc.integer({ min: 1, max: 4 }),
  jobs: fc.array(fc.record({ kind: kinds, deed: deeds, cancelled: fc.integer({ min: 0, max: 9 }) }), { minLength: 20, maxLength: 150 }),
  kills: fc.array(fc.integer({ min: 0, max: 200 }), { maxLength: 4 }),
})

const PYTHON = `
import os, time
def f(n, deed):
  print(n)
  if deed == 'slow': time.sleep(0.07)
  if deed == 'die': os._exit(9)
  if deed == 'fail': raise ValueError(n)
  return n
`
const TYPESCRIPT = `
export const f = async ({ n, deed }) => {
  console.log(n)
  if (deed === 'slow') await new Promise((resolve) => setTimeout(resolve, 70))
  if (deed === 'die') process.exit(9)
  if (deed === 'fail') throw new Error(n)
  return n
}
`
const SHELL = { quick: ':', slow: 'sleep 0.07', die: 'kill -TERM $$; sleep 1', fail: 'exit 9' } as const

test('every attempt ends once with its own log, whatever dies around it', async (t) => {
  await fc.assert(
    fc.asyncProperty(plans, async ({ slots, jobs, kills }) => {
      const rig = openRig(t, { slots })
      rig.file('body.py', PYTHON)
      rig.file('body.ts', TYPESCRIPT)
      const made = jobs.map(({ kind, deed }, n): QuantumJob => {
        if (kind === 'shell') return command(`echo ${n}; ${SHELL[deed]}`)
        const body =
          kind === 'python' ? ({ kind, module: 'body' } as const) : ({ kind: 'typescript', module: join(rig.project, 'body.ts') } as const)
        return job(
          { ...body, function: 'f' },
          { config: { n, deed }, outputs: [{ connection: 'o', format: 'json', gathers: false, paths: [join(rig.tmp, 'o')] }] },
        )
      })
      const ends = rig.run(...made)
      setImmediate(() => rig.site.cancel(made.filter((_, n) => jobs[n]?.cancelled === 0)))
      for (const ms of kills) {
        setTimeout(() => {
          const living = rig.processes.filter((pid) => processFacts(pid) !== undefined)
          const one = living[ms % Math.max(1, living.length)]
          if (one !== undefined) process.kill(one, 'SIGKILL')
        }, ms)
      }
      for (const [n, end] of (await ends).entries()) {
        const { deed, cancelled } = jobs[n] as (typeof jobs)[number]
        const free = cancelled === 0 || (end.outcome.kind === 'failed' && end.outcome.cause === 'infrastructure')
        if (!free)
          assert.equal(
            end.outcome.kind,
            deed === 'quick' || deed === 'slow' ? 'completed' : 'failed',
            JSON.stringify([n, deed, end.outcome, logText(end)]),
          )
        if (!free) assert.equal(logText(end).split('\n')[0], String(n))
      }
      await rig.site.close()
      const counts = new Map<number, number>()
      for (const report of rig.reports) if (report.kind === 'ended') counts.set(report.q, (counts.get(report.q) ?? 0) + 1)
      assert.ok([...counts.values()].every((count) => count === 1))
      assert.equal(counts.size, made.length)
      assert.deepEqual(
        readdirSync(rig.tmp).filter((name) => name.startsWith('local-')),
        [],
      )
      for (const pid of rig.processes) assert.ok(['Z', undefined].includes(processFacts(pid)?.state))
    }),
    { numRuns: 15, interruptAfterTimeLimit: 60_000, endOnFailure: true },
  )
})
