/** Executes a plan. */
import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { HeddleError } from '../model/errors.ts'
import type { Counts, Event } from '../model/events.ts'
import { ACTION } from '../model/graph.ts'
import type { History } from '../model/history.ts'
import type { Plan } from '../model/plan.ts'
import type { RunState } from '../model/states.ts'
import type { Json } from '../model/value.ts'
import { type Capacity, checkRequests } from '../scheduler/capacity.ts'
import type { Input } from '../scheduler/inputs.ts'
import { createState, type SchedulerState } from '../scheduler/state.ts'
import { Contents } from './contents.ts'
import type { RunControl } from './control.ts'
import { IntruderWatch } from './intruders.ts'
import type { LocalRun, Report } from './job.ts'
import { bootId } from './leftovers.ts'
import { namesOf } from './names.ts'
import { place, unplaced } from './placing.ts'
import type { RunRepository } from './repository.ts'
import { RunLoop } from './run-loop.ts'
import { Staging } from './staging.ts'
import type { RunHandle, RunStore } from './store.ts'
import { datasetsOf, type TaskFrame, taskFrames } from './task-frame.ts'

/** What opening the site of a run needs. */
export interface SiteRequest {
  /** `.heddle/tmp/RUN`; what the site leaves there is removed after the run. */
  readonly tmpFolder: string
  readonly listener: (reports: readonly Report[]) => void
  readonly onProcess: (pid: number, startTicks: number) => void
}

/** What executing a plan needs. */
export interface RunOptions {
  readonly plan: Plan
  /** Digest of the saved graph. */
  readonly graph: string
  /** What was asked for, kept with the run and shown by it. */
  readonly request: { readonly where: string | null; readonly user: string; readonly host: string; readonly version: string } & Readonly<
    Record<string, Json>
  >
  /** Absolute. */
  readonly projectFolder: string
  /** `.heddle`, absolute. */
  readonly heddleFolder: string
  /** When planning began; inputs that changed since are read again. Milliseconds since 1970. */
  readonly plannedAt: number
  readonly store: RunStore
  readonly history: History
  readonly repository: RunRepository
  readonly openSite: (request: SiteRequest) => LocalRun
  readonly capacity: Capacity
  readonly failFast: boolean
  readonly control: RunControl
  readonly clock: () => number
  /** Hears events after their commit. */
  readonly listener: (events: readonly Event[], at: number, state: SchedulerState) => void
  /** Hears the run's name before anything else. */
  readonly named: (run: RunHandle) => void
}

/** How a run ended. */
export interface RunResult {
  readonly run: RunHandle
  readonly state: Exclude<RunState, 'running' | 'interrupted'>
  readonly counts: Counts
  readonly seconds: number
}

const SITE = 'local'

