/** Finds the project that a command works in. */
import { existsSync, statSync } from 'node:fs'
import { basename, dirname, join, relative, resolve } from 'node:path'
import { HeddleError } from '../model/errors.ts'

/** The usual name of a pipeline file. */
export const PIPELINE_FILE = 'heddle.yaml'

/** The folder that holds everything Heddle keeps of a project. */
export const STORE_FOLDER = '.heddle'

/** A project: where it is, and which pipeline is meant. */
export interface ProjectPlace {
  /** Absolute. */
  readonly folder: string
  /** The pipeline file, relative to the project folder; it may not be there. */
  readonly file: string
  /** The pipeline file as messages name it: relative to the current folder. */
  readonly shown: string
  /** `.heddle`, absolute. */
  readonly store: string
}

/** How a command line names its project. */
export interface ProjectRequest {
  /** `--project` */
  readonly project?: string | undefined
  /** `-f`, or the file given as an argument. */
  readonly file?: string | undefined
}

/** Finds the project. Throws `no-project` where there is none. */
export function findProject(request: ProjectRequest): ProjectPlace {
  if (request.project !== undefined) {
    const folder = resolve(request.project)
    if (!isFolder(folder)) throw new HeddleError('no-project', `there is no folder ${request.project}`)
    return place(folder, request.file === undefined ? pipelineIn(folder) : resolve(request.file))
  }
  if (request.file !== undefined) {
    const file = resolve(request.file)
    if (!existsSync(file)) throw new HeddleError('file-missing', `there is no pipeline file ${request.file}`)
    if (isFolder(file)) return place(file, pipelineIn(file))
    return place(holderAbove(dirname(file)) ?? dirname(file), file)
  }
  const folder = holderAbove(process.cwd())
  if (folder === undefined) {
    throw new HeddleError('no-project', `neither this folder nor one above it holds ${PIPELINE_FILE}`, {
      hint: '`heddle init NAME` makes a project; -f FILE names a pipeline file elsewhere',
    })
  }
  return place(folder, pipelineIn(folder))
}

/** The project around the current folder, or undefined. */
export function findProjectHere(): ProjectPlace | undefined {
  const folder = holderAbove(process.cwd())
  return folder === undefined ? undefined : place(folder, pipelineIn(folder))
}

function pipelineIn(folder: string): string {
  return join(folder, PIPELINE_FILE)
}

function place(folder: string, file: string): ProjectPlace {
  return {
    folder,
    file: relative(folder, file),
    shown: relative(process.cwd(), file) || basename(file),
    store: join(folder, STORE_FOLDER),
  }
}

/** The nearest folder, this one or above, that is a project. */
function holderAbove(start: string): string | undefined {
  for (let folder = start; ; folder = dirname(folder)) {
    if (existsSync(join(folder, PIPELINE_FILE)) || existsSync(join(folder, STORE_FOLDER, 'heddle.db'))) return folder
    if (dirname(folder) === folder) return undefined
  }
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true
}
