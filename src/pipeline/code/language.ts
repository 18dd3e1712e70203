/** What code identity needs to know of a language in which functions are written. */
import type { Digest } from '../../model/canonical.ts'
import type { Source } from '../../model/catalogue.ts'
import type { Body } from '../../model/pipeline.ts'
import { resolvePython, resolveTypescript } from './resolve.ts'

/** A module as far as it was read; it is never run. Plain JSON, so that it can be remembered. */
export interface Module {
  /** Of its tokens, without comments, blank lines and layout that means nothing. */
  readonly digest: Digest
  /** What it imports, as the language's own words. */
  readonly imports: readonly string[]
  /** Names that a function body may name. */
  readonly names: readonly string[]
  /** Those that cannot be called without an argument `context`. */
  readonly wantContext: readonly string[]
  /** Modules all of whose names are its own too. */
  readonly passesOn: readonly string[]
  /** Whether its names are known to be all of them: no syntax that the parser does not know, no names made while it runs. */
  readonly complete: boolean
}

/** A body that is a function. */
export type FunctionBody = Exclude<Body, { kind: 'command' }>

/** Reads the text of a module. */
export type ParseModule = (text: string, path: string) => Module

/** A language: how a module is read, and where its imports lie. */
export interface Language {
  /** Loads its parser, which takes longer than most other things that a plan needs. */
  load(): Promise<ParseModule>
  resolve(request: string, from: string, source: Source): readonly string[]
}

/** The languages of functions. */
export const LANGUAGES: Readonly<Record<FunctionBody['kind'], Language>> = {
  python: { load: async () => (await import('./python.ts')).parsePython, resolve: resolvePython },
  typescript: { load: async () => (await import('./typescript.ts')).parseTypescript, resolve: resolveTypescript },
}
