/** What code identity needs to know of a language in which functions are written. */
import type { Digest } from '../../model/canonical.ts'
import type { Source } from '../../model/catalogue.ts'

/** A module as far as it was read; it is never run. */
export interface Module {
  /** Of its tokens, without comments, blank lines and layout that means nothing. */
  readonly digest: Digest
  /** What it imports, as the language's own words. */
  readonly imports: readonly string[]
  /** Names that a function body may name. */
  readonly names: ReadonlySet<string>
  /** Modules all of whose names are its own too. */
  readonly passesOn: readonly string[]
  /** Whether its names are known to be all of them: no syntax that the parser does not know, no names made while it runs. */
  readonly complete: boolean
}

/** A language: how a module is read, and where its imports lie. */
export interface Language {
  parse(text: string, path: string): Module
  /** Files of the project that an import in the file at `from` brings in; [] when it comes from elsewhere. */
  resolve(request: string, from: string, source: Source): readonly string[]
}
