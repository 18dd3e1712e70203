/** A folder that goes away with its test. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Makes an empty folder; it is removed when the test is over. */
export function temporaryFolder(test: { after(fn: () => void): void }): string {
  const folder = mkdtempSync(join(tmpdir(), 'heddle-test-'))
  test.after(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}
