import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import type { HeddleError } from '../../src/model/errors.ts'
import type { Plan } from '../../src/model/plan.ts'
import { naivePlan } from '../rig/naive-plan.ts'
import { planOf } from '../rig/planning.ts'
import { drawRequest, drawWorld, projectOf, textOf } from '../rig/random-world.ts'
import { told } from '../rig/told.ts'

describe('the planner', () => {
  it('agrees with a naive one that follows the contract word by word', () => {
    fc.assert(
      fc.property(fc.gen(), (g) => {
        const world = drawWorld(g)
        const request = drawRequest(g, world)
        const { lacking, unknown, ...expected } = naivePlan(world, request)
        const plan = (): Plan =>
          planOf({
            ...projectOf(world),
            ...(request.where.length === 0 ? {} : { where: textOf(request.where) }),
            whole: request.whole,
            ...(request.tasks.length === 0 ? {} : { tasks: request.tasks }),
            ...(request.wanted.length === 0 ? {} : { wanted: request.wanted }),
            assumeInputs: request.assumeInputs,
          })
        const error = unknown.length > 0 ? 'not-in-plan' : lacking.length > 0 ? 'prerequisite-missing' : undefined
        if (error === undefined) assert.deepEqual(told(plan()), expected)
        else assert.throws(plan, ({ code }: HeddleError) => code === error)
      }),
      { numRuns: 300 },
    )
  })
})
