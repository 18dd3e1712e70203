/** A process with a local site that waits to be killed: `node local-engine.ts PROJECT TMP`. */
import { openLocalRun } from '../../src/sites/local/open-local-run.ts'
import { command, job } from './local-rig.ts'

const [project = '', tmp = ''] = process.argv.slice(2)
const site = openLocalRun({
  slots: 3,
  projectFolder: project,
  tmpFolder: tmp,
  listener: () => undefined,
  onProcess: (pid) => process.stdout.write(`${pid}\n`),
})
site.start([
  command('trap "" TERM HUP; sleep 1000 & echo $! >>pids; setsid sh -c "echo \\$\\$ >>pids; exec sleep 1000" & wait'),
  job({ kind: 'python', module: 'body', function: 'f' }),
  job({ kind: 'typescript', module: `${project}/body.ts`, function: 'f' }),
])
