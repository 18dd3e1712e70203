/** What the engine asks of the repository that holds datasets. */

/** An object that is in the store. */
export interface KeptObject {
  /** SHA-256, hex. */
  readonly digest: string
  /** Bytes. */
  readonly size: number
}

/** Content-addressed objects. Writing throws a coded error when the disk is full or read-only. */
export interface RunObjects {
  /** Moves a file or folder in; `known` saves reading it again. */
  put(path: string, known?: string): KeptObject
  putBytes(bytes: Uint8Array): KeptObject
  /** Absolute path. */
  path(digest: string): string
  /** Removes an object that a body wrote over. */
  remove(digest: string): void
}

/** Puts datasets at their `path:`, whole or not at all. */
export interface RunPublisher {
  publish(
    path: string,
    content: { readonly digest: string; readonly inline: Uint8Array | undefined },
  ): { readonly edited: string | undefined }
  isPublished(path: string, digest: string): boolean
  flush(): void
}

/** Where an overall input lies. */
export interface InputPlace {
  /** Absolute. */
  readonly path: string
  /** Made by Heddle itself: its identity is not that of its bytes. */
  readonly sparse: boolean
}

/** Where the datasets of a run's graph lie in the project. */
export interface DatasetPlaces {
  /** The bytes of overall input number d; undefined: no overall input, but made by an earlier run. */
  input(d: number): InputPlace | undefined
  /** Path below the project folder at which dataset d of a task appears; undefined: it stays in the store. */
  published(d: number): string | undefined
}

/** The parts of a repository that a run needs. */
export interface RunRepository {
  readonly objects: RunObjects
  readonly publisher: RunPublisher
  readonly places: DatasetPlaces
  /** Digest of a file or folder as it is now; undefined when there is none. */
  readonly digestNow: (path: string) => string | undefined
  /** SHA-256 of a large file without holding up the loop. */
  readonly hashSlowly: (path: string) => Promise<string>
}
