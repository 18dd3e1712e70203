/** The answer of a TypeScript body that there is nothing to do here. */

/** Thrown by a body that has nothing to do; its outputs stay absent and its quantum is not failed. */
export class NoWork extends Error {
  override readonly name = 'NoWork'
}
