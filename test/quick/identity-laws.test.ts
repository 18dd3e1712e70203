import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import type { Plan } from '../../src/model/plan.ts'
import { plannedOf, planOf, quantaOf } from '../rig/planning.ts'
import { drawWorld, projectOf } from '../rig/random-world.ts'
import { told } from '../rig/told.ts'
import type { World } from '../rig/world.ts'

/** Worlds whose prerequisites are all optional, so that each has a plan. */
function worldWithPlan(g: fc.GeneratorValue): World {
  const world = drawWorld(g)
  const optional = world.tasks.map((task) => ({ ...task, prerequisites: task.prerequisites.map((one) => ({ ...one, minimum: 0 })) }))
  return { ...world, tasks: optional }
}

function fingerprints(plan: Plan): Map<string, string> {
  return new Map(quantaOf(plan).map((id) => [id, plannedOf(plan, id)]))
}

/** The same work under other names, its records, relations, files and tasks in another order, beside a task that has nothing to do with it. */
function disguised(g: fc.GeneratorValue, world: World): World {
  const shuffled = <T>(list: readonly T[]): T[] => g(fc.shuffledSubarray<T>, [...list], { minLength: list.length })
  const renamed = <C extends { readonly dataset: string; readonly initial?: string }>(one: C): C => ({
    ...one,
    dataset: `other_${one.dataset}`,
    ...(one.initial === undefined ? {} : { initial: `other_${one.initial}` }),
  })
  const tasks = world.tasks.map((task) => ({
    ...task,
    name: `other_${task.name}`,
    inputs: shuffled(task.inputs.map(renamed)),
    prerequisites: task.prerequisites.map(renamed),
    outputs: task.outputs.map(renamed),
    after: task.after.map((name) => `other_${name}`),
  }))
  const stranger = {
    name: 'stranger',
    dimensions: [],
    inputs: [],
    prerequisites: [],
    outputs: [{ name: 'out', dataset: 'strange', minimum: 1 }],
    after: [],
  }
  return {
    dimensions: world.dimensions.map((one) =>
      one.ordered || one.records === undefined ? one : { ...one, records: shuffled(one.records) },
    ),
    relations: world.relations.map((one) => ({ ...one, rows: shuffled(one.rows) })),
    datasets: [...world.datasets.map((one) => ({ ...one, name: `other_${one.name}` })), { name: 'strange', dimensions: [] }],
    existing: Object.fromEntries(Object.entries(world.existing).map(([name, rows]) => [`other_${name}`, shuffled(rows)])),
    tasks: shuffled([...tasks, stranger]),
  }
}

describe('planned fingerprints of random pipelines', () => {
  it('do not depend on names, nor on the order of records, files, connections and tasks, nor on unrelated tasks', () => {
    fc.assert(
      fc.property(fc.gen(), (g) => {
        const world = worldWithPlan(g)
        const other = fingerprints(planOf(projectOf(disguised(g, world))))

        other.delete('stranger')
        const same = new Map([...fingerprints(planOf(projectOf(world)))].map(([id, fingerprint]) => [`other_${id}`, fingerprint]))
        assert.deepEqual(other, same)
      }),
      { numRuns: 60 },
    )
  })

  it('change with the configuration of a task exactly there and below', () => {
    fc.assert(
      fc.property(fc.gen(), (g) => {
        const world = worldWithPlan(g)
        const { yaml, files } = projectOf(world)
        const task = g(fc.constantFrom, ...world.tasks.map(({ name }) => name)) as string
        const file = JSON.parse(yaml)
        file.tasks[task].config = { setting: 1 }

        const plan = planOf({ yaml, files })
        const [before, after] = [fingerprints(plan), fingerprints(planOf({ yaml: JSON.stringify(file), files }))]
        const { quanta, producers } = told(plan)
        const reached = new Set(quanta.filter(({ id }) => id.split('@')[0] === task).map(({ id }) => id))
        for (let size = -1; size < reached.size; ) {
          size = reached.size
          for (const { id, edges } of quanta) {
            const makers = Object.entries(edges).flatMap(([name, datasets]) =>
              name.startsWith('in') ? datasets.map((one) => producers[one]) : [],
            )
            if (makers.some((maker) => maker != null && reached.has(maker))) reached.add(id)
          }
        }
        const changed = [...before].filter(([id, fingerprint]) => after.get(id) !== fingerprint).map(([id]) => id)
        assert.deepEqual(changed.sort(), [...reached].sort())
      }),
      { numRuns: 60 },
    )
  })

  it('say which of several outputs a quantum makes, since these are told apart by place', () => {
    const yaml = `heddle: 1
dimensions: {a: {type: int, records: [{a: 1}]}, b: {type: int, records: [{b: 1}, {b: 2}]}}
datasets: {parts: {dimensions: [a, b], format: text}}
tasks: {split: {dimensions: [a], outputs: {out: parts}, command: 'touch {outputs.out}'}}
`
    const of = (where?: string): string | undefined => plannedOf(planOf({ yaml, where }), 'split@a=1')

    assert.equal(new Set([of(), of('b = 1'), of('b = 2')]).size, 3)
    assert.equal(of('a = 1'), of())
  })
})
