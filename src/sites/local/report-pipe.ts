/** A named pipe that a worker writes its answers to, a line each, in ASCII. */
import { constants, openSync } from 'node:fs'
import { Socket } from 'node:net'
import { readNow } from './token-pipe.ts'

/** Lines out of a named pipe, told in turns. */
export class ReportPipe {
  readonly #fd: number
  readonly #socket: Socket
  readonly #handle: (lines: readonly string[]) => number
  #rest = ''
  #timer: NodeJS.Timeout | undefined

  /** `handle` takes a turn's lines and returns for how many ms the next ones may gather. */
  constructor(path: string, handle: (lines: readonly string[]) => number) {
    // Open for writing too, so that the pipe does not end while a worker is being replaced.
    this.#fd = openSync(path, constants.O_RDWR | constants.O_NONBLOCK)
    this.#handle = handle
    const callback = (bytes: number, buffer: Uint8Array): boolean =>
      this.#take(Buffer.from(buffer.buffer, buffer.byteOffset, bytes).toString('latin1'))
    this.#socket = new Socket({ fd: this.#fd, readable: true, writable: false, onread: { buffer: Buffer.alloc(65536), callback } })
    this.#socket.resume()
  }

  /** Handles what is in the pipe after its writer's death, and forgets the line that it did not live to finish. */
  drain(): void {
    this.#split(readNow(this.#fd))
    this.#rest = ''
  }

  close(): void {
    clearTimeout(this.#timer)
    this.#socket.destroy()
  }

  /** False stops the reading for a while: a turn for each line would cost more than the line. */
  #take(text: string): boolean {
    const gatherMs = this.#split(text)
    if (gatherMs <= 0) return true
    this.#gather(gatherMs)
    return false
  }

  #gather(ms: number): void {
    this.#timer = setTimeout(() => {
      const nextMs = this.#split(readNow(this.#fd))
      if (nextMs > 0) this.#gather(nextMs)
      else this.#socket.resume()
    }, ms)
  }

  #split(text: string): number {
    const lines = (this.#rest + text).split('\n')
    this.#rest = lines.pop() ?? ''
    return lines.length === 0 ? 0 : this.#handle(lines)
  }
}
