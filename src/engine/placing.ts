/** Puts outputs at their `path:` after their commit. */
import { HeddleError } from '../model/errors.ts'
import type { Input, Warning } from '../scheduler/inputs.ts'
import type { Contents } from './contents.ts'
import type { Names } from './names.ts'
import type { RunRepository } from './repository.ts'

/** What placing needs. */
export interface Placer {
  readonly repository: RunRepository
  readonly contents: Contents
  readonly names: Names
}

/** Puts these datasets at their paths; those without one are left out by {@link toPlace}. */
export function place({ repository, contents, names }: Placer, datasets: readonly number[]): Extract<Input, { kind: 'PlacingEnded' }> {
  const warnings: Warning[] = []
  for (const d of datasets) {
    const path = repository.places.published(d) as string
    const content = contents.of(d)
    try {
      const { edited } = repository.publisher.publish(path, {
        digest: contents.digest(d),
        inline: content.kind === 'inline' ? content.bytes : undefined,
      })
      if (edited !== undefined)
        warnings.push({ code: 'output-edited', message: `${path} had been edited; that version is kept as ${edited}` })
    } catch (error) {
      if (!(error instanceof HeddleError) && (error as NodeJS.ErrnoException).code === undefined) throw error
      const message = `${names.dataset(d)} is in the store, but could not be put at ${path}: ${(error as Error).message}`
      return { kind: 'PlacingEnded', warnings, problem: { code: 'output-not-placed', message } }
    }
  }
  return { kind: 'PlacingEnded', warnings, problem: null }
}

/** Those of these datasets that appear at a `path:`. */
export function toPlace(repository: RunRepository, datasets: readonly number[]): readonly number[] {
  return datasets.filter((d) => repository.places.published(d) !== undefined)
}

/** Those of these datasets that appear at a `path:` and do not stand there as they should. */
export function unplaced(
  { repository, contents }: Pick<Placer, 'repository' | 'contents'>,
  datasets: readonly number[],
): readonly number[] {
  return toPlace(repository, datasets).filter(
    (d) => !repository.publisher.isPublished(repository.places.published(d) as string, contents.digest(d)),
  )
}
