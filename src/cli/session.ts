/** A project as a command uses it: pipeline, catalogue, history and store, each opened when first asked for. */
import { existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { DatabaseSync } from 'node:sqlite'
import type { Catalogue, Source } from '../model/catalogue.ts'
import { HeddleError } from '../model/errors.ts'
import type { History } from '../model/history.ts'
import type { Pipeline } from '../model/pipeline.ts'
import { configure } from '../pipeline/configure.ts'
import { sparseSizes } from '../plan/sparse-sizes.ts'
import { openCatalogue } from '../repository/catalogue.ts'
import { type FileDigests, openFileDigests } from '../repository/digests/file-digests.ts'
import { openFileSource } from '../repository/fs-source.ts'
import { openMemory } from '../repository/memory.ts'
import { type ObjectStore, openObjects } from '../repository/objects/object-store.ts'
import { openHistory } from '../store/sqlite/history.ts'
import { openDatabase, openForReading } from '../store/sqlite/open.ts'
import type { GlobalOptions } from './context.ts'
import type { PlanningOptions } from './planning-options.ts'
import { findProject, type ProjectPlace } from './project.ts'
import { requirePipeline } from './read-project.ts'
import type { Terminal } from './terminal.ts'

/** One project, for one command. */
export interface Session {
  readonly place: ProjectPlace
  readonly source: Source
  loadPipeline(): Promise<void>
  /** The same for commands that can do without: false where the file has errors or is gone. */
  tryLoadPipeline(): Promise<boolean>
  /** The pipeline if it was loaded. */
  readonly knownPipeline: Pipeline | undefined
  /** Configured with `--param`. */
  readonly pipeline: Pipeline
  /** How many warnings the pipeline file has. */
  readonly fileWarnings: number
  /** The store; one that is empty and kept nowhere where the project has none yet. */
  readonly database: DatabaseSync
  readonly digests: FileDigests
  readonly catalogue: Catalogue
  readonly history: History
  readonly objects: ObjectStore
  /** Closes the store. */
  close(): void
}

/** What chooses a session. */
export interface SessionOptions {
  readonly options: GlobalOptions
  readonly file?: string | undefined
  readonly param?: PlanningOptions['param'] | undefined
  /** Makes `.heddle/` where there is none, for commands that keep something. */
  readonly keeps?: boolean
  /** Every commit survives a power loss. */
  readonly durable?: boolean
}

/** Says that `heddle lint` has something to say; it shows each in its place. */
export function tellFileWarnings({ fileWarnings, place }: Session, terminal: Terminal): void {
  if (fileWarnings === 0) return
  terminal.info(
    `${place.shown} has ${fileWarnings} warning${fileWarnings === 1 ? '' : 's'}: \`heddle lint\` shows ${fileWarnings === 1 ? 'it' : 'them'}`,
  )
}

/** Opens a project with its pipeline. Throws when the file has errors. */
export async function openPipelineSession(options: SessionOptions): Promise<Session> {
  const session = openSession(options)
  try {
    await session.loadPipeline()
    return session
  } catch (error) {
    session.close()
    throw error
  }
}

/** Opens a project without its pipeline, for commands that look at what was. */
export function openSession({ options, file, param, keeps = false, durable = false }: SessionOptions): Session {
  const place = findProject({ project: options.project, file })
  const database = once(() => openStore(place, keeps, durable))
  const digests = once(() => openFileDigests(place.folder, database()))
  const source = once(() => openFileSource(place.folder, digests(), openMemory(database())))
  let read: Pipeline | undefined
  let fileWarnings = 0
  const loadPipeline = async (): Promise<void> => {
    const { pipeline, warnings } = await requirePipeline(place, source())
    fileWarnings = warnings
    read = configure(pipeline, param === undefined ? {} : { params: param })
  }
  const pipeline = (): Pipeline => {
    if (read === undefined) throw new Error('the pipeline was not loaded')
    return read
  }
  const catalogue = once(() =>
    openCatalogue({
      folder: place.folder,
      pipeline: pipeline(),
      database: database(),
      digests: digests(),
      sparseSizes: sparseSizes(pipeline()),
    }),
  )
  const objects = once(() => openObjects({ heddleFolder: place.store, durable }))
  const history = once(() => {
    const listing = objects().listing()
    return openHistory(database(), (digest, at) => listing.has(digest, at))
  })
  return {
    place,
    loadPipeline,
    tryLoadPipeline: async () => {
      try {
        await loadPipeline()
      } catch (error) {
        if (!(error instanceof HeddleError)) throw error
      }
      return read !== undefined
    },
    get knownPipeline() {
      return read
    },
    get fileWarnings() {
      return fileWarnings
    },
    get source() {
      return source()
    },
    get pipeline() {
      return pipeline()
    },
    get database() {
      return database()
    },
    get digests() {
      return digests()
    },
    get catalogue() {
      return catalogue()
    },
    get history() {
      return history()
    },
    get objects() {
      return objects()
    },
    close: () => database.made?.close(),
  }
}

/** The store's file. */
export function databaseFile(place: ProjectPlace): string {
  return join(place.store, 'heddle.db')
}

function openStore(place: ProjectPlace, keeps: boolean, durable: boolean): DatabaseSync {
  const file = databaseFile(place)
  if (keeps) makeFolder(place.store)
  else if (!existsSync(file)) return openDatabase(':memory:')
  return keeps ? openDatabase(file, durable ? 'power' : 'process') : openForReading(file)
}

function makeFolder(folder: string): void {
  try {
    mkdirSync(folder)
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'EEXIST') return
    throw new HeddleError('store-failed', `${folder} cannot be made: ${(cause as Error).message}`, {
      cause,
      hint: 'Heddle keeps its records there; make the project folder writable, or work in a copy',
    })
  }
}

interface Once<T> {
  (): T
  made: T | undefined
}

function once<T>(make: () => T): Once<T> {
  const give = (() => (give.made ??= make())) as Once<T>
  give.made = undefined
  return give
}
