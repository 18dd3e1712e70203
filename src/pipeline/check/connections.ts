/** Connections: what joins tasks and datasets must be able to. */
import { nearest } from '../../model/nearest.ts'
import type { Connection, DatasetType, Pipeline, Task } from '../../model/pipeline.ts'
import type { Reading } from '../reading.ts'
import type { Path } from '../yaml-document.ts'

/** Reports connections that can never hold, datasets that two tasks make, and datasets that nothing uses. */
export function checkConnections(pipeline: Pipeline, reading: Reading): void {
  const datasets = new Map(pipeline.datasets.map((dataset) => [dataset.name, dataset]))
  const makers = makersByDataset(pipeline)
  for (const task of pipeline.tasks) {
    for (const group of ['inputs', 'prerequisites', 'outputs'] as const) {
      for (const connection of task[group]) {
        const one = { task, connection, group, dataset: datasets.get(connection.dataset), pipeline, reading }
        if (group === 'outputs') checkOutput(one)
        else checkInput(one)
        if (group === 'prerequisites') checkPrerequisite(one, makers.get(connection.dataset))
      }
    }
    checkNamesOfValues(task, reading)
    checkAfter(task, pipeline, reading)
  }
  checkProducers(makers, reading)
  checkUnused(pipeline, reading)
}

interface Case {
  readonly task: Task
  readonly connection: Connection
  readonly group: 'inputs' | 'prerequisites' | 'outputs'
  readonly dataset: DatasetType | undefined
  readonly pipeline: Pipeline
  readonly reading: Reading
}

function pathOf({ task, group, connection }: Case, ...rest: string[]): Path {
  return ['tasks', task.name, group, connection.name, ...rest]
}

function checkInput(one: Case): void {
  const { task, connection, dataset, reading } = one
  const { document, problems } = reading
  checkVia(one)
  checkStep(one)
  if (dataset === undefined) return
  const gathers = connection.via !== undefined || dataset.dimensions.some((dimension) => !task.dimensions.includes(dimension))
  const declared = reading.file.tasks?.[task.name]?.[one.group]?.[connection.name]
  const full = typeof declared === 'object' ? declared : undefined
  if (full?.optional === true && (full.minimum ?? 0) > 0) {
    problems.error(
      'minimum',
      document.at(pathOf(one, 'minimum')),
      `an optional input has minimum 0, not ${full.minimum}; expected one of both keys`,
    )
  } else if (!gathers && connection.minimum > 1) {
    const message = `${task.name} reads one ${dataset.name} at a time and can never have ${connection.minimum}; expected a minimum of 0 or 1, or a task with fewer dimensions`
    problems.error('minimum', document.at(pathOf(one, 'minimum')), message)
  }
}

function checkPrerequisite(one: Case, makers: readonly Maker[] | undefined): void {
  if (makers === undefined || one.dataset === undefined) return
  const message = `${one.dataset.name} is made by ${makers[0]?.task.name}, and a prerequisite is looked up before anything runs; expected it under inputs:`
  one.reading.problems.error('prerequisite-made', one.reading.document.at(pathOf(one, 'dataset')), message)
}

function checkStep(one: Case): void {
  const { task, connection, dataset, reading } = one
  const { document, problems, declared } = reading
  const stepped = Object.keys(connection.step)
  if (connection.initial !== undefined && stepped.length === 0) {
    problems.error(
      'initial-without-at',
      document.at(pathOf(one, 'initial'), 'key'),
      'initial: stands in at the first value of a step, and there is no step; expected at: {DIMENSION: previous} beside it',
    )
  }
  if (connection.via !== undefined && stepped.length > 0) {
    problems.error('at-dimension', document.at(pathOf(one, 'at'), 'key'), 'at: and via: exclude each other; expected one of both')
  }
  for (const dimension of stepped) {
    if (!declared.dimensions.has(dimension)) continue
    const lacks = !task.dimensions.includes(dimension)
      ? `task ${task.name}`
      : dataset?.dimensions.includes(dimension) === false
        ? `dataset ${dataset.name}`
        : undefined
    if (lacks === undefined) continue
    const message = `${lacks} has no dimension ${dimension}, so that there is no previous one; expected a dimension that task and dataset share`
    problems.error('at-dimension', document.at(pathOf(one, 'at', dimension), 'key'), message)
  }
}

