/** Renders docs/reference/events.md from the source that lists every event. */
import { parser } from '@lezer/javascript'
import { JOB_STATES, type JobState, QUANTUM_STATES, type QuantumState, type RunState } from '../src/model/states.ts'

interface Field {
  readonly name: string
  readonly type: string
  readonly sentence: string
}

interface Variant {
  readonly sentence: string
  readonly fields: Field[]
}

type Node = ReturnType<ReturnType<typeof parser.parse>['cursor']>['node']

const INTRODUCTION = `# Events and states

<!-- Made from src/model/events.ts and src/model/states.ts by scripts/generate. Do not edit. -->

The event log in \`.heddle/heddle.db\` is the truth about a run; everything that Heddle says of it derives from these events. \`heddle run --json\` and \`heddle watch --json\`
print them, one a line, each after its commit. Every line has \`at\` (ISO 8601, UTC) and \`event\`; sizes are bytes, durations seconds. Every event about a quantum has
\`quantum\` and \`attempt\`, which is 0 where no attempt is meant. Later versions add
events and fields: leave out what you do not know.

\`\`\`json
{"at":"2026-01-31T12:00:00.000Z","event":"QuantumCompleted","quantum":"clean@station=seattle,year=2012","attempt":1,"noWork":null,"usage":{"wallSeconds":0.012,"cpuSeconds":0.008,"peakMemoryBytes":null}}
\`\`\``

const QUANTUM: Record<QuantumState, string> = {
  waiting: 'what it needs is not there yet',
  ready: 'it could run, and waits for room',
  running: 'an attempt is with a site',
  completed: 'done; its outputs are in the store',
  reused: 'an earlier execution with the same content stands in for it',
  noWork: 'done; its body said that there is nothing to do, and outputs are absent',
  pruned: 'not needed: fewer inputs exist than its `minimum`',
  failed: 'failed, and is not tried again',
  blocked: 'cannot run, because what it needs failed or cannot exist',
  cancelled: 'ended, or never begun, because the run was cancelled',
}

const RUN: Record<RunState, string> = {
  running: 'an engine works on it',
  completed: 'nothing failed and nothing is blocked',
  failed: 'something failed or is blocked',
  cancelled: 'a person ended it',
  interrupted: 'its engine was killed; the next `heddle run` goes on from what it completed',
}

const JOB: Record<JobState, string> = {
  new: 'made',
  queued: 'with the site, not begun',
  'stage-in': 'its inputs are brought',
  active: 'it runs',
  'stage-out': 'its outputs are taken home',
  cleanup: 'its leftovers are removed',
  completed: 'done',
  failed: 'failed',
  cancelled: 'ended on request',
}

/** The whole page; `source` is the text of src/model/events.ts. */
export function renderEvents(source: string): string {
  const types = typesOf(source)
  const parts = [INTRODUCTION, '## Events']
  for (const { sentence, fields } of types.get('Event') ?? []) {
    const [first, ...rest] = fields
    parts.push(`### ${first?.type.replaceAll("'", '')}`, publicText(sentence), ...(rest.length === 0 ? [] : [fieldTable(rest)]))
  }
  parts.push(
    '## What events hold',
    ...['Usage', 'Counts'].map((name) => `### ${name}\n\n${fieldTable(types.get(name)?.[0]?.fields ?? [])}`),
  )
  const causes = (types.get('FailureCause') ?? []).map(({ sentence, fields }) => [fields[0]?.name ?? '', sentence] as const)
  parts.push(
    '## Why an attempt failed',
    '`cause` of `QuantumFailed`, `because` of `QuantumRetried`; `retry: {on: […]}` takes `error`, `memory`, `walltime` and `infrastructure`.',
    table('cause', causes),
  )
  parts.push(
    '## States',
    '### Of a quantum',
    'The first three may change; the others are final.',
    table(
      'state',
      QUANTUM_STATES.map((state) => [state, QUANTUM[state]]),
    ),
    '### Of a run',
    table('state', Object.entries(RUN)),
    '### Of a job',
    'They only move forward.',
    table(
      'state',
      JOB_STATES.map((state) => [state, JOB[state]]),
    ),
  )
  return `${parts.join('\n\n')}\n`
}

/** Variants of each declared type: objects with their fields, or literals as variants of one nameless field. */
function typesOf(source: string): Map<string, Variant[]> {
  const text = (node: Node): string => source.slice(node.from, node.to)
  const types = new Map<string, Variant[]>()
  let variants: Variant[] = []
  let comment = ''
  parser
    .configure({ dialect: 'ts' })
    .parse(source)
    .iterate({
      enter({ name, node }) {
        if (name === 'BlockComment') comment = sentence(text(node))
        else if (name === 'TypeDefinition') {
          variants = []
          types.set(text(node), variants)
        } else if (name === 'ObjectType') {
          variants.push({ sentence: comment, fields: [] })
          comment = ''
        } else if (name === 'PropertyType') {
          variants.at(-1)?.fields.push({ ...fieldOf(text(node)), sentence: comment })
          comment = ''
        } else if (name === 'LiteralType' && isDeclared(node)) {
          variants.push({ sentence: comment, fields: [{ name: text(node).replaceAll("'", ''), type: '', sentence: '' }] })
        }
      },
    })
  return types
}

