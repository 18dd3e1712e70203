/** Who asks. */
import { userInfo } from 'node:os'

/** Name of this process's user; its number where it has no account, as in containers. */
export function userName(): string {
  try {
    return userInfo().username
  } catch {
    return String(process.getuid?.() ?? '')
  }
}
