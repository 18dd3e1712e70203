/** A local site in a folder of its own, whose attempts a test can await. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { TestContext } from 'node:test'
import type { JobBody, LocalRun, QuantumJob, Report } from '../../src/engine/job.ts'
import type { Resources } from '../../src/model/pipeline.ts'
import { openLocalRun } from '../../src/sites/local/open-local-run.ts'

export type Ended = Report & { kind: 'ended' }

export interface LocalRig {
  readonly project: string
  readonly tmp: string
  readonly site: LocalRun
  readonly reports: readonly Report[]
  /** Processes that the site told about. */
  readonly processes: readonly number[]
  /** Starts jobs and resolves with their ends, in the order of the jobs. */
  run(...jobs: readonly QuantumJob[]): Promise<Ended[]>
  /** Resolves with the end of an attempt that was started. */
  ended(job: QuantumJob): Promise<Ended>
  file(name: string, text: string): void
}

/** Opens a site that closes, and whose folder goes, with the test. */
export function openRig(t: TestContext, { slots = 2, python }: { slots?: number; python?: string } = {}): LocalRig {
  const folder = mkdtempSync(join(tmpdir(), 'heddle local '))
  const project = join(folder, "it's a project")
  const tmp = join(project, '.heddle', 'tmp')
  mkdirSync(tmp, { recursive: true })
  const reports: Report[] = []
  const processes: number[] = []
  const given: QuantumJob[] = []
  const waiting = new Map<string, (ended: Ended) => void>()
  const listener = (batch: readonly Report[]): void => {
    for (const report of batch) {
      reports.push(report)
      // As the engine does: what is returned is given again.
      if (report.kind === 'returned') site.start(given.filter((each) => each.q === report.q))
      if (report.kind === 'ended') waiting.get(`${report.q}#${report.attempt}`)?.(report)
    }
  }
  const site = openLocalRun({ slots, projectFolder: project, tmpFolder: tmp, python, listener, onProcess: (pid) => processes.push(pid) })
  t.after(async () => {
    await site.close()
    rmSync(folder, { recursive: true, force: true })
  })
  const ended = (job: QuantumJob): Promise<Ended> => new Promise((resolve) => waiting.set(`${job.q}#${job.attempt}`, resolve))
  return {
    project,
    tmp,
    site,
    reports,
    processes,
    ended,
    run: (...jobs) => {
      const ends = jobs.map(ended)
      given.push(...jobs)
      site.start(jobs)
      return Promise.all(ends)
    },
    file: (name, text) => {
      mkdirSync(dirname(join(project, name)), { recursive: true })
      writeFileSync(join(project, name), text)
    },
  }
}

let q = 0

/** A job with a body, and with what else a test cares about. */
export function job(body: JobBody, more: Omit<Partial<QuantumJob>, 'resources'> & { resources?: Partial<Resources> } = {}): QuantumJob {
  const resources: Resources = {
    cores: 1,
    memory: undefined,
    gpus: 0,
    disk: undefined,
    walltime: undefined,
    nodes: 1,
    processes: 1,
    custom: {},
    ...more.resources,
  }
  return {
    q: q++,
    attempt: 1,
    noWork: undefined,
    inputs: [],
    outputs: [],
    config: {},
    dataId: {},
    environment: {},
    ...more,
    body,
    resources,
  }
}

/** A job that runs `sh` text. */
export function command(script: string, more: Parameters<typeof job>[1] = {}): QuantumJob {
  return job({ kind: 'command', script }, more)
}

/** Text of an attempt's log. */
export function logText(ended: Ended | undefined): string {
  return ended?.log.kind === 'inline' ? Buffer.from(ended.log.bytes).toString('utf8') : ''
}
