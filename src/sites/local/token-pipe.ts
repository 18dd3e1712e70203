/**
 * The pipe of tokens that lets a worker begin jobs that it was sent ahead.
 *
 * A worker takes one token before each job. Tokens still in the pipe stand for jobs that have not begun, so taking them
 * back is an atomic way to withdraw these, however long the one that runs may take.
 */
import { closeSync, constants, openSync, readSync, writeSync } from 'node:fs'

/** The engine's end of a worker's token pipe. */
export class TokenPipe {
  readonly #fd: number

  constructor(path: string) {
    this.#fd = openSync(path, constants.O_RDWR | constants.O_NONBLOCK)
  }

  /** Lets `count` more jobs begin. */
  allow(count: number): void {
    writeSync(this.#fd, '\n'.repeat(count))
  }

  /** Makes the worker skip every job that has not begun; returns how many. Its answers to these must have come before it is asked again. */
  withdraw(): number {
    const taken = readNow(this.#fd).length
    if (taken > 0) writeSync(this.#fd, 's\n'.repeat(taken))
    return taken
  }

  /** Empties the pipe for a new worker; returns how much was left. */
  clear(): number {
    return readNow(this.#fd).length
  }

  close(): void {
    closeSync(this.#fd)
  }
}

/** Everything that a non-blocking pipe holds at this moment, byte for byte. */
export function readNow(fd: number): string {
  const buffer = Buffer.allocUnsafe(65536)
  let text = ''
  for (;;) {
    try {
      const bytes = readSync(fd, buffer)
      if (bytes === 0) return text
      text += buffer.toString('latin1', 0, bytes)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EAGAIN') return text
      throw error
    }
  }
}
