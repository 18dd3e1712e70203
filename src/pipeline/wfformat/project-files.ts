/** The files of a project that replays a trace. */
import Papa from 'papaparse'
import { Document, visit } from 'yaml'
import type { Json } from '../../model/value.ts'
import { compareCodePoints } from '../../model/value.ts'
import type { Dataflow } from './dataflow.ts'
import { fileNames, taskKinds } from './names.ts'
import type { Trace, TraceTask } from './trace.ts'

const HEAD = `# A workflow trace in WfFormat, as a pipeline: jobs and files are dimensions, who reads and writes what are relations.
# Every job is replayed: it sleeps for its recorded time × time_scale and writes sparse files of the recorded sizes × size_scale.
# \`heddle run --param time_scale=0\` goes through the graph as fast as Heddle can. recorded.json and commands.jsonl are what was recorded.
`

/** Path → text of every file of the project, but `replay.ts`. */
export function projectFiles(name: string, trace: Trace, flow: Dataflow): Record<string, string> {
  const kinds = taskKinds(trace.tasks, ['inputs', 'files'])
  const isMade = (file: string): boolean => flow.maker.has(file)
  const made = [...trace.files.keys()].filter(isMade)
  const inputs = [...trace.files.keys()].filter((file) => !isMade(file))
  const written = (task: TraceTask): string[] => task.writes.filter((file) => flow.maker.get(file) === task.id)
  const named = fileNames(inputs)
  const inputName = (file: string): string => named.get(file) as string
  const links: Links = {
    reads: pairs(trace.tasks, (task) => task.reads.filter(isMade)),
    readsInputs: pairs(trace.tasks, (task) => task.reads.filter((file) => !isMade(file)).map(inputName)),
    writes: pairs(trace.tasks, written),
    follows: flow.follows.map(({ task, parent }) => [task, parent] as const),
  }
  const bytes = (file: string): number => trace.files.get(file) as number
  const files: Record<string, string> = {
    'heddle.yaml': HEAD + yaml(pipelineOf(name, trace, kinds, links, inputs.length > 0)),
    'recorded.json': recordedOf(trace, written),
    'commands.jsonl': trace.tasks
      .map((task) => `${JSON.stringify({ job: task.id, program: task.program ?? null, arguments: task.arguments })}\n`)
      .join(''),
    'jobs.csv': csv(
      ['job', 'program', 'task_name', 'runtime_seconds', 'cores', 'memory_bytes'],
      trace.tasks.map((task) => [task.id, kinds.get(task.id), task.name, task.runtimeSeconds, task.cores, task.memoryBytes]),
    ),
  }
  if (inputs.length > 0) {
    files['inputs.csv'] = csv(
      ['input', 'bytes', 'recorded_as'],
      inputs.map((file) => [inputName(file), bytes(file), file]),
    )
    files['reads_inputs.csv'] = csv(['job', 'input'], links.readsInputs)
  }
  if (made.length > 0) {
    files['files.csv'] = csv(
      ['file', 'bytes'],
      made.map((file) => [file, bytes(file)]),
    )
    files['writes.csv'] = csv(['job', 'file'], links.writes)
  }
  if (links.reads.length > 0) files['reads.csv'] = csv(['job', 'file'], links.reads)
  if (links.follows.length > 0) files['follows.csv'] = csv(['job', 'after_job'], links.follows)
  return files
}

/** Rows of the relations. */
interface Links {
  readonly reads: readonly Pair[]
  readonly readsInputs: readonly Pair[]
  readonly writes: readonly Pair[]
  readonly follows: readonly Pair[]
}

type Pair = readonly [string, string]

function pairs(tasks: readonly TraceTask[], filesOf: (task: TraceTask) => readonly string[]): Pair[] {
  return tasks.flatMap((task) => filesOf(task).map((file): Pair => [task.id, file]))
}

function csv(fields: string[], data: readonly (readonly unknown[])[]): string {
  return `${Papa.unparse({ fields, data: data as unknown[][] }, { newline: '\n' })}\n`
}

/** YAML as a person would write it: a line for each leaf of the file's two upper levels, three for tasks. */
function yaml(value: Json): string {
  const document = new Document(value)
  visit(document, {
    Collection(_, node, path) {
      const keys = path.filter((step) => 'key' in step)
      const within = keys[0] !== undefined && String(keys[0].key) === 'tasks' ? 2 : 1
      if (keys.length > within) node.flow = true
    },
  })
  return document.toString({ lineWidth: 0, flowCollectionPadding: false })
}

