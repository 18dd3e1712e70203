/** Jobs that wait for a worker, one queue a language, with the order of arrival across them. */
import type { JobBody, QuantumJob } from '../../engine/job.ts'
import { LANGUAGES, type LanguageName } from './language.ts'

const LANGUAGE_OF: Readonly<Record<JobBody['kind'], LanguageName>> = {
  command: 'shell',
  program: 'shell',
  python: 'python',
  typescript: 'typescript',
}

interface Entry {
  readonly order: number
  readonly job: QuantumJob
}

/** Jobs in order of arrival. */
export class JobQueue {
  readonly #queues = new Map<LanguageName, { entries: Entry[]; next: number }>(LANGUAGES.map((name) => [name, { entries: [], next: 0 }]))
  #order = 0
  #front = 0

  add(jobs: readonly QuantumJob[]): void {
    for (const job of jobs) this.#queue(LANGUAGE_OF[job.body.kind]).entries.push({ order: ++this.#order, job })
  }

  /** Puts jobs that were taken before everything that waits. */
  putBack(jobs: readonly QuantumJob[]): void {
    for (const job of [...jobs].reverse()) {
      const queue = this.#queue(LANGUAGE_OF[job.body.kind])
      queue.entries.splice(0, queue.next, { order: --this.#front, job })
      queue.next = 0
    }
  }

  size(name: LanguageName): number {
    const queue = this.#queue(name)
    return queue.entries.length - queue.next
  }

  /** The language of the job that has waited longest. */
  oldest(): LanguageName | undefined {
    let found: LanguageName | undefined
    let order = Number.POSITIVE_INFINITY
    for (const [name, queue] of this.#queues) {
      const first = queue.entries[queue.next]
      if (first === undefined || first.order >= order) continue
      found = name
      order = first.order
    }
    return found
  }

  /** Takes up to `count` jobs of a language, as far as no job of another has waited longer. */
  take(name: LanguageName, count: number): QuantumJob[] {
    const taken: QuantumJob[] = []
    const queue = this.#queue(name)
    let limit = Number.POSITIVE_INFINITY
    for (const [other, { entries, next }] of this.#queues) if (other !== name) limit = Math.min(limit, entries[next]?.order ?? limit)
    for (;;) {
      const first = queue.entries[queue.next]
      if (taken.length >= count || first === undefined || first.order > limit) break
      taken.push(first.job)
      queue.next++
    }
    if (queue.next > 1024 && queue.next * 2 > queue.entries.length) {
      queue.entries = queue.entries.slice(queue.next)
      queue.next = 0
    }
    return taken
  }

  /** Removes the jobs for which `matches` is true and returns them. */
  remove(matches: (job: QuantumJob) => boolean): QuantumJob[] {
    const removed: QuantumJob[] = []
    for (const queue of this.#queues.values()) {
      queue.entries = queue.entries.slice(queue.next).filter(({ job }) => {
        if (!matches(job)) return true
        removed.push(job)
        return false
      })
      queue.next = 0
    }
    return removed
  }

  #queue(name: LanguageName): { entries: Entry[]; next: number } {
    const queue = this.#queues.get(name)
    if (queue === undefined) throw new Error(`no queue for ${name}`)
    return queue
  }
}