/** Executes a plan to its end. Throws `resource-unavailable` before anything starts, `store-failed` when the store takes no more. */
export async function executeRun(options: RunOptions): Promise<RunResult> {
  const { plan, store, clock, listener, capacity } = options
  checkRequests(plan, capacity)
  const startedAt = clock()
  let started: Event | undefined
  const begun = store.beginRun(runRequest(options), startedAt, (run) => {
    started = runStarted(options, run)
    return started
  })
  options.named(begun)
  const state = createState(plan, { run: begun.name, site: SITE, startedAt, capacity, failFast: options.failFast })
  listener([started as Event], begun.at, state)
  const folder = join(options.heddleFolder, 'tmp', begun.name)
  mkdirSync(folder, { recursive: true })
  const session = new RunSession(options, begun, state, folder)
  try {
    const { state: outcome, counts } = await session.run(begun.seq)
    return { run: begun, state: outcome, counts, seconds: (clock() - startedAt) / 1000 }
  } catch (error) {
    giveUp(options, begun)
    throw error
  } finally {
    await session.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

function runRequest({ plan, graph, request }: RunOptions): Parameters<RunStore['beginRun']>[0] {
  const reused = plan.execution.map((execution, q) => (plan.action[q] === ACTION.reuse ? execution : 0))
  return { pipeline: plan.pipeline.name, graph, request: { ...request, parameters: plan.pipeline.values }, tasks: plan.identities, reused }
}

function runStarted({ plan, graph, request }: RunOptions, run: string): Event {
  const { where, user, host, version } = request
  return {
    event: 'RunStarted',
    run,
    pipeline: plan.pipeline.name,
    quanta: plan.graph.quanta,
    graph,
    parameters: plan.pipeline.values,
    where,
    user,
    host,
    version,
  }
}

/** Notes that the run failed, as far as the store still takes anything: what ended the run is the error to tell, and the next run closes this one. */
function giveUp({ store, clock }: RunOptions, run: RunHandle): void {
  try {
    store.closeRun(run.id, 'failed', clock())
  } catch (error) {
    if (!(error instanceof HeddleError)) throw error
  }
}

/** The parts of a run that live as long as it does. */
class RunSession {
  readonly #options: RunOptions
  readonly #run: RunHandle
  readonly #state: SchedulerState
  readonly #folder: string
  #site: LocalRun | undefined

  constructor(options: RunOptions, run: RunHandle, state: SchedulerState, folder: string) {
    this.#options = options
    this.#run = run
    this.#state = state
    this.#folder = folder
  }

  async run(firstSeq: number): ReturnType<RunLoop['begin']> {
    const { plan, store, history, repository, openSite, control, clock, listener } = this.#options
    const contents = new Contents(plan, { store, history, objects: repository.objects, places: repository.places }, firstSeq)
    const frames = taskFrames(plan)
    const names = namesOf(plan.graph)
    const { projectFolder, plannedAt } = this.#options
    const folder = this.#folder
    const staging = new Staging(folder, contents, repository, plannedAt)
    const maker = {
      run: this.#run.name,
      site: SITE,
      projectFolder,
      folder,
      names,
      staging,
      exists: this.#state.exists,
      parameters: plan.pipeline.values,
      memory: this.#options.capacity.memory,
    }
    const intruders = new IntruderWatch(this.#options.heddleFolder)
    const loop = new RunLoop({
      plan,
      run: this.#run,
      state: this.#state,
      store,
      history,
      repository,
      contents,
      frames,
      maker,
      intruders,
      clock,
      listener,
    })
    const boot = bootId()
    const onProcess = (pid: number, started: number): void => store.processStarted(this.#run, { pid, started, boot })
    this.#site = openSite({ tmpFolder: folder, listener: (reports) => loop.hear(reports), onProcess })
    control.listen((request) => loop.tell([request]))
    const restored = restore(frames, plan, { repository, contents, names })
    return await loop.begin(this.#site, [...restored, { kind: 'RunBegan' }])
  }

  async close(): Promise<void> {
    if (this.#site === undefined) return
    await this.#site.close()
    this.#options.repository.publisher.flush()
    this.#options.store.processesEnded(this.#run)
  }
}

/** Puts outputs of reused quanta back at their `path:` where they are missing or edited. */
function restore(frames: readonly TaskFrame[], plan: Plan, placer: Parameters<typeof place>[0]): Input[] {
  const inputs: Input[] = []
  for (const frame of frames) {
    if (!frame.outputs.some((output) => output.type.path !== undefined)) continue
    for (let i = 0; i < frame.block.count; i++) {
      const q = frame.block.first + i
      if (plan.action[q] !== ACTION.reuse || plan.execution[q] === 0) continue
      const present = frame.outputs.flatMap((output) => [...datasetsOf(output.edges, i)].filter((d) => plan.exists[d] === 1))
      const missing = unplaced(placer, present)
      if (missing.length > 0) inputs.push({ kind: 'PlacingBegan' }, place(placer, missing))
    }
  }
  return inputs
}
