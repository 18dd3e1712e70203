/** What an exit code or a signal usually means. */

const CODES: Readonly<Record<number, string>> = {
  1: 'the command says that it failed',
  2: 'often a wrong use of a command or of the shell',
  126: 'the command was found but cannot be run: not executable, or a folder',
  127: 'a command was not found: check the spelling and the PATH',
  128: 'a wrong exit code was given',
  255: 'often an ssh error, or exit with a negative number',
}

const SIGNALS: Readonly<Record<string, string>> = {
  SIGHUP: 'its terminal went away',
  SIGINT: 'interrupted from the keyboard',
  SIGQUIT: 'quit from the keyboard',
  SIGILL: 'an illegal instruction: built for another processor?',
  SIGTRAP: 'a breakpoint',
  SIGABRT: 'it gave up by itself (abort, a failed assertion)',
  SIGBUS: 'a bad memory access (a file that shrank, a full disk below a mapped file)',
  SIGFPE: 'an arithmetic error, such as an integer division by zero',
  SIGKILL: 'killed from outside: often the system had no memory left',
  SIGUSR1: 'a user signal',
  SIGSEGV: 'a bad memory access (segmentation fault)',
  SIGUSR2: 'a user signal',
  SIGPIPE: 'what read its output went away',
  SIGALRM: 'an alarm of its own',
  SIGTERM: 'asked to end from outside',
  SIGXCPU: 'more processor time than allowed',
  SIGXFSZ: 'a file larger than allowed',
  SIGSYS: 'a forbidden system call',
}

const NUMBERS: Readonly<Record<number, string>> = {
  1: 'SIGHUP',
  2: 'SIGINT',
  3: 'SIGQUIT',
  4: 'SIGILL',
  5: 'SIGTRAP',
  6: 'SIGABRT',
  7: 'SIGBUS',
  8: 'SIGFPE',
  9: 'SIGKILL',
  10: 'SIGUSR1',
  11: 'SIGSEGV',
  12: 'SIGUSR2',
  13: 'SIGPIPE',
  14: 'SIGALRM',
  15: 'SIGTERM',
  24: 'SIGXCPU',
  25: 'SIGXFSZ',
  31: 'SIGSYS',
}

/** `exit code 127: a command was not found …`, `signal SIGKILL: killed from outside …`; undefined when it is neither. */
export function exitMeaning(exitCode: number | null, signal: string | null): string | undefined {
  if (signal !== null) return withMeaning(`signal ${signal}`, SIGNALS[signal])
  if (exitCode === null) return undefined
  const byShell = exitCode > 128 ? NUMBERS[exitCode - 128] : undefined
  if (byShell !== undefined) return withMeaning(`exit code ${exitCode} (${byShell})`, SIGNALS[byShell])
  return withMeaning(`exit code ${exitCode}`, CODES[exitCode])
}

function withMeaning(what: string, meaning: string | undefined): string {
  return meaning === undefined ? what : `${what}: ${meaning}`
}