function checkVia(one: Case): void {
  const { task, connection, dataset, pipeline, reading } = one
  const relation = pipeline.relations.find((candidate) => candidate.name === connection.via)
  if (relation === undefined || dataset === undefined) return
  const reachable = new Set([...task.dimensions, ...dataset.dimensions])
  const outside = relation.dimensions.find((dimension) => !reachable.has(dimension) && reading.declared.dimensions.has(dimension))
  if (outside === undefined) return
  const message = `relation ${relation.name} has dimension ${outside}, which neither ${task.name} nor ${dataset.name} has; expected a relation between their dimensions (${[...reachable].join(', ')})`
  reading.problems.error('via-dimension', reading.document.at(pathOf(one, 'via')), message)
}

function checkOutput(one: Case): void {
  const { task, connection, dataset, reading } = one
  checkVia(one)
  if (dataset === undefined) return
  if (dataset.sparse !== undefined) {
    const message = `${dataset.name} is sparse: Heddle makes it itself, and no task can; expected another dataset`
    reading.problems.error('sparse-made', reading.document.at(pathOf(one, 'dataset')), message)
  }
  if (connection.via !== undefined) return
  const lacking = task.dimensions.filter((dimension) => !dataset.dimensions.includes(dimension))
  if (lacking.length === 0) return
  const message = `output ${connection.name} would be made several times: dataset ${dataset.name} lacks ${lacking.join(', ')} of task ${task.name}; expected dimensions [${task.dimensions.join(', ')}] on ${dataset.name}`
  reading.problems.error('output-dimension', reading.document.at(pathOf(one, 'dataset')), message)
}

/** Inputs, prerequisites and, of a function, configuration arrive side by side. */
function checkNamesOfValues(task: Task, { document, problems }: Reading): void {
  const seen = new Map<string, string>()
  const groups = [
    ['inputs', task.inputs.map((connection) => connection.name)],
    ['prerequisites', task.prerequisites.map((connection) => connection.name)],
    ['config', task.body.kind === 'command' ? [] : Object.keys(task.config)],
  ] as const
  for (const [group, names] of groups) {
    for (const name of names) {
      const first = seen.get(name)
      if (first === undefined) seen.set(name, group)
      else
        problems.error(
          'name-twice',
          document.at(['tasks', task.name, group, name], 'key'),
          `${name} is also under ${first}:, and both reach the body by this name; expected another name`,
        )
    }
  }
}

function checkAfter(task: Task, pipeline: Pipeline, { document, problems }: Reading): void {
  task.after.forEach((after, index) => {
    const relation = pipeline.relations.find((candidate) => candidate.name === after.via)
    const other = pipeline.tasks.find((candidate) => candidate.name === after.task)
    if (relation === undefined || other === undefined) return
    const reachable = [...task.dimensions, ...other.dimensions]
    if (relation.dimensions.some((dimension) => reachable.includes(dimension))) return
    const message = `relation ${relation.name} has no dimension of ${task.name} or ${other.name}; expected a relation between their dimensions`
    problems.error('via-dimension', document.at(['tasks', task.name, 'after', index, 'via']), message)
  })
}

interface Maker {
  readonly task: Task
  readonly connection: Connection
}

/** The outputs that make each dataset type. */
function makersByDataset(pipeline: Pipeline): Map<string, Maker[]> {
  const makers = new Map<string, Maker[]>()
  for (const task of pipeline.tasks) {
    for (const connection of task.outputs) {
      const others = makers.get(connection.dataset)
      if (others === undefined) makers.set(connection.dataset, [{ task, connection }])
      else others.push({ task, connection })
    }
  }
  return makers
}

function checkProducers(makers: ReadonlyMap<string, readonly Maker[]>, { document, problems, declared }: Reading): void {
  for (const [name, all] of makers) {
    if (all.length < 2 || !declared.datasets.has(name) || all.every(({ connection }) => connection.via !== undefined)) continue
    const [first, ...others] = all
    for (const { task, connection } of others) {
      const message = `${name} is already made by ${first?.task.name}; expected one task for a dataset type, or via: on all that make it`
      problems.error('two-producers', document.at(['tasks', task.name, 'outputs', connection.name, 'dataset']), message)
    }
  }
}

function checkUnused(pipeline: Pipeline, { document, problems, declared }: Reading): void {
  const used = new Set<string | undefined>()
  for (const task of pipeline.tasks) {
    for (const { dataset, initial } of [...task.inputs, ...task.prerequisites, ...task.outputs]) used.add(dataset).add(initial)
  }
  // A name that is only misspelt where it is used is told there.
  for (const name of used) if (name !== undefined && !declared.datasets.has(name)) used.add(nearest(name, declared.datasets))
  for (const { name } of pipeline.datasets) {
    if (!used.has(name)) problems.warning('unused-dataset', document.at(['datasets', name], 'key'), `no task reads or makes ${name}`)
  }
}
