/** Commands, run by a long-lived `sh` that reads them from its standard input. */
import { existsSync } from 'node:fs'
import type { AttemptLog, Outcome, QuantumJob } from '../../engine/job.ts'
import { failure, type Language, type WorkerFiles } from './language.ts'
import { takeLog } from './log-file.ts'
import { guardScript, quoteWord } from './quote.ts'
import { signalOfExitCode } from './signals.ts'

/** The shell of this machine: dash where there is one, because it forks fastest. */
export const SHELL: string = ['/bin/dash', '/usr/bin/dash'].find((path) => existsSync(path)) ?? 'sh'

const AHEAD = 16
/** A command longer than this is given more room for its arguments: Linux allows a quarter of the stack, at most 6 MiB. */
const LONG_COMMAND = 1 << 20
const MOST_ARGUMENTS_MIB = 6
const MORE_ROOM = `ulimit -s ${MOST_ARGUMENTS_MIB * 4 * 1024} 2>/dev/null;`
/** Exit code of `sh` for what cannot be executed. */
const NOT_EXECUTED = 126
const MANY_WORDS = 2000
/** Linux takes no single argument of 128 KiB. */
const LONGEST_ARGUMENT = 100_000
/** Log files of a slot, used in turn; more than can be unread at a time. */
const RING = 2 * AHEAD + 2

/** Commands as a language. */
export const shell: Language = {
  name: 'shell',
  ahead: AHEAD,
  aheadMs: 30,
  jobsAt: 0,
  command: () => ({ file: SHELL, args: [] }),
  greeting: (files) => `exec 3>${quoteWord(files.reports)} 4<${quoteWord(files.tokens)}\necho ready>&3\n`,
  tell,
  understand: (line, jobOf, files) => {
    const [first = '', second = '', third] = line.split(' ')
    const sequence = Number(first)
    if (second === 's') return { kind: 'skipped', sequence }
    const job = jobOf(sequence)
    return {
      kind: 'ended',
      sequence,
      outcome: job === undefined ? failure('its job is not known') : outcomeOf(Number(second), job),
      log: third === undefined ? { kind: 'none' } : takeLog(logOf(sequence, files), sequence),
      wallSeconds: undefined,
      cpuSeconds: undefined,
      peakMemoryBytes: undefined,
    }
  },
  lastLog: (sequence, files): AttemptLog => takeLog(logOf(sequence, files), sequence),
}

function logOf(sequence: number, files: WorkerFiles): string {
  return `${files.log}.${sequence % RING}`
}

function tell(job: QuantumJob, sequence: number, files: WorkerFiles): string | Outcome {
  const { body } = job
  const text =
    body.kind === 'command' ? scriptText(body.script) : body.kind === 'program' ? `exec ${body.argv.map(quoteWord).join(' ')}` : ''
  const exports = Object.entries(job.environment).map(([name, value]) => ` ${name}=${quoteWord(value)}`)
  if (text === 'exec ') return failure('the command is an empty list')
  const room = text.length > LONG_COMMAND ? MORE_ROOM : ''
  const setup = exports.length === 0 ? room : `${room}export${exports.join('')}; `
  if (text.includes('\0') || setup.includes('\0')) return failure('the command holds a NUL byte, which no program can be given')
  const log = quoteWord(logOf(sequence, files))
  // The log is looked at only when it holds something, the token only while others wait: see docs/decisions/0007-jobs-ahead.md.
  return `read -r _t <&4||exit 0
case $_t in s)echo "${sequence} s">&3;;*)(${setup}${text}
)>${log} 2>&1 </dev/null 3>&- 4<&-;_r=$?
if [ -s ${log} ];then echo "${sequence} $_r l">&3;else echo "${sequence} $_r">&3;fi;;esac
`
}

/** A script that asks for its own process gets one: in a subshell, `$$` would be the slot and `$PPID` the engine. */
function scriptText(script: string): string {
  return /\$\$|PPID/.test(script) && script.length < LONGEST_ARGUMENT ? `exec ${SHELL} -c ${quoteWord(script)}` : guardScript(script)
}

function outcomeOf(code: number, job: QuantumJob): Outcome {
  if (code === 0) return { kind: 'completed', outputs: job.outputs.map((output) => output.paths.map(() => ({ inline: undefined }))) }
  if (code === job.noWork) return { kind: 'noWork', why: `exit code ${code}` }
  const signal = signalOfExitCode(code)
  const words = job.inputs.reduce((sum, input) => sum + input.items.length, 0)
  if (code === NOT_EXECUTED && words >= MANY_WORDS) {
    return failure(
      `exit code ${code}; its ${words} inputs may be more than the arguments of a program can hold: hand them on in a string command with printf '%s\\0' {inputs.${job.inputs[0]?.connection}} | xargs -0 …, or use a function`,
      code,
    )
  }
  return failure(signal === null ? `exit code ${code}` : `ended by ${signal}`, code, signal)
}
