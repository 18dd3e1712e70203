/** Small random pipelines with their records and files, for both planners. */
import fc from 'fast-check'
import { naivePlan } from './naive-plan.ts'
import type { Comparison, NaiveConnection, NaiveDimension, NaiveRequest, NaiveTask, Row, World } from './world.ts'

type Draw = fc.GeneratorValue

const OPS = ['=', '!=', '<', '>'] as const
const VALUES = [1, 2, 3]

/** Draws a world: three to five dimensions, up to two relations, up to four tasks. */
export function drawWorld(g: Draw): World {
  const oneIn = (n: number): boolean => g(fc.integer, { min: 1, max: n }) === n
  const some = <T>(from: readonly T[], max: number): T[] => g(fc.subarray<T>, [...from], { maxLength: Math.min(max, from.length) })
  const drawn: NaiveDimension[] = []
  const dimension = (name: string): NaiveDimension => drawn.find((one) => one.name === name) as NaiveDimension
  const required = (names: readonly string[]): string[] => {
    const all = new Set(names)
    for (const name of all) for (const other of dimension(name).requires) all.add(other)
    return [...all]
  }
  for (const name of ['a', 'b', 'c', 'd'].slice(0, g(fc.integer, { min: 2, max: 4 }))) {
    const requires = drawn.length > 0 && oneIn(3) ? [g(fc.constantFrom, ...drawn.map((one) => one.name)) as string] : []
    const key = required(requires)
    const candidates = drawn
      .filter((one) => !key.includes(one.name) && one.requires.every((other) => key.includes(other)))
      .map((one) => one.name)
    const implies = candidates.length > 0 && oneIn(4) ? [g(fc.constantFrom, ...candidates) as string] : []
    const records = oneIn(5) && implies.length === 0 ? undefined : rows(g, [...key, name], implies)
    drawn.push({ name, requires, implies, ordered: records !== undefined && oneIn(3), records })
  }
  const names = drawn.map((one) => one.name)
  const dimensions = g(fc.shuffledSubarray<NaiveDimension>, drawn, { minLength: drawn.length })
  const relations = Array.from({ length: g(fc.constantFrom, 0, 0, 1, 2) as number }, (_, i) => {
    const its = g(fc.subarray<string>, names, { minLength: 2, maxLength: Math.min(3, names.length) })
    return { name: `r${i}`, dimensions: its, rows: rows(g, required(its), []) }
  })

  const datasets: { name: string; dimensions: readonly string[] }[] = []
  const existing: Record<string, readonly Row[]> = {}
  const addOverall = (its: readonly string[]): string => {
    const name = `x${datasets.length}`
    datasets.push({ name, dimensions: its })
    existing[name] = its.length === 0 ? (oneIn(4) ? [] : [{}]) : rows(g, required(its), [])
    return name
  }
  const tasks: NaiveTask[] = []
  const count = g(fc.constantFrom, 1, 2, 3, 4, 4) as number
  for (let t = 0; t < count; t++) {
    const own = some(names, 2)
    const made = tasks.flatMap((task) => task.outputs.map(({ dataset }) => dataset))
    const typeOf = (name: string): readonly string[] => datasets.find((one) => one.name === name)?.dimensions ?? []
    const outputs = Array.from({ length: oneIn(4) ? 2 : 1 }, (_, i) => {
      const name = `m${datasets.length}`
      const further = oneIn(4)
        ? some(
            names.filter((one) => !own.includes(one)),
            1,
          )
        : []
      datasets.push({ name, dimensions: [...own, ...further] })
      return { name: `out${i}`, dataset: name, minimum: 1 }
    })
    const inputs = Array.from({ length: g(fc.constantFrom, 0, 1, 1, 2, 2) as number }, (_, i): NaiveConnection => {
      const steps = own.length > 0 && oneIn(4)
      const step = steps ? (g(fc.constantFrom, ...own) as string) : undefined
      const chosen = [...made, ...(steps ? outputs.map(({ dataset }) => dataset) : [])].filter(
        (name) => step === undefined || typeOf(name).includes(step),
      )
      const dataset =
        chosen.length > 0 && !oneIn(3)
          ? (g(fc.constantFrom, ...chosen) as string)
          : addOverall(step === undefined ? some(names, 2) : [...new Set([step, ...some(names, 1)])])
      const gathers = typeOf(dataset).some((name) => !required(own).includes(name))
      const minimum = g(fc.constantFrom, 1, 1, 1, 0, gathers ? 2 : 1) as number
      const initial = step !== undefined && oneIn(2) ? addOverall(some(typeOf(dataset), 1)) : undefined
      return { name: `in${i}`, dataset, minimum, ...(step === undefined ? {} : { step }), ...(initial === undefined ? {} : { initial }) }
    })
    const prerequisites = oneIn(5)
      ? [{ name: 'pre', dataset: addOverall(some(names, 2)), minimum: g(fc.constantFrom, 0, 0, 1) as number }]
      : []
    const after = tasks.length > 0 && oneIn(4) ? [g(fc.constantFrom, ...tasks.map(({ name }) => name)) as string] : []
    const when = own.length > 0 && oneIn(4) ? { when: comparison(g, own) } : {}
    tasks.push({ name: `t${t}`, dimensions: own, inputs, prerequisites, outputs, after, ...when })
  }
  return { dimensions, relations, datasets, existing, tasks }
}

