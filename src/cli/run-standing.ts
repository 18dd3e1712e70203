/** How a run stands: states by task, and what holds back the rest. */
import { QUANTUM_STATES, type RunState, STATE } from '../model/states.ts'
import { explain } from '../scheduler/explain.ts'
import { replay } from '../scheduler/replay.ts'
import { createState } from '../scheduler/state.ts'
import { readEvents } from '../store/sqlite/log.ts'
import { stateOf } from './engine-alive.ts'
import { localSite } from './run/local-site.ts'
import type { RunRecord } from './run-record.ts'
import type { Session } from './session.ts'

/** The document of `heddle status --json`. */
export interface RunStanding {
  readonly run: string
  readonly state: RunState
  readonly tasks: Readonly<Record<string, Readonly<Record<string, number>>>>
  readonly waiting: readonly { readonly reason: string; readonly count: number }[]
}

/** Works out how a run stands. */
export async function standingOf(session: Session, record: RunRecord): Promise<RunStanding> {
  const state = stateOf(session, record.run)
  const live = state === 'running' ? await replayed(session, record) : undefined
  const codes = live?.quantum ?? record.state
  const tasks = record.graph.tasks.map((block) => {
    const tally: Record<string, number> = {}
    for (let q = block.first; q < block.first + block.count; q++) {
      const name = QUANTUM_STATES[codes[q] as number] as string
      tally[name] = (tally[name] ?? 0) + 1
    }
    return [block.task, tally] as const
  })
  return { run: record.run.name, state, tasks: Object.fromEntries(tasks), waiting: live === undefined ? [] : explain(live) }
}

/** The scheduler's own view, rebuilt from the log. */
async function replayed(session: Session, record: RunRecord): Promise<ReturnType<typeof createState>> {
  const { run, graph } = record
  await session.tryLoadPipeline()
  const rules = graph.tasks.map(({ task: name }) => {
    const task = session.knownPipeline?.tasks.find((candidate) => candidate.name === name)
    return task ?? { name, resources: PLAIN, retry: { limit: 0, on: [], scale: 1 } }
  })
  const slots = typeof run.request.slots === 'number' ? run.request.slots : undefined
  const { capacity } = await localSite(session.place.folder, slots)
  const action = Uint8Array.from(record.state, (code) => (code === STATE.reused ? 1 : 0))
  const execution = Float64Array.from(action)
  const plan = { graph, tasks: rules, action, execution, exists: record.exists, blockedBy: new Int32Array(graph.quanta).fill(-1) }
  const state = createState(plan, { run: run.name, site: 'local', startedAt: run.started, capacity, failFast: false })
  replay(state, readEvents(session.database, run.id))
  return state
}

const PLAIN = { cores: 1, memory: undefined, gpus: 0, disk: undefined, walltime: undefined, nodes: 1, processes: 1, custom: {} }
