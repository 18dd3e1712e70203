/** Times a whole process, and watches the memory of all its processes. */
import { spawn } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'

/** What one run of a command took. */
export interface Measured {
  readonly seconds: number
  /** Highest sum of resident memory over the command's processes, sampled every 25 ms; shared pages count once for each. */
  readonly peakBytes: number
  readonly output: string
}

/** How to run a command. */
export interface RunOptions {
  readonly cwd?: string
  readonly env?: NodeJS.ProcessEnv
  readonly watchMemory?: boolean
}

/** Runs a command to its end; throws with the tail of what it said when it fails. */
export async function measure(command: readonly string[], options: RunOptions = {}): Promise<Measured> {
  const [program, ...args] = command as [string, ...string[]]
  const begun = performance.now()
  const child = spawn(program, args, { cwd: options.cwd, env: options.env ?? process.env, stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  let errors = ''
  child.stdout.on('data', (text) => {
    output += text
  })
  child.stderr.on('data', (text) => {
    errors += text
  })
  let peakBytes = 0
  const watch =
    options.watchMemory === true ? setInterval(() => (peakBytes = Math.max(peakBytes, memoryOf(child.pid ?? 0))), 25) : undefined
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject)
    child.on('close', resolve)
  })
  clearInterval(watch)
  const seconds = (performance.now() - begun) / 1000
  if (code !== 0) throw new Error(`${command.join(' ')} exited ${code}: ${(errors || output).slice(-2000)}`)
  return { seconds, peakBytes, output }
}

/** Middle of the figures of several runs. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] as number
}

/** Runs each of several commands in turn, several times, so that a machine that drifts drifts for all; medians by name. */
export async function sideBySide(
  runs: number,
  contestants: Readonly<Record<string, () => Promise<Measured>>>,
): Promise<Record<string, Measured>> {
  const all: Record<string, Measured[]> = {}
  for (let run = 0; run < runs; run++) {
    for (const [name, go] of Object.entries(contestants)) all[name] = [...(all[name] ?? []), await go()]
  }
  return Object.fromEntries(
    Object.entries(all).map(([name, list]) => [
      name,
      {
        seconds: median(list.map(({ seconds }) => seconds)),
        peakBytes: Math.max(...list.map(({ peakBytes }) => peakBytes)),
        output: list[0]?.output ?? '',
      },
    ]),
  )
}

function memoryOf(root: number): number {
  const children = new Map<number, number[]>()
  const resident = new Map<number, number>()
  for (const entry of readdirSync('/proc')) {
    const pid = Number(entry)
    if (!Number.isInteger(pid)) continue
    const stat = readStat(pid)
    if (stat === undefined) continue
    resident.set(pid, stat.bytes)
    children.set(stat.parent, [...(children.get(stat.parent) ?? []), pid])
  }
  const sum = (pid: number): number => (resident.get(pid) ?? 0) + (children.get(pid) ?? []).reduce((total, child) => total + sum(child), 0)
  return sum(root)
}

/** Parent and resident bytes; undefined when the process has gone. */
function readStat(pid: number): { parent: number; bytes: number } | undefined {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ')
    return { parent: Number(fields[1]), bytes: Number(fields[21]) * 4096 }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT' || (error as NodeJS.ErrnoException).code === 'ESRCH') return undefined
    throw error
  }
}