/** Whether a literal is a variant of the type that is being declared, and not of a field in it. */
function isDeclared(node: Node): boolean {
  for (let above = node.parent; above !== null; above = above.parent) if (above.name === 'TypeAnnotation') return false
  return node.parent?.name === 'UnionType'
}

/** A property as events are shown: numbers of quanta and datasets as their ids. */
function fieldOf(text: string): Omit<Field, 'sentence'> {
  const [, name = '', type = ''] = /^readonly (\w+): ([^]*)$/.exec(text) ?? []
  if (name === 'q') return { name: 'quantum', type: 'quantum id' }
  if (name === 'd') return { name: 'dataset', type: 'dataset id' }
  if (name === 'by') return { name, type: 'quantum id | null' }
  return { name, type: SHOWN_TYPES[type] ?? type.replaceAll("'", '') }
}

const SHOWN_TYPES: Readonly<Record<string, string>> = {
  'Readonly<Record<string, Json>>': 'object',
  'Readonly<Record<string, number>>': 'object of numbers',
  "Exclude<RunState, 'running'>": 'state of a run',
  JobState: 'state of a job',
  FailureCause: 'cause',
  ErrorCode: 'code',
  'Usage | null': 'Usage | null',
}

function fieldTable(fields: readonly Field[]): string {
  const rows = fields.map(
    ({ name, type, sentence }) => `| \`${name}\` | ${linked(type)} | ${publicText(sentence === '' ? fieldSentence(name) : sentence)} |`,
  )
  return ['| field | value | |', '|---|---|---|', ...rows].join('\n')
}

function fieldSentence(name: string): string {
  const found = FIELDS[name]
  if (found === undefined) throw new Error(`the field ${name} of an event has no sentence: write one above it, or into FIELDS`)
  return found
}

/** What fields mean that several events have, or whose names say nearly everything. */
const FIELDS: Readonly<Record<string, string>> = {
  run: 'Name of the run.',
  pipeline: 'Name of the pipeline.',
  quanta: 'How many quanta its graph has.',
  parameters: 'Values of all parameters.',
  where: 'The expression of `--where`.',
  user: 'Who asked for it.',
  host: 'On which machine.',
  version: 'Of Heddle.',
  quantum: 'Which quantum.',
  attempt: 'Which attempt at it; the first is 1, and numbers only grow.',
  dataset: 'Which dataset.',
  action: 'What the plan wants with it.',
  from: 'Name of that run.',
  site: 'Name of the site.',
  state: 'The state it has now.',
  native: 'The same in words of the site.',
  digest: 'SHA-256 of its content, hex.',
  size: 'Bytes.',
  noWork: 'Why there was nothing to do; null when there was.',
  usage: 'What the attempt used.',
  cause: 'Why.',
  because: 'Why.',
  exitCode: 'Exit code of the body, where it ended with one.',
  signal: 'Signal that ended the body, where one did.',
  message: 'What happened, in words.',
  by: 'The quantum whose failure it is; null when an input from outside is missing.',
  connection: 'The input that has too few.',
  found: 'How many of its datasets exist.',
  minimum: 'How many it needs.',
  code: 'What kind of warning.',
  counts: 'How much of each state it has in the end.',
  seconds: 'How long it took.',
  wallSeconds: 'From begin to end.',
  cpuSeconds: 'Time of processors, over all its processes; null where it was not measured.',
  peakMemoryBytes: 'Largest memory at any time; null where it was not measured.',
  completed: 'Quanta that are done.',
  reused: 'Quanta that an earlier execution stands in for.',
  pruned: 'Quanta that were not needed.',
  failed: 'Quanta that failed.',
  blocked: 'Quanta that what failed kept from running.',
  cancelled: 'Quanta that were ended or never begun.',
  attempts: 'Attempts at all of them.',
}

function linked(type: string): string {
  const shown = type.replaceAll('|', 'or').replaceAll(/\b(Usage|Counts)\b/g, (name) => `[${name}](#${name.toLowerCase()})`)
  if (type === 'cause') return '[cause](#why-an-attempt-failed)'
  if (type === 'code') return '[code](errors.md)'
  return shown
}

function table(title: string, rows: readonly (readonly [string, string])[]): string {
  return [`| ${title} | |`, '|---|---|', ...rows.map(([name, meaning]) => `| \`${name}\` | ${publicText(meaning)} |`)].join('\n')
}

function sentence(comment: string): string {
  return comment
    .replaceAll(/^\/\*\*|\*\/$|^\s*\* ?/gm, '')
    .replaceAll(/\{@link (\w+)\}/g, '`$1`')
    .replaceAll(/\s+/g, ' ')
    .trim()
}

/** What a sentence of the source says to those who change Heddle alone is left out. */
function publicText(text: string): string {
  return text.replace(/; `from` is its number, and outside the name of its run/, '; `from` is the run that made it').replaceAll('|', '\\|')
}
