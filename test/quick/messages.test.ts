import assert from 'node:assert/strict'
import { test } from 'node:test'
import { makeProject } from '../rig/heddle-project.ts'

interface RunEvent {
  readonly event: string
  readonly quantum?: string
  readonly attempt?: number
  readonly annotation?: unknown
  readonly log?: string | null
  readonly message?: string
}

test('what bodies leave at HEDDLE_MESSAGES is known of their attempt, and what is no message is a warning', () => {
  const project = makeProject({
    'heddle.yaml': `heddle: 1
name: messages
datasets: {a: {format: text}, b: {format: text}, c: {format: text}}
tasks:
  a:
    outputs: {a: a}
    command: |
      echo '{"annotate": {"quality": 0.9}}' >> "$HEDDLE_MESSAGES"; echo '{"log": "half"}' >> "$HEDDLE_MESSAGES"
      echo 'no message' >> "$HEDDLE_MESSAGES"; echo > {outputs.a}
  b: {outputs: {b: b}, command: "test ! -e \\"$HEDDLE_MESSAGES\\" && echo > {outputs.b}"}
  c: {outputs: {c: c}, python: "body:c"}
`,
    'body.py': `import os\ndef c():\n    with open(os.environ['HEDDLE_MESSAGES'], 'a') as file:\n        file.write('{"annotate": {"from": "python"}}')\n    return 'c'\n`,
  })
  try {
    const events = project.lines<RunEvent>('run')
    const annotated = events.filter(({ event }) => event === 'Annotated')
    assert.deepEqual(
      new Set(annotated.map(({ quantum, attempt, annotation, log }) => JSON.stringify([quantum, attempt, annotation, log]))),
      new Set(['["a",1,{"quality":0.9},null]', '["a",1,{},"half"]', '["c",1,{"from":"python"},null]']),
    )
    assert.deepEqual(
      events.filter(({ event }) => event === 'Warned').map(({ message }) => message),
      ['line 3 of the messages of a#1 is not {"annotate": {…}} or {"log": "…"}'],
    )
    assert.equal(project.lines('query', 'annotations', '--tasks', 'a').length, 2)
  } finally {
    project.remove()
  }
})
