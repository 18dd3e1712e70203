/** What can be said about a sound pipeline once its records are read: the records themselves, and expressions over them. */
import type { Catalogue, Table } from '../model/catalogue.ts'
import { HeddleError, type Position, type Problem } from '../model/errors.ts'
import type { Parameter, Pipeline, Task } from '../model/pipeline.ts'
import type { Json, ValueType } from '../model/value.ts'
import type { Binds } from './expression/binds.ts'
import { checkExpression } from './expression/check.ts'
import { parseExpression } from './expression/parse.ts'
import type { Scope } from './expression/scope.ts'
import { parameterBinds } from './parameter-binds.ts'

/** Problems of records files, and of each `when:` by its task. */
export function lintRecords(pipeline: Pipeline, catalogue: Catalogue): Problem[] {
  const problems: Problem[] = []
  const read = (at: Position, table: () => Table | undefined): Table => {
    try {
      return table() ?? { rows: 0, columns: [] }
    } catch (error) {
      problems.push(...problemsOf(error, at))
      return { rows: 0, columns: [] }
    }
  }
  const names = new Set(pipeline.dimensions.map(({ name }) => name))
  const fields = (table: Table): Record<string, ValueType> =>
    Object.fromEntries(table.columns.filter(({ name }) => !names.has(name)).map(({ name, type }) => [name, type]))
  const scope: Scope = {
    dimensions: pipeline.dimensions.map((dimension) => ({
      ...dimension,
      metadata: { ...dimension.metadata, ...fields(read(dimension.at, () => catalogue.dimension(dimension.name))) },
    })),
    relations: pipeline.relations.map((relation) => ({
      ...relation,
      metadata: fields(read(relation.at, () => catalogue.relation(relation.name))),
    })),
  }
  // Names that a broken file of records would have given cannot be told from wrong ones.
  if (problems.length === 0) for (const task of pipeline.tasks) problems.push(...lintWhen(task, scope, standIns(pipeline)))
  return problems
}

function lintWhen(task: Task, scope: Scope, binds: Binds): readonly Problem[] {
  if (task.when === undefined) return []
  try {
    checkExpression(parseExpression(task.when), scope, binds, () => false)
    return []
  } catch (error) {
    return problemsOf(error, task.at, `when: of ${task.name}: `)
  }
}

/** A value for every parameter: its default, or, since only its type counts here, any of that type. */
function standIns(pipeline: Pipeline): Binds {
  const values = pipeline.parameters.map(({ name, type, default: standard, choices }) => [name, standard ?? choices?.[0] ?? ANY[type]])
  return parameterBinds(pipeline, Object.fromEntries(values) as Readonly<Record<string, Json>>)
}

const ANY: Readonly<Record<Parameter['type'], Json>> = {
  bool: false,
  int: 0,
  float: 0.5,
  string: '',
  time: '2000-01-01T00:00:00Z',
  timespan: ['2000-01-01T00:00:00Z', null],
  json: null,
}

function problemsOf(error: unknown, { file, line, column }: Position, prefix = ''): readonly Problem[] {
  if (!(error instanceof HeddleError)) throw error
  if (error.problems.length > 0) return error.problems
  return [{ severity: 'error', code: error.code, message: prefix + error.message, file, line, column }]
}
