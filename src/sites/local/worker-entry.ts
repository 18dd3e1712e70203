/**
 * Runs TypeScript bodies, one after the other.
 *
 * usage: worker-entry.ts PROJECT TOKENS REPORTS LOG
 *
 * Speaks as worker.py does: jobs as lines of JSON on file descriptor 3, a token before each, answers as lines of ASCII JSON.
 */
import { openSync, readSync, writeSync } from 'node:fs'
import { registerHooks } from 'node:module'
import { Socket } from 'node:net'
import { attempt } from './attempt.ts'
import type { FunctionAnswer, FunctionJob } from './functions.ts'
import { peakMemory, takeOwnLog } from './own-process.ts'

/** Looking at memory costs some ten microseconds, so that short bodies go without. */
const MEMORY_FROM_SECONDS = 0.005
/** What Node.js itself exits with when a top-level await is never settled. */
const UNSETTLED = 13

const [project = '', tokensPath = '', reportsPath = '', logPath = ''] = process.argv.splice(2)
const tokens = openSync(tokensPath, 'r')
const reports = openSync(reportsPath, 'w')
const index = new URL(`../../index${import.meta.url.endsWith('.ts') ? '.ts' : '.js'}`, import.meta.url).href

// A body may import from `heddle` though its project has no node_modules.
registerHooks({
  resolve: (specifier, context, next) => (specifier === 'heddle' ? { url: index, shortCircuit: true } : next(specifier, context)),
})

const waiting: string[] = []
let next = 0
let rest = ''
let busy = false

const jobs = new Socket({ fd: 3, readable: true, writable: false })
jobs.setEncoding('utf8')
jobs.on('data', (text) => {
  const lines = (rest + String(text)).split('\n')
  rest = lines.pop() ?? ''
  waiting.push(...lines)
  if (!busy) void serve()
})
jobs.on('end', () => process.exit(0))
// While a body runs, nothing but the body keeps the process going: see answerOf.
process.on('beforeExit', () => {
  console.error('the function waits for a promise that nothing is left to settle')
  process.exit(UNSETTLED)
})
say('ready')

async function serve(): Promise<void> {
  busy = true
  for (; next < waiting.length; next++) {
    const job = JSON.parse(waiting[next] as string) as FunctionJob
    const answer = mayBegin() ? await answerOf(job) : ([job.sequence, 'skipped'] as const)
    say(JSON.stringify(answer).replace(/[\u007f-\uffff]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`))
  }
  waiting.length = 0
  next = 0
  busy = false
}

async function answerOf(job: FunctionJob): Promise<FunctionAnswer> {
  const from = performance.now()
  const used = process.cpuUsage()
  jobs.unref()
  const [kind, result] = await attempt(job, project)
  jobs.ref()
  const wallSeconds = (performance.now() - from) / 1000
  const { user, system } = process.cpuUsage(used)
  const peak = wallSeconds >= MEMORY_FROM_SECONDS ? peakMemory() : null
  return [job.sequence, kind, result, wallSeconds, (user + system) / 1e6, peak, takeOwnLog(logPath, job.sequence)]
}

function mayBegin(): boolean {
  const token = Buffer.alloc(1)
  if (readSync(tokens, token) === 0) process.exit(0)
  if (token[0] === 0x0a) return true
  readSync(tokens, token)
  return false
}

function say(line: string): void {
  let bytes = Buffer.from(`${line}\n`, 'latin1')
  while (bytes.length > 0) bytes = bytes.subarray(writeSync(reports, bytes))
}
