/**
 * Everything the scheduler knows of a run, in columns: about 40 bytes a quantum beside its edges.
 *
 * ```
 *                 ┌──────────────── QuantumRetried ───────────────┐
 *                 ▼                                                │
 *   waiting ──► ready ──► running ──► completed | noWork | failed ─┘
 *      │          ├─────► reused
 *      ├──────────┴─────► cancelled   (running too)
 *      ├──► pruned        too few inputs exist
 *      └──► blocked       something that it needs failed, was cancelled or is blocked itself
 * ```
 */
import { ACTION, blockOf, type QuantumGraph } from '../model/graph.ts'
import type { Resources, Retry } from '../model/pipeline.ts'
import { QUANTUM_STATES, STATE } from '../model/states.ts'
import { type Capacity, capacityVector, type ResourceNames, requestVector, resourceNames } from './capacity.ts'
import { consumersOf, longestPaths } from './consumers.ts'
import { ReadyHeap } from './ready-heap.ts'

/** What the scheduler needs to know of a task. */
export interface TaskRules {
  readonly name: string
  readonly resources: Resources
  readonly retry: Retry
}

/** The part of a plan that the scheduler starts from. */
export interface SchedulerPlan {
  readonly graph: QuantumGraph
  /** Of each task block, in order. */
  readonly tasks: readonly TaskRules[]
  readonly action: Uint8Array
  /** A `reuse` whose execution is 0 has too few inputs: it is pruned when the run begins. */
  readonly execution: Float64Array
  readonly exists: Uint8Array
  readonly blockedBy: Int32Array
}

/** Quanta that ask for the same; they share one queue and one account of what they hold. */
export interface RequestClass {
  readonly resources: Resources
  readonly vector: Float64Array
  readonly ready: ReadyHeap
  /** How many times `vector` is taken from what is free. */
  held: number
  /** Attempts handed out; those beyond `held` are queued behind others at the site. */
  outstanding: number
  /** How often others went first while this was the most urgent class and did not fit. */
  passedOver: number
}

/** Why nothing new starts. */
export type Stopping = 'no' | 'failed-fast' | 'draining' | 'cancelling'

/** The state of one run. Only `step` and `replay` change it. */
export interface SchedulerState {
  readonly run: string
  readonly site: string
  readonly startedAt: number
  readonly failFast: boolean
  readonly graph: QuantumGraph
  readonly tasks: readonly TaskRules[]
  /** Codes of {@link STATE}. */
  readonly quantum: Uint8Array
  /** Quanta of each state, by code. */
  readonly tally: Float64Array
  /** Number of the last attempt; 0 is none. */
  readonly attempt: Uint16Array
  /** Failures that were charged. */
  readonly tries: Uint8Array
  /** Losses in a row that were not its fault. */
  readonly losses: Uint8Array
  /** Distinct quanta that must still be over. */
  readonly waitingFor: Uint32Array
  readonly rank: Uint32Array
  readonly taskOf: Uint16Array
  /** What a blocked quantum is blocked by in the end, or -1. */
  readonly blockedBy: Int32Array
  readonly consumerOffsets: Uint32Array
  readonly consumerTargets: Uint32Array
  /** 1: the dataset exists; 0: not yet; 2: it never will. */
  readonly exists: Uint8Array
  /** 1: this running attempt is not known to be short. */
  readonly long: Uint8Array
  readonly names: ResourceNames
  readonly capacity: Float64Array
  readonly free: Float64Array
  readonly classes: RequestClass[]
  /** Class of each task block. */
  readonly classOfTask: Int32Array
  /** Class of quanta that were given more than their task asks for. */
  readonly scaledClass: Map<number, RequestClass>
  /** Seconds that attempts of each task take; NaN when not known. Errs on the long side. */
  readonly usualSeconds: Float64Array
  longOutstanding: number
  outstanding: number
  attempts: number
  /** Turns with losses since anything last succeeded. */
  turnsOfLoss: number
  stopping: Stopping
  /** Quanta whose outputs are on their way to their `path:`. */
  placing: number
  /** Outputs that did not get there. */
  misplaced: number
  finished: boolean
}

/** How a run is set up. */
export interface RunSetup {
  readonly run: string
  readonly site: string
  readonly startedAt: number
  readonly capacity: Capacity
  readonly failFast: boolean
}

