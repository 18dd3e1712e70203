/** Words that people bring along from other tools, and what says the same here. */

const COMMANDS: Readonly<Record<string, string>> = {
  list: '`heddle query` lists dimensions, datasets, quanta, jobs and runs',
  ls: '`heddle query` lists dimensions, datasets, quanta, jobs and runs',
  history: '`heddle query runs` lists the runs',
  show: '`heddle get ID` shows a dataset, `heddle logs ID` what its work printed, `heddle thread ID` what it came from',
  graph: '`heddle plan --graph svg` draws the graph',
  dag: '`heddle plan --graph svg` draws the graph',
  clean: 'nothing has to be cleaned: results of earlier settings stay known; without .heddle/ everything begins anew',
  rm: 'nothing has to be removed: results of earlier settings stay known; without .heddle/ everything begins anew',
  check: '`heddle lint` checks the pipeline file, `heddle doctor` this machine',
  validate: '`heddle lint` checks the pipeline file',
  explain: '`heddle why ID` says why something would run',
  stop: '`heddle cancel` ends the run that goes on',
  kill: '`heddle cancel` ends the run that goes on',
  resume: '`heddle run` goes on where the last run stopped',
  retry: '`heddle run` runs again what failed, and what waited for it',
  rerun: '`heddle run --force TASK` runs it although nothing changed',
  new: '`heddle init NAME` makes a project',
  create: '`heddle init NAME` makes a project',
  start: '`heddle run` runs what is new or changed',
  make: '`heddle run` runs what is new or changed',
}

const SLOTS = '--slots says how much may run at once'
const PLAN = '`heddle plan` shows what would run, and runs nothing'
const FORCE = '--force TASK,TASK runs these although nothing changed'

const OPTIONS: Readonly<Record<string, string>> = {
  '-j': SLOTS,
  '-c': SLOTS,
  '--jobs': SLOTS,
  '--cores': SLOTS,
  '--parallel': SLOTS,
  '--threads': SLOTS,
  '--workers': SLOTS,
  '-n': PLAN,
  '--dry-run': PLAN,
  '--dryrun': PLAN,
  '--forceall': FORCE,
  '-F': FORCE,
  '--until': 'name the tasks or datasets that are wanted, as in `heddle run TASK`',
  '--task': '--tasks NAME,NAME takes these tasks and what they need',
  '-t': '--tasks NAME,NAME takes these tasks and what they need',
  '-k': 'without --fail-fast a run goes on with all that does not need what failed',
  '--keep-going': 'without --fail-fast a run goes on with all that does not need what failed',
  '--config': '--param NAME=VALUE sets a parameter',
  '--set': '--param NAME=VALUE sets a parameter',
  '-p': '--param NAME=VALUE sets a parameter',
  '--resume': 'every run goes on where the last one stopped',
  '-resume': 'every run goes on where the last one stopped',
  '--filter': '--where EXPRESSION chooses data IDs',
  '--select': '--where EXPRESSION chooses data IDs',
  '--dag': '`heddle plan --graph svg` draws the graph',
}

/** What says here what a command of another tool says there. */
export function commandOfOthers(word: string): string | undefined {
  return Object.hasOwn(COMMANDS, word) ? COMMANDS[word] : undefined
}

/** What says here what an option of another tool says there; also for `-j4` and `--jobs=4`. */
export function optionOfOthers(word: string): string | undefined {
  const [name = ''] = word.split('=')
  if (Object.hasOwn(OPTIONS, name)) return OPTIONS[name]
  const short = /^(-[A-Za-z])\d+$/.exec(name)?.[1]
  return short !== undefined && Object.hasOwn(OPTIONS, short) ? OPTIONS[short] : undefined
}