/** Time and sizes of each job; files in the order in which a body gets and gives them: that of their ids. */
function recordedOf(trace: Trace, written: (task: TraceTask) => readonly string[]): string {
  const lines = trace.tasks.map((task) => {
    const writes = [...written(task)].sort(compareCodePoints).map((file) => [file, trace.files.get(file)])
    return `${JSON.stringify(task.id)}: ${JSON.stringify({ seconds: task.runtimeSeconds, writes })}`
  })
  return `{\n${lines.join(',\n')}\n}\n`
}

function pipelineOf(name: string, trace: Trace, kinds: ReadonlyMap<string, string>, links: Links, hasInputs: boolean): Json {
  const relation = (column: string, records: string): Json => ({ dimensions: ['job', column], records })
  const has = (rows: readonly Pair[]): boolean => rows.length > 0
  return {
    heddle: 1,
    name,
    description: `${trace.name}, replayed from a trace in WfFormat ${trace.version}`,
    parameters: {
      time_scale: { type: 'float', default: 0.01, range: [0, 1000], description: 'seconds that a job sleeps for each second it took' },
      size_scale: { type: 'float', default: 0.001, range: [0, 1000], description: 'bytes of a file for each byte it had' },
    },
    dimensions: {
      job: {
        type: 'string',
        records: 'jobs.csv',
        metadata: { program: 'string', task_name: 'string', runtime_seconds: 'float', cores: 'float', memory_bytes: 'int' },
      },
      ...(hasInputs ? { input: { type: 'string', records: 'inputs.csv', metadata: { bytes: 'float', recorded_as: 'string' } } } : {}),
      ...(has(links.writes) ? { file: { type: 'string', records: 'files.csv', metadata: { bytes: 'int' } } } : {}),
    },
    relations: {
      ...(has(links.readsInputs) ? { reads_inputs: relation('input', 'reads_inputs.csv') } : {}),
      ...(has(links.reads) ? { reads: relation('file', 'reads.csv') } : {}),
      ...(has(links.writes) ? { writes: relation('file', 'writes.csv') } : {}),
      ...(has(links.follows) ? { follows: { dimensions: ['job'], records: 'follows.csv', metadata: { after_job: 'string' } } } : {}),
    },
    datasets: {
      ...(hasInputs
        ? { inputs: { dimensions: ['input'], format: 'file', path: 'input/{input}', sparse: 'input.bytes * :size_scale' } }
        : {}),
      ...(has(links.writes) ? { files: { dimensions: ['file'], format: 'file' } } : {}),
    },
    tasks: tasksOf(trace, kinds, links),
  }
}

function tasksOf(trace: Trace, kinds: ReadonlyMap<string, string>, links: Links): Record<string, Json> {
  const reads = new Set(links.reads.map(([job]) => job))
  const readsInputs = new Set(links.readsInputs.map(([job]) => job))
  const writes = new Set(links.writes.map(([job]) => job))
  const earlier = new Map<string, Set<string>>()
  for (const [job, parent] of links.follows) {
    const kind = kinds.get(job) as string
    earlier.set(kind, (earlier.get(kind) ?? new Set()).add(kinds.get(parent) as string))
  }
  const groups = Map.groupBy(trace.tasks, ({ id }) => kinds.get(id) as string)
  return Object.fromEntries(
    [...groups].map(([kind, jobs]) => {
      const inputs = { ...connection('inputs', 'reads_inputs', readsInputs, jobs), ...connection('files', 'reads', reads, jobs) }
      const after = [...(earlier.get(kind) ?? [])].map((task) => ({ task, via: 'follows' }))
      const task: Json = {
        dimensions: ['job'],
        when: `job.program = '${kind}'`,
        ...(Object.keys(inputs).length > 0 ? { inputs } : {}),
        ...(jobs.some(({ id }) => writes.has(id)) ? { outputs: { files: { dataset: 'files', via: 'writes' } } } : {}),
        ...(after.length > 0 ? { after } : {}),
        config: { time_scale: '{parameters.time_scale}', size_scale: '{parameters.size_scale}' },
        typescript: './replay.ts#replay',
        files: ['replay.ts', 'recorded.json'],
      }
      return [kind, task]
    }),
  )
}

/** A gathering input, where any job of the kind has one; optional where some have none. */
function connection(dataset: string, via: string, having: ReadonlySet<string>, jobs: readonly TraceTask[]): Record<string, Json> {
  const some = jobs.filter(({ id }) => having.has(id)).length
  if (some === 0) return {}
  return { [dataset]: { dataset, via, ...(some < jobs.length ? { optional: true } : {}) } }
}
