/** What bodies say about their work: a file of JSON lines an attempt, made only by those that have something to say. */
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { Event } from '../model/events.ts'
import type { Json } from '../model/value.ts'
import type { Names } from './names.ts'

/** File systems stamp folders with a clock that lags: what changed so recently may change again under the same stamp. */
const LAG_MS = 50
/** Largest file that is read, bytes. */
const MOST_BYTES = 1 << 20

type Message = { readonly annotation: Readonly<Record<string, Json>>; readonly log: string | null }

/** Where attempt `attempt` at quantum q may leave messages. */
export function messagesFile(folder: string, q: number, attempt: number): string {
  return join(folder, 'messages', `${q}-${attempt}`)
}

/** Messages of a run's attempts; a look costs one stat while nobody says anything. */
export class Messages {
  readonly #folder: string
  readonly #names: Names
  #changed = -1
  #present: ReadonlySet<string> = new Set()

  /** Makes the folder of messages below the run's. */
  constructor(folder: string, names: Names) {
    this.#folder = folder
    this.#names = names
    mkdirSync(join(folder, 'messages'), { recursive: true })
  }

  /** Looks which attempts have said something. */
  look(): void {
    const folder = join(this.#folder, 'messages')
    const stamp = statSync(folder, { throwIfNoEntry: false })?.mtimeMs
    if (stamp === undefined || stamp === this.#changed) return
    this.#changed = Math.abs(Date.now() - stamp) < LAG_MS ? -1 : stamp
    this.#present = new Set(readdirSync(folder))
  }

  /** Takes what an attempt said, as events. */
  take(q: number, attempt: number): Event[] {
    if (!this.#present.has(`${q}-${attempt}`)) return []
    const path = messagesFile(this.#folder, q, attempt)
    const whose = `${this.#names.quantum(q)}#${attempt}`
    const stat = statSync(path, { throwIfNoEntry: false })
    if (stat === undefined) return []
    try {
      if (!stat.isFile() || stat.size > MOST_BYTES) return [invalid(`what ${whose} left at HEDDLE_MESSAGES is no file of at most 1 MiB`)]
      return eventsOf(readFileSync(path, 'utf8'), q, attempt, whose)
    } finally {
      rmSync(path, { recursive: true, force: true })
    }
  }
}

function eventsOf(text: string, q: number, attempt: number, whose: string): Event[] {
  const events: Event[] = []
  text.split('\n').forEach((line, n) => {
    if (line.trim() === '') return
    const message = read(line)
    if (message === undefined) events.push(invalid(`line ${n + 1} of the messages of ${whose} is not {"annotate": {…}} or {"log": "…"}`))
    else events.push({ event: 'Annotated', q, attempt, ...message })
  })
  return events
}

function read(line: string): Message | undefined {
  let value: unknown
  try {
    value = JSON.parse(line)
  } catch {
    return undefined
  }
  if (!isObject(value)) return undefined
  const { annotate, log } = value
  if (isObject(annotate)) return { annotation: annotate as Readonly<Record<string, Json>>, log: null }
  return typeof log === 'string' ? { annotation: {}, log } : undefined
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function invalid(message: string): Event {
  return { event: 'Warned', code: 'message-invalid', message }
}
