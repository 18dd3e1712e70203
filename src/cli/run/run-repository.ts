/** The repository as the engine asks for it. */
import type { RunRepository } from '../../engine/repository.ts'
import type { Digest } from '../../model/canonical.ts'
import type { Plan } from '../../model/plan.ts'
import { datasetPlaces } from '../../repository/dataset-places.ts'
import { hashFileSlowly } from '../../repository/digests/hash-file.ts'
import { openPublisher } from '../../repository/publish.ts'
import type { Session } from '../session.ts'

/** The parts of the repository that a run of this plan needs. */
export function runRepository(session: Session, plan: Plan, forced: boolean): RunRepository {
  const { objects, digests, database } = session
  const { folder, store } = session.place
  return {
    objects: {
      put: (path, known) => objects.put(path, known as Digest | undefined),
      putBytes: (bytes) => objects.putBytes(bytes),
      path: (digest) => objects.path(digest),
      remove: (digest) => objects.remove(digest),
    },
    publisher: openPublisher({ folder, heddleFolder: store, database, objects, digests }),
    places: datasetPlaces({ folder, heddleFolder: store, plan, catalogue: session.catalogue, replaceByCut: forced }),
    digestNow: (path) => digests.digest(path)?.digest,
    hashSlowly: hashFileSlowly,
  }
}
