/** The flags that choose what is planned; `plan`, `run`, `why` and their like share them. */
import type { Command } from 'commander'
import { HeddleError } from '../model/errors.ts'
import { COMPONENTS, type Component } from '../model/history.ts'
import { didYouMean } from '../model/nearest.ts'
import type { Json } from '../model/value.ts'
import { collectWords } from './context.ts'

/** Their values. */
export interface PlanningOptions {
  readonly file?: string
  readonly where?: string
  readonly bind?: Readonly<Record<string, Json>>
  readonly param?: Readonly<Record<string, string>>
  readonly tasks?: readonly string[]
  readonly site?: string
  readonly slots?: number
  readonly rerunOn?: readonly Component[]
  readonly force?: readonly string[]
  readonly whole?: boolean
  readonly assumeInputs?: boolean
}

/** Adds them to a command. */
export function addPlanningOptions(command: Command): Command {
  return addSelectionOptions(command)
    .option('-f, --file <file>', 'the pipeline file (default: heddle.yaml)')
    .option('--param <name=value>', 'set a parameter', collectParameters)
    .option('--tasks <names>', 'only these tasks (with commas between) and what they need', collectWords)
    .option('--site <name>', 'where to run', readSite)
    .option('--slots <n>', 'how much may run at once (default: what the machine has)', readSlots)
    .option('--rerun-on <parts>', `what counts as a change: ${COMPONENTS.join(', ')}`, readComponents)
    .option('--force <task|id>', 'run these although nothing changed', collectForced)
    .option('--whole', 'keep the siblings that a gather needs, whatever --where says')
}

/** Adds `--where` and `--bind`. */
export function addSelectionOptions(command: Command): Command {
  return command
    .option('--where <expression>', 'only the data IDs for which this is true')
    .option('--bind <name=value>', 'a value for :name in the expression; JSON, or else text', collectBinds)
}

function split(flag: string, text: string): [string, string] {
  const at = text.indexOf('=')
  if (at > 0) return [text.slice(0, at), text.slice(at + 1)]
  throw new HeddleError('usage', `${flag} takes NAME=VALUE, not ${JSON.stringify(text)}`)
}

function collectBinds(text: string, before: Readonly<Record<string, Json>> = {}): Readonly<Record<string, Json>> {
  const [name, value] = split('--bind', text)
  return { ...before, [name.replace(/^:/, '')]: jsonOrText(value) }
}

/** Collects `--param NAME=VALUE`. */
export function collectParameters(text: string, before: Readonly<Record<string, string>> = {}): Readonly<Record<string, string>> {
  const [name, value] = split('--param', text)
  return { ...before, [name]: value }
}

/** Ids hold commas, so each `--force` is one word; task names may be several. */
function collectForced(text: string, before: readonly string[] = []): readonly string[] {
  return text.includes('@') ? [...before, text] : collectWords(text, before)
}

/** A value that is JSON where it reads as JSON, and otherwise text. */
export function jsonOrText(text: string): Json {
  try {
    return JSON.parse(text) as Json
  } catch {
    // Not JSON is not a mistake here: it is text.
    return text
  }
}

function readComponents(text: string, before: readonly Component[] = []): readonly Component[] {
  const words = collectWords(text).map((word) => {
    const found = COMPONENTS.find((component) => component === word)
    if (found !== undefined) return found
    throw new HeddleError('usage', `--rerun-on knows no ${JSON.stringify(word)}${didYouMean(word, COMPONENTS)}`, {
      hint: `it takes some of ${COMPONENTS.join(', ')}, with commas between`,
    })
  })
  return [...before, ...words]
}

function readSite(name: string): string {
  if (name === 'local') return name
  throw new HeddleError('unknown-site', `there is no site ${JSON.stringify(name)}${didYouMean(name, ['local'])}`, {
    hint: 'the only site is local: this machine',
  })
}

function readSlots(text: string): number {
  const slots = Number(text)
  if (Number.isSafeInteger(slots) && slots >= 1) return slots
  throw new HeddleError('usage', `--slots takes a whole number from 1, not ${JSON.stringify(text)}`)
}
