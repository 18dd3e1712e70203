/**
 * Named sets of datasets: a *run* owns what it made, a *tagged* collection names datasets of any run, a *chained* one is an
 * ordered search path of others in which the first find counts.
 */
import type { DatabaseSync } from 'node:sqlite'
import { HeddleError } from '../model/errors.ts'
import { didYouMean } from '../model/nearest.ts'
import { inTransaction } from './transaction.ts'

/** A collection as it is listed. */
export type Collection =
  | { readonly kind: 'run'; readonly name: string }
  | { readonly kind: 'tagged'; readonly name: string; readonly members: number }
  | { readonly kind: 'chained'; readonly name: string; readonly chain: readonly string[] }

/** A dataset in a collection: its id, and the content that is meant. */
export interface Member {
  readonly dataset: string
  readonly digest: string
  /** Run that made it; null for an overall input. */
  readonly run: string | null
}

/** Looks a dataset up in a run. */
export type RunLookup = (run: string, dataset: string) => Member | undefined

/** Collections of a repository. Names that do not exist throw `unknown-collection`. */
export interface Collections {
  list(): readonly Collection[]
  /** Makes an empty tagged collection. Throws `collection-exists`. */
  createTagged(name: string): void
  /** Makes a chained collection, or gives it another chain. Throws `collection-cycle` with the way round. */
  setChain(name: string, chain: readonly string[]): void
  /** Adds datasets to a tagged collection; one with the same id is replaced. */
  tag(name: string, members: readonly Member[]): void
  untag(name: string, datasets: readonly string[]): void
  /** Removes a tagged or chained collection; its datasets stay. Throws `collection-used` when a chain names it. */
  remove(name: string): void
  members(name: string): readonly Member[]
  /** Runs and tagged collections that a name stands for, in search order, each once. */
  resolve(name: string): readonly string[]
  /** The first find of a dataset along a search path. */
  find(name: string, dataset: string): Member | undefined
}

interface CollectionRow {
  readonly name: string
  readonly kind: 'tagged' | 'chained'
  readonly chain: string | null
}

/** Opens the collections of a store's database. */
export function openCollections(database: DatabaseSync, runLookup: RunLookup): Collections {
  const row = (name: string) =>
    database.prepare('SELECT name, kind, chain FROM collections WHERE name = ?').get(name) as CollectionRow | undefined
  const isRun = (name: string) => database.prepare('SELECT 1 FROM runs WHERE name = ?').get(name) !== undefined

  const list = (): Collection[] => {
    const runs = database.prepare('SELECT name FROM runs ORDER BY id').all() as unknown as { readonly name: string }[]
    const query =
      'SELECT c.name, c.kind, c.chain, count(m.dataset) AS members FROM collections c LEFT JOIN members m ON m.collection = c.name GROUP BY c.name ORDER BY c.name'
    const others = database.prepare(query).all() as unknown as (CollectionRow & { readonly members: number })[]
    return [
      ...runs.map(({ name }): Collection => ({ kind: 'run', name })),
      ...others.map(
        ({ name, kind, chain, members }): Collection =>
          kind === 'tagged' ? { kind, name, members } : { kind, name, chain: chainOf(chain) },
      ),
    ]
  }

  const kindOf = (name: string): Collection['kind'] => {
    const found = row(name)?.kind ?? (isRun(name) ? 'run' : undefined)
    if (found !== undefined) return found
    const known = list().map((collection) => collection.name)
    throw new HeddleError('unknown-collection', `there is no collection ${JSON.stringify(name)}${didYouMean(name, known)}`)
  }

  const demand = (name: string, kind: Collection['kind'], toDo: string): void => {
    const found = kindOf(name)
    if (found !== kind)
      throw new HeddleError('collection-kind', `${JSON.stringify(name)} is a ${found} collection; only a ${kind} one can ${toDo}`)
  }

  const refuseCycle = (name: string, chain: readonly string[], way: readonly string[]): void => {
    for (const next of chain) {
      if (next === name) {
        throw new HeddleError('collection-cycle', `${JSON.stringify(name)} would search itself: ${[...way, next].join(' → ')}`, {
          hint: 'leave one of these out of its chain',
        })
      }
      if (kindOf(next) === 'chained') refuseCycle(name, chainOf(row(next)?.chain ?? null), [...way, next])
    }
  }

  const resolve = (name: string): string[] => {
    if (kindOf(name) !== 'chained') return [name]
    return [...new Set(chainOf(row(name)?.chain ?? null).flatMap(resolve))]
  }

  const memberOf = (collection: string, dataset: string): Member | undefined => {
    if (kindOf(collection) === 'run') return runLookup(collection, dataset)
    const query = 'SELECT dataset, digest, run FROM members WHERE collection = ? AND dataset = ?'
    return database.prepare(query).get(collection, dataset) as Member | undefined
  }

  return {
    list,
    createTagged: (name) => {
      if (row(name) !== undefined || isRun(name)) throw new HeddleError('exists', `there is a collection ${JSON.stringify(name)} already`)
      database.prepare("INSERT INTO collections (name, kind) VALUES (?, 'tagged')").run(name)
    },
    setChain: (name, chain) => {
      const before = row(name)?.kind
      if (before === 'tagged' || isRun(name)) throw new HeddleError('exists', `there is a collection ${JSON.stringify(name)} already`)
      refuseCycle(name, chain, [name])
      database.prepare("INSERT OR REPLACE INTO collections (name, kind, chain) VALUES (?, 'chained', ?)").run(name, JSON.stringify(chain))
    },
    tag: (name, members) => {
      demand(name, 'tagged', 'be given datasets')
      inTransaction(database, () => {
        const insert = database.prepare('INSERT OR REPLACE INTO members (collection, dataset, digest, run) VALUES (?, ?, ?, ?)')
        for (const { dataset, digest, run } of members) insert.run(name, dataset, digest, run)
      })
    },
    untag: (name, datasets) => {
      demand(name, 'tagged', 'lose datasets')
      inTransaction(database, () => {
        const remove = database.prepare('DELETE FROM members WHERE collection = ? AND dataset = ?')
        for (const dataset of datasets) remove.run(name, dataset)
      })
    },
    remove: (name) => {
      if (kindOf(name) === 'run') throw new HeddleError('collection-kind', `${JSON.stringify(name)} is a run; its record is kept`)
      const user = list().find((other) => other.kind === 'chained' && other.chain.includes(name))
      if (user !== undefined)
        throw new HeddleError(
          'collection-used',
          `the chain of ${JSON.stringify(user.name)} names ${JSON.stringify(name)}; take it out there first`,
        )
      inTransaction(database, () => {
        database.prepare('DELETE FROM members WHERE collection = ?').run(name)
        database.prepare('DELETE FROM collections WHERE name = ?').run(name)
      })
    },
    members: (name) => {
      demand(name, 'tagged', 'list its members here')
      return database
        .prepare('SELECT dataset, digest, run FROM members WHERE collection = ? ORDER BY dataset')
        .all(name) as unknown as Member[]
    },
    resolve,
    find: (name, dataset) => {
      for (const collection of resolve(name)) {
        const found = memberOf(collection, dataset)
        if (found !== undefined) return found
      }
      return undefined
    },
  }
}

function chainOf(text: string | null): string[] {
  return text === null ? [] : (JSON.parse(text) as string[])
}
