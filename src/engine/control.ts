/** How a person stops a run. */
import type { Input } from '../scheduler/inputs.ts'

type Request = Extract<Input, { kind: 'DrainRequested' | 'CancelRequested' }>

/** Carries requests to a run; those made before it listens are not lost. */
export class RunControl {
  readonly #early: Request[] = []
  #listener: ((request: Request) => void) | undefined

  /** Start nothing more, let running work finish. */
  drain(): void {
    this.#tell({ kind: 'DrainRequested' })
  }

  /** End what runs. */
  cancel(): void {
    this.#tell({ kind: 'CancelRequested' })
  }

  /** Listens from now on. */
  listen(listener: (request: Request) => void): void {
    this.#listener = listener
    for (const request of this.#early.splice(0)) listener(request)
  }

  #tell(request: Request): void {
    if (this.#listener === undefined) this.#early.push(request)
    else this.#listener(request)
  }
}
