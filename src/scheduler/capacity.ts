/** What a site can give, and what quanta ask of it, as vectors. */
import { HeddleError } from '../model/errors.ts'
import { ACTION } from '../model/graph.ts'
import type { Resources } from '../model/pipeline.ts'
import type { Plan } from '../model/plan.ts'
import { formatBytes } from '../model/units.ts'

/** What a site can give at one time; undefined is no limit. Bytes. */
export interface Capacity {
  readonly cores: number
  readonly memory: number | undefined
  readonly gpus: number
  readonly disk: number | undefined
  readonly custom: Readonly<Record<string, number>>
}

/** Names of what is counted; the index is the place in a vector. */
export type ResourceNames = readonly string[]

const BUILT_IN = ['cores', 'memory', 'gpus', 'disk'] as const

/** Everything that these tasks or the site count. */
export function resourceNames(capacity: Capacity, asked: readonly Resources[]): ResourceNames {
  const custom = new Set(Object.keys(capacity.custom))
  for (const resources of asked) for (const name of Object.keys(resources.custom)) custom.add(name)
  return [...BUILT_IN, ...[...custom].sort()]
}

/** The site's capacity as a vector. */
export function capacityVector(names: ResourceNames, capacity: Capacity): Float64Array {
  return Float64Array.from(names, (name) => {
    if (name === 'cores' || name === 'gpus') return capacity[name]
    if (name === 'memory' || name === 'disk') return capacity[name] ?? Number.POSITIVE_INFINITY
    return capacity.custom[name] ?? 0
  })
}

/** A request as a vector. Cores are counted for each process. */
export function requestVector(names: ResourceNames, resources: Resources): Float64Array {
  return Float64Array.from(names, (name) => {
    if (name === 'cores') return resources.cores * Math.max(1, resources.processes)
    if (name === 'gpus') return resources.gpus
    if (name === 'memory' || name === 'disk') return resources[name] ?? 0
    return resources.custom[name] ?? 0
  })
}

/** Throws `resource-unavailable` when a task asks for what the site can never give. */
export function checkRequest(task: string, resources: Resources, capacity: Capacity): void {
  const names = resourceNames(capacity, [resources])
  const most = capacityVector(names, capacity)
  const asked = requestVector(names, resources)
  names.forEach((name, i) => {
    const [need, has] = [asked[i] as number, most[i] as number]
    if (need <= has) return
    const show = (n: number): string => (name === 'memory' || name === 'disk' ? formatBytes(n) : String(n))
    throw new HeddleError('resource-unavailable', `task ${task} asks for ${name} ${show(need)}, but site local has ${show(has)}`, {
      hint: `lower tasks.${task}.resources.${name}, or say in sites.yaml, beside heddle.yaml, how much there is: {heddle: 1, sites: {local: {run: {limits: {${name}: ${show(need).replace(' ', '')}}}}}}`,
    })
  })
}

/** Throws `resource-unavailable` when something that would run asks for what the site can never give. */
export function checkRequests(plan: Plan, capacity: Capacity): void {
  plan.tasks.forEach((task, t) => {
    if (willRun(plan, t)) checkRequest(task.name, task.resources, capacity)
  })
}

function willRun({ graph, action }: Plan, t: number): boolean {
  const block = graph.tasks[t]
  return block !== undefined && action.subarray(block.first, block.first + block.count).includes(ACTION.run)
}
