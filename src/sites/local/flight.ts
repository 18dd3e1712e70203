/** A job that is with a worker. */
import type { QuantumJob } from '../../engine/job.ts'
import type { Usage } from '../../model/events.ts'
import type { Answer } from './language.ts'
import { processFacts, processMemory, processTree, proportionalMemory } from './processes.ts'

/** Age at which an attempt is first sampled, ms; younger ones have no CPU time and memory unless their worker measures them. */
export const SAMPLED_FROM_MS = 100

/** One job with a worker, and what has been seen of it from outside. */
export interface Flight {
  readonly sequence: number
  readonly job: QuantumJob
  /** ms since 1970 at which it became its worker's current job; undefined while others are before it. */
  began: number | undefined
  /** Its `started` report is out. */
  told: boolean
  seen: Sample | undefined
  sampledAt: number
}

interface Sample {
  /** CPU seconds of the worker and its children before this job, as far as known. */
  readonly cpuBefore: number
  readonly cpuSeconds: number
  readonly memoryBytes: number
  readonly peakBytes: number
}

/** Looks at the processes of the current job of worker `pid`. `inside`: the worker itself runs the body. */
export function sample(flight: Flight, pid: number, inside: boolean, now: number): void {
  const worker = processFacts(pid)
  if (worker === undefined) return
  const done = worker.childSeconds + (inside ? worker.cpuSeconds : 0)
  let running = 0
  let memoryBytes = 0
  let highest = 0
  for (const member of processTree(pid)) {
    if (member === pid && !inside) continue
    const memory = processMemory(member)
    const facts = member === pid ? undefined : processFacts(member)
    running += (facts?.cpuSeconds ?? 0) + (facts?.childSeconds ?? 0)
    memoryBytes += memory?.now ?? 0
    if (member !== pid) highest = Math.max(highest, memory?.peak ?? 0)
  }
  const cpuBefore = flight.seen?.cpuBefore ?? done
  flight.seen = {
    cpuBefore,
    cpuSeconds: done - cpuBefore + running,
    memoryBytes,
    peakBytes: Math.max(flight.seen?.peakBytes ?? 0, memoryBytes, highest),
  }
  flight.sampledAt = now
}

/** Bytes over its memory limit, or undefined: pages that its processes share count once. */
export function excessMemory(flight: Flight, pid: number, inside: boolean): number | undefined {
  const limit = flight.job.resources.memory
  if (limit === undefined || (flight.seen?.memoryBytes ?? 0) <= limit) return undefined
  const used = processTree(pid)
    .filter((member) => inside || member !== pid)
    .reduce((sum, member) => sum + proportionalMemory(member), 0)
  return used > limit ? used : undefined
}

/** What an attempt used, from its worker's own measures where it has them and from samples otherwise. */
export function usageOf(flight: Flight, wallSeconds: number, pid: number | undefined, answer?: Answer & { kind: 'ended' }): Usage {
  const seen = flight.seen
  // A shell's children are in its own account once they ended, so a sampled command is exact to a tick.
  const after = seen === undefined || pid === undefined ? undefined : processFacts(pid)?.childSeconds
  const sampled = seen === undefined ? null : after === undefined ? seen.cpuSeconds : Math.max(after - seen.cpuBefore, seen.cpuSeconds)
  return {
    wallSeconds: answer?.wallSeconds ?? wallSeconds,
    cpuSeconds: answer?.cpuSeconds === undefined ? sampled : Math.max(answer.cpuSeconds, sampledAlong(answer.wallSeconds, sampled)),
    peakMemoryBytes: answer?.peakMemoryBytes ?? seen?.peakBytes ?? null,
  }
}

/** What a worker's own measure may lack: the time of its body's children. What was seen of a short one was the worker's own start. */
function sampledAlong(wallSeconds: number | undefined, sampled: number | null): number {
  return wallSeconds === undefined || wallSeconds * 1000 >= SAMPLED_FROM_MS ? (sampled ?? 0) : 0
}