/** Draws what is asked of a plan. */
export function drawRequest(g: Draw, world: World): NaiveRequest {
  const names = world.dimensions.map(({ name }) => name)
  const kind = g(fc.constantFrom, 'all', 'all', 'all', 'all', 'tasks', 'type', 'dataset')
  const made = world.tasks.flatMap((task) => task.outputs.map(({ dataset }) => dataset))
  const everything = { where: [], whole: false, tasks: [], wanted: [], assumeInputs: false }
  const some = Object.entries(naivePlan(world, everything).producers).flatMap(([id, producer]) => (producer === null ? [] : [id]))
  const one = (of: readonly string[]): string[] => (of.length === 0 ? [] : [g(fc.constantFrom, ...of) as string])
  return {
    where: Array.from({ length: g(fc.constantFrom, 0, 1, 1, 2) as number }, () => comparison(g, names)),
    whole: g(fc.boolean),
    tasks: kind === 'tasks' ? one(world.tasks.map(({ name }) => name)) : [],
    wanted: kind === 'type' ? one(made) : kind === 'dataset' ? one(some) : [],
    assumeInputs: g(fc.integer, { min: 1, max: 4 }) === 4,
  }
}

function comparison(g: Draw, names: readonly string[]): Comparison {
  return {
    dimension: g(fc.constantFrom, ...names) as string,
    op: g(fc.constantFrom, ...OPS) as Comparison['op'],
    value: g(fc.constantFrom, ...VALUES) as number,
  }
}

/** Most of the possible rows over `key`, in any order; `further` follow from them. */
function rows(g: Draw, key: readonly string[], further: readonly string[]): Row[] {
  let all: Row[] = [{}]
  for (const name of key) all = all.flatMap((row) => VALUES.map((value) => ({ ...row, [name]: value })))
  const gone = new Set(g(fc.subarray<Row>, all, { maxLength: g(fc.constantFrom, 0, 1, all.length >> 1) as number }))
  const few = g(fc.shuffledSubarray<Row>, all, { minLength: all.length }).filter((row) => !gone.has(row))
  return few.map((row) => ({ ...row, ...Object.fromEntries(further.map((name) => [name, g(fc.constantFrom, ...VALUES)])) }))
}

/** The pipeline file of a world (JSON is YAML), and its files. */
export function projectOf(world: World): { yaml: string; files: Record<string, string> } {
  const connection = ({ dataset, minimum, step, initial }: NaiveConnection): object => ({
    dataset,
    ...(minimum === 0 ? { optional: true } : { minimum }),
    ...(step === undefined ? {} : { at: { [step]: 'previous' } }),
    ...(initial === undefined ? {} : { initial }),
  })
  const named = (list: readonly NaiveConnection[]): object => Object.fromEntries(list.map((one) => [one.name, connection(one)]))
  const requires = (names: readonly string[]): string[] => {
    const all = new Set(names)
    for (const name of all) for (const other of world.dimensions.find((one) => one.name === name)?.requires ?? []) all.add(other)
    return [...all]
  }
  const path = (type: string, row?: Row): string => {
    const its = requires(world.datasets.find(({ name }) => name === type)?.dimensions ?? [])
    return ['in', type, ...its.map((name) => row?.[name] ?? `{${name}}`)].join('/')
  }
  const yaml = JSON.stringify({
    heddle: 1,
    dimensions: Object.fromEntries(
      world.dimensions.map(({ name, records, ...rest }) => [name, { type: 'int', ...rest, ...(records === undefined ? {} : { records }) }]),
    ),
    relations: Object.fromEntries(world.relations.map(({ name, dimensions, rows: records }) => [name, { dimensions, records }])),
    datasets: Object.fromEntries(
      world.datasets.map(({ name, dimensions }) => [
        name,
        { dimensions, format: 'text', ...(name in world.existing ? { path: `${path(name)}.txt` } : {}) },
      ]),
    ),
    tasks: Object.fromEntries(
      world.tasks.map(({ name, dimensions, inputs, prerequisites, outputs, after, when }) => [
        name,
        {
          dimensions,
          inputs: named(inputs),
          prerequisites: named(prerequisites),
          outputs: Object.fromEntries(outputs.map((one) => [one.name, one.dataset])),
          after,
          ...(when === undefined ? {} : { when: textOf([when]) }),
          command: `for file in ${outputs.map((one) => `{outputs.${one.name}}`).join(' ')}; do echo done > "$file"; done`,
        },
      ]),
    ),
  })
  // Contents say which type they are of by its number, so that renaming it changes nothing.
  const files = Object.fromEntries(
    world.datasets.flatMap(({ name }, n) =>
      (world.existing[name] ?? []).map((row) => [`${path(name, row)}.txt`, `${n} ${Object.values(row).join()}`]),
    ),
  )
  return { yaml, files }
}

/** Comparisons as an expression. */
export function textOf(comparisons: readonly Comparison[]): string {
  return comparisons.map(({ dimension, op, value }) => `${dimension} ${op} ${value}`).join(' AND ')
}
