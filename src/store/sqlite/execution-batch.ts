/**
 * The packed form of executions: one blob a turn, so that 100,000 of them are read in a tenth of a second.
 *
 * `count` records of 96 bytes (little-endian), then their outputs, 48 bytes each:
 * record = identity 72 | quantum u32 | kind u8, 3 unused | wall seconds f32 | outputs u32 | first output u32 | 4 unused;
 * output = digest 32 | size f64 | offset of its inline bytes u32 | their length u32.
 */
import { type ExecutionKind, type ExecutionRecord, IDENTITY, type RecordedOutput } from '../../model/history.ts'

/** Bytes of a record and of an output. */
export const RECORD_BYTES = 96
export const OUTPUT_BYTES = 48

const FIELD = { quantum: 72, kind: 76, wallSeconds: 80, outputs: 84, firstOutput: 88 } as const
const OUTPUT = { digest: 0, size: 32, inlineAt: 40, inlineLength: 44 } as const
const NOT_INLINE = 0xffff_ffff
const ABSENT = 0xffff_fffe
const KINDS: readonly ExecutionKind[] = ['completed', 'noWork', 'failed', 'accepted']

/** A turn's executions as two blobs. */
export interface PackedBatch {
  readonly records: Uint8Array
  readonly inline: Uint8Array
}

/** Packs executions. */
export function packExecutions(executions: readonly ExecutionRecord[]): PackedBatch {
  let outputs = 0
  let inlineBytes = 0
  for (const { outputs: made } of executions) {
    outputs += made.length
    for (const output of made) inlineBytes += output.inline?.length ?? 0
  }
  const records = new Uint8Array(executions.length * RECORD_BYTES + outputs * OUTPUT_BYTES)
  const inline = new Uint8Array(inlineBytes)
  const view = new DataView(records.buffer)
  let nextOutput = 0
  let inlineAt = 0
  executions.forEach((execution, i) => {
    const at = i * RECORD_BYTES
    records.set(execution.identity.subarray(0, IDENTITY.bytes), at)
    view.setUint32(at + FIELD.quantum, execution.q, true)
    view.setUint8(at + FIELD.kind, KINDS.indexOf(execution.kind))
    view.setFloat32(at + FIELD.wallSeconds, execution.wallSeconds, true)
    view.setUint32(at + FIELD.outputs, execution.outputs.length, true)
    view.setUint32(at + FIELD.firstOutput, nextOutput, true)
    for (const output of execution.outputs) {
      packOutput(records, view, executions.length * RECORD_BYTES + nextOutput * OUTPUT_BYTES, output, inlineAt)
      if (output.inline !== undefined) {
        inline.set(output.inline, inlineAt)
        inlineAt += output.inline.length
      }
      nextOutput++
    }
  })
  return { records, inline }
}

function packOutput(records: Uint8Array, view: DataView, at: number, output: RecordedOutput, inlineAt: number): void {
  if (output.digest !== undefined) records.set(output.digest, at)
  view.setFloat64(at + OUTPUT.size, output.size, true)
  view.setUint32(at + OUTPUT.inlineAt, output.digest === undefined ? ABSENT : output.inline === undefined ? NOT_INLINE : inlineAt, true)
  view.setUint32(at + OUTPUT.inlineLength, output.inline?.length ?? 0, true)
}

/** Reads a batch in place; i numbers its executions, j the outputs of one. */
export class ExecutionBatch {
  readonly count: number
  readonly records: Uint8Array
  readonly view: DataView

  constructor(count: number, records: Uint8Array) {
    this.count = count
    this.records = records
    this.view = new DataView(records.buffer, records.byteOffset, records.byteLength)
  }

  identityAt(i: number): number {
    return i * RECORD_BYTES
  }

  quantum(i: number): number {
    return this.view.getUint32(i * RECORD_BYTES + FIELD.quantum, true)
  }

  kind(i: number): ExecutionKind {
    return KINDS[this.view.getUint8(i * RECORD_BYTES + FIELD.kind)] as ExecutionKind
  }

  wallSeconds(i: number): number {
    return this.view.getFloat32(i * RECORD_BYTES + FIELD.wallSeconds, true)
  }

  outputs(i: number): number {
    return this.view.getUint32(i * RECORD_BYTES + FIELD.outputs, true)
  }

  /** Where output j of execution i begins in `records`; its digest stands first. */
  outputAt(i: number, j: number): number {
    const first = this.view.getUint32(i * RECORD_BYTES + FIELD.firstOutput, true)
    return this.count * RECORD_BYTES + (first + j) * OUTPUT_BYTES
  }

  size(i: number, j: number): number {
    return this.view.getFloat64(this.outputAt(i, j) + OUTPUT.size, true)
  }

  exists(i: number, j: number): boolean {
    return this.view.getUint32(this.outputAt(i, j) + OUTPUT.inlineAt, true) !== ABSENT
  }

  /** Place of the inline bytes, or undefined when they are not inline. */
  inline(i: number, j: number): { readonly at: number; readonly length: number } | undefined {
    const output = this.outputAt(i, j)
    const at = this.view.getUint32(output + OUTPUT.inlineAt, true)
    return at === NOT_INLINE || at === ABSENT ? undefined : { at, length: this.view.getUint32(output + OUTPUT.inlineLength, true) }
  }
}