/** The state of a run before its first step: reused and blocked quanta are over, all others wait. */
export function createState(plan: SchedulerPlan, setup: RunSetup): SchedulerState {
  const { graph, tasks, action } = plan
  const quanta = graph.quanta
  const quantum = new Uint8Array(quanta)
  for (let q = 0; q < quanta; q++) {
    if (action[q] === ACTION.reuse && plan.execution[q] !== 0) quantum[q] = STATE.reused
    else if (action[q] === ACTION.blocked) quantum[q] = STATE.blocked
  }
  const consumers = consumersOf(graph, (q) => quantum[q] === STATE.reused)
  const tally = new Float64Array(QUANTUM_STATES.length)
  for (let q = 0; q < quanta; q++) tally[quantum[q] as number] = (tally[quantum[q] as number] as number) + 1
  const names = resourceNames(
    setup.capacity,
    tasks.map((task) => task.resources),
  )
  const capacity = capacityVector(names, setup.capacity)
  const state: SchedulerState = {
    run: setup.run,
    site: setup.site,
    startedAt: setup.startedAt,
    failFast: setup.failFast,
    graph,
    tasks,
    quantum,
    tally,
    attempt: new Uint16Array(quanta),
    tries: new Uint8Array(quanta),
    losses: new Uint8Array(quanta),
    waitingFor: consumers.waitingFor,
    rank: longestPaths(graph, consumers),
    taskOf: taskOfEach(graph),
    blockedBy: plan.blockedBy.slice(),
    consumerOffsets: consumers.offsets,
    consumerTargets: consumers.targets,
    exists: plan.exists.slice(),
    long: new Uint8Array(quanta),
    names,
    capacity,
    free: capacity.slice(),
    classes: [],
    classOfTask: new Int32Array(tasks.length),
    scaledClass: new Map(),
    usualSeconds: new Float64Array(tasks.length).fill(Number.NaN),
    longOutstanding: 0,
    outstanding: 0,
    attempts: 0,
    turnsOfLoss: 0,
    stopping: 'no',
    placing: 0,
    misplaced: 0,
    finished: false,
  }
  tasks.forEach((task, t) => {
    state.classOfTask[t] = state.classes.indexOf(classFor(state, task.resources))
  })
  return state
}

function taskOfEach(graph: QuantumGraph): Uint16Array {
  const taskOf = new Uint16Array(graph.quanta)
  graph.tasks.forEach((block, t) => {
    taskOf.fill(t, block.first, block.first + block.count)
  })
  return taskOf
}

/** The class of quanta that ask for just this; walltime counts too, so that an attempt gets the class's own resources. */
export function classFor(state: SchedulerState, resources: Resources): RequestClass {
  const vector = requestVector(state.names, resources)
  const found = state.classes.find(
    (c) =>
      c.resources.walltime === resources.walltime &&
      c.resources.memory === resources.memory &&
      c.vector.every((n, i) => n === vector[i]) &&
      sameShape(c.resources, resources),
  )
  if (found !== undefined) return found
  const made: RequestClass = { resources, vector, ready: new ReadyHeap(state.rank), held: 0, outstanding: 0, passedOver: 0 }
  state.classes.push(made)
  return made
}

function sameShape(a: Resources, b: Resources): boolean {
  return a.cores === b.cores && a.processes === b.processes && a.nodes === b.nodes && a.disk === b.disk
}

/** The class that quantum q is in now. */
export function classOf(state: SchedulerState, q: number): RequestClass {
  return state.scaledClass.get(q) ?? (state.classes[state.classOfTask[state.taskOf[q] as number] as number] as RequestClass)
}

/** The rules of the task of quantum q. */
export function taskRules(state: SchedulerState, q: number): TaskRules {
  return state.tasks[state.taskOf[q] as number] as TaskRules
}

/** The place of quantum q within its task block. */
export function placeOf(state: SchedulerState, q: number): { readonly block: QuantumGraph['tasks'][number]; readonly i: number } {
  const block = blockOf(state.graph.tasks, q)
  return { block, i: q - block.first }
}

/** Quanta that are not over. */
export function unfinished(state: SchedulerState): number {
  const { tally } = state
  return (tally[STATE.waiting] as number) + (tally[STATE.ready] as number) + (tally[STATE.running] as number)
}
