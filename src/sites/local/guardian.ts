/** The guardian: a tiny `sh` that outlives the engine just long enough to end what it left behind. */
import { spawn } from 'node:child_process'
import { SHELL } from './shell.ts'

/** Reads `+ LEADER` and `- LEADER`; when the engine is gone, kills those groups and whatever carries the run's mark. */
const SCRIPT = `
groups=' '
while read -r sign leader; do
  case $sign in
    +) groups="$groups$leader " ;;
    -) groups="\${groups%% $leader *} \${groups#* $leader }" ;;
    .) exit 0 ;;
  esac
done
for leader in $groups; do kill -9 "-$leader" 2>/dev/null; done
for round in 1 2 3; do
  for file in $(grep -lsF -e "$1" /proc/[0-9]*/environ); do
    pid=\${file#/proc/}
    pid=\${pid%/environ}
    case $pid in $$) ;; *) kill -9 "$pid" 2>/dev/null ;; esac
  done
done
`

/** Watches over the process groups of one run. */
export interface Guardian {
  readonly pid: number | undefined
  watch(leader: number): void
  forget(leader: number): void
  /** Sends it home; resolves when it has gone. */
  dismiss(): Promise<void>
}

/** Starts a guardian for every process whose environment holds the text `mark`. */
export function startGuardian(mark: string): Guardian {
  const child = spawn(SHELL, ['-c', SCRIPT, 'heddle-guardian', mark], { detached: true, stdio: ['pipe', 'ignore', 'ignore'], cwd: '/' })
  const gone = new Promise<void>((resolve) => {
    child.on('exit', () => resolve())
    child.on('error', () => resolve())
  })
  // A guardian that someone killed costs only the guarantee after a kill -9; the engine goes on.
  child.stdin.on('error', () => undefined)
  child.unref()
  ;(child.stdin as unknown as { unref(): void }).unref()
  return {
    pid: child.pid,
    watch: (leader) => child.stdin.write(`+ ${leader}\n`),
    forget: (leader) => child.stdin.write(`- ${leader}\n`),
    dismiss: () => {
      child.ref()
      child.stdin.end('.\n')
      return gone
    },
  }
}
