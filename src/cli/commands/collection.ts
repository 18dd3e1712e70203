/** `heddle collection`: named sets of datasets. */
import type { Command } from 'commander'
import { EXIT, HeddleError } from '../../model/errors.ts'
import { didYouMean } from '../../model/nearest.ts'
import type { Json } from '../../model/value.ts'
import { idOfDataset } from '../../plan/graph/naming.ts'
import { type Collection, type Collections, type Member, openCollections } from '../../repository/collections.ts'
import { resolveRun, runById } from '../../store/sqlite/runs.ts'
import { addExamples, type Context } from '../context.ts'
import { contentNow } from '../dataset-content.ts'
import { datasetNamed } from '../named.ts'
import { newestExecution } from '../newest-execution.ts'
import { planSession } from '../plan/plan-session.ts'
import { printRows } from '../query/rows.ts'
import { digestOf, readRun } from '../run-record.ts'
import { openPipelineSession, type Session } from '../session.ts'

type Action = (context: Context, session: Session, collections: Collections, names: readonly string[], options: CollectionOptions) => void

interface CollectionOptions {
  readonly run?: string
}

const ACTIONS: Readonly<Record<string, Action>> = {
  list: (context, _, collections) => printRows(context, collections.list().map(rowOf), 'no collection'),
  create: (context, _, collections, names) => {
    const name = one(names, 'create takes a name')
    collections.createTagged(name)
    context.terminal.info(`made the tagged collection ${name}`)
  },
  add: (context, session, collections, [name, ...ids], options) => {
    if (name === undefined || ids.length === 0) throw new HeddleError('usage', 'add takes a collection and one or more datasets')
    collections.tag(
      name,
      ids.map((id) => memberOf(session, id, options.run)),
    )
    context.terminal.info(`${ids.length} in ${name}`)
  },
  remove: (_, __, collections, [name, ...ids]) => {
    if (name === undefined) throw new HeddleError('usage', 'remove takes a collection, and datasets to take out of it')
    if (ids.length === 0) collections.remove(name)
    else collections.untag(name, ids)
  },
  chain: (context, session, collections, [name, ...chain]) => {
    if (name === undefined || chain.length === 0)
      throw new HeddleError('usage', 'chain takes a name and the collections to search, in order')
    collections.setChain(
      name,
      chain.map((part) => (/^last(~\d+)?$/.test(part) ? resolveRun(session.database, part).name : part)),
    )
    context.terminal.info(`${name} searches ${chain.join(', ')}`)
  },
  show: (context, session, collections, names) => {
    const name = one(names, 'show takes a name')
    const runs = new Set(collections.list().flatMap((collection) => (collection.kind === 'run' ? [collection.name] : [])))
    const rows = collections
      .resolve(name)
      .flatMap((part) => (runs.has(part) ? runMembers(session, part) : collections.members(part)).map((member) => ({ member, part })))
    const seen = new Set<string>()
    const found = rows.filter(({ member }) => !seen.has(member.dataset) && seen.add(member.dataset) !== undefined)
    printRows(
      context,
      found.map(({ member, part }) => ({ id: member.dataset, digest: member.digest, run: member.run, collection: part })),
      `${name} is empty`,
    )
  },
}

/** Adds arguments and options. */
export function define(command: Command): void {
  command
    .argument('<action>', Object.keys(ACTIONS).join(', '))
    .argument('[name...]', 'the collection, and datasets or collections')
    .option('--run <run>', 'add the content that this run made (default: the newest)')
  addExamples(command, [
    ['heddle collection create paper', 'an empty one'],
    ['heddle collection add paper chart climate@station=Seattle', 'what is there now, by content'],
    ['heddle collection chain best paper last', 'search one after the other'],
  ])
}

/** Does it. */
export async function run(context: Context, command: Command): Promise<number> {
  const [name = '', ...names] = command.args
  const action = Object.hasOwn(ACTIONS, name) ? ACTIONS[name] : undefined
  if (action === undefined) {
    throw new HeddleError('usage', `collection has no action ${JSON.stringify(name)}${didYouMean(name, Object.keys(ACTIONS))}`, {
      hint: `the actions are ${Object.keys(ACTIONS).join(', ')}`,
    })
  }
  const session = await openPipelineSession({ options: context.options, keeps: name !== 'list' && name !== 'show' })
  try {
    const collections = openCollections(session.database, (run, dataset) =>
      runMembers(session, run).find((member) => member.dataset === dataset),
    )
    action(context, session, collections, names, command.opts<CollectionOptions>())
    if (context.json && name !== 'list' && name !== 'show')
      context.terminal.print(JSON.stringify({ action: name, collection: names[0] ?? null }))
    return EXIT.done
  } finally {
    session.close()
  }
}

function one(names: readonly string[], what: string): string {
  if (names.length === 1) return names[0] as string
  throw new HeddleError('usage', what)
}

function rowOf(collection: Collection): Record<string, Json> {
  const { name, kind } = collection
  return { name, kind, members: kind === 'tagged' ? collection.members : null, chain: kind === 'chained' ? collection.chain : null }
}

function runMembers(session: Session, name: string): readonly Member[] {
  const record = readRun(session, resolveRun(session.database, name))
  const members: Member[] = []
  for (let d = 0; d < record.graph.datasets; d++) {
    const digest = digestOf(record, d)
    if (digest !== null && (record.graph.producer[d] as number) >= 0)
      members.push({ dataset: idOfDataset(record.graph, d), digest, run: record.run.name })
  }
  return members
}

/** A dataset with the content that it has now, or had in a run. */
function memberOf(session: Session, id: string, run: string | undefined): Member {
  if (run !== undefined) {
    const record = readRun(session, resolveRun(session.database, run))
    const d = datasetNamed(record.graph, id)
    const digest = digestOf(record, d)
    if (digest === null) throw new HeddleError('dataset-missing', `run ${record.run.name} did not make ${id}`)
    return { dataset: idOfDataset(record.graph, d), digest, run: record.run.name }
  }
  const plan = planSession(session, {})
  const d = datasetNamed(plan.graph, id)
  const content = contentNow(session, plan, d)
  const q = plan.graph.producer[d] as number
  const execution = q < 0 ? 0 : newestExecution(session, plan, q)
  const maker = execution === 0 ? null : (runById(session.database, session.history.run(execution))?.name ?? null)
  return { dataset: content.id, digest: content.digest, run: maker }
}
