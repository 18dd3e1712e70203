/** Records, joins and expressions (contract.md, *Files* and *Joins*), by the real command. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { meaningProject } from '../rig/meaning-project.ts'

const PIPE = `heddle: 1
name: survey
dimensions:
  cam: {type: string, records: cam.jsonl}
  visit: {type: int, requires: [cam], implies: [band], records: visit.csv, metadata: {t: time, span: timespan}}
  band: {type: string}
  det: {type: int, requires: [cam], records: det.json}
  patch: {type: int, records: [{id: 7, area: 1.5}, {id: 8}]}
relations:
  overlap: {dimensions: [visit, det, patch], records: overlap.csv}
datasets:
  raw: {dimensions: [visit, det], format: text, path: "raw/{cam}/{visit}-{det}.txt"}
  warp: {dimensions: [visit, patch], format: text}
  coadd: {dimensions: [patch, band], format: text, path: "co/{patch}-{band}.txt"}
tasks:
  warp: {dimensions: [visit, patch], inputs: {raw: raw}, outputs: {o: warp}, command: "cat {inputs.raw} > {outputs.o}"}
  coadd: {dimensions: [patch, band], inputs: {w: warp}, outputs: {o: coadd}, command: "cat {inputs.w} > {outputs.o}"}
`
const FILES = {
  'heddle.yaml': PIPE,
  'cam.jsonl': '{"cam": "A"}\n{"cam": "B", "note": "x"}\n',
  'visit.csv':
    'cam,visit,band,t,span_begin,span_end,quality\nA,1,r,2020-01-01T00:00:00Z,2020-01-01T00:00:00Z,2020-01-01T00:01:00Z,0.5\nA,2,g,2020-01-02T00:00:00Z,2020-01-02T00:00:00Z,,\nB,1,r,2021-01-01T00:00:00Z,,,1\n',
  'det.json': '[{"cam":"A","det":0},{"cam":"A","det":1},{"cam":"B","det":0}]',
  'overlap.csv': 'cam,visit,det,patch,w\nA,1,0,7,0.5\nA,1,1,7,1\nA,1,1,8,1\nA,2,0,8,2\nB,1,0,7,1\n',
  ...Object.fromEntries(['A/1-0', 'A/1-1', 'A/2-0', 'A/2-1', 'B/1-0'].map((name) => [`raw/${name}.txt`, `${name}\n`])),
}

test('one join over required, implied and related dimensions gives quanta, edges and results', () => {
  using project = meaningProject(FILES)
  const { graph, quanta } = project.plan()
  assert.deepEqual(graph, { quanta: 7, datasets: 11, edges: 16 })
  assert.deepEqual(Object.fromEntries(quanta.map(({ id, inputs }) => [id, Object.values(inputs).flat()])), {
    'warp@cam=A,visit=1,patch=7': ['raw@cam=A,visit=1,det=0', 'raw@cam=A,visit=1,det=1'],
    'warp@cam=A,visit=1,patch=8': ['raw@cam=A,visit=1,det=1'],
    'warp@cam=A,visit=2,patch=8': ['raw@cam=A,visit=2,det=0'],
    'warp@cam=B,visit=1,patch=7': ['raw@cam=B,visit=1,det=0'],
    'coadd@band=g,patch=8': ['warp@cam=A,visit=2,patch=8'],
    'coadd@band=r,patch=7': ['warp@cam=A,visit=1,patch=7', 'warp@cam=B,visit=1,patch=7'],
    'coadd@band=r,patch=8': ['warp@cam=A,visit=1,patch=8'],
  })
  project.run()
  assert.equal(project.read('co/7-r.txt'), 'A/1-0\nA/1-1\nB/1-0\n')
  assert.deepEqual(project.run('--where', "cam = 'A' AND visit.t < T'2020-01-01T12:00:00'").counts, {
    reused: 3,
    completed: 1,
    attempts: 1,
  })
})

test('records are CSV, JSON, JSON Lines or inline; untyped columns are numbers where every value is one, empty fields NULL', () => {
  using project = meaningProject(FILES)
  assert.deepEqual(project.lines('query', 'dimensions', 'cam', 'visit', '--columns', 'cam,visit,band,quality,t,span'), [
    { cam: 'A', visit: 1, band: 'r', quality: 0.5, t: '2020-01-01T00:00:00Z', span: ['2020-01-01T00:00:00Z', '2020-01-01T00:01:00Z'] },
    { cam: 'A', visit: 2, band: 'g', quality: null, t: '2020-01-02T00:00:00Z', span: ['2020-01-02T00:00:00Z', null] },
    { cam: 'B', visit: 1, band: 'r', quality: 1, t: '2021-01-01T00:00:00Z', span: null },
  ])
  assert.deepEqual(project.lines('query', 'dimensions', 'patch', '--columns', 'patch,area'), [
    { patch: 7, area: 1.5 },
    { patch: 8, area: null },
  ])
  assert.deepEqual(project.lines('query', 'dimensions', 'cam', 'visit', '--where', 'quality = NULL'), [{ cam: 'A', visit: 2 }])
  assert.deepEqual(project.lines('query', 'dimensions', 'cam', 'visit', '--where', 'NOT (quality < 1)'), [{ cam: 'B', visit: 1 }])
  assert.deepEqual(project.lines('query', 'dimensions', 'cam', 'visit', '--where', "span OVERLAPS (T'2020-01-01T00:00:30', NULL)"), [
    { cam: 'A', visit: 1 },
    { cam: 'A', visit: 2 },
  ])
  assert.deepEqual(project.lines('query', 'dimensions', 'band'), [{ band: 'g' }, { band: 'r' }])
})

test('an empty or surprisingly small plan says which condition emptied it, and is no error', () => {
  using project = meaningProject(FILES)
  const { code, out } = project.heddle('plan', '--where', "band = 'r' AND visit > 5")
  assert.equal(code, 0)
  assert.match(out, /nothing to do/)
  assert.match(out, /where visit > 5: \d+ → 0 rows/)
  assert.deepEqual(project.run('--where', 'visit > 5').counts, {})
})

test('a time that divides data stands in ids, paths and data IDs of bodies as ISO 8601', () => {
  using project = meaningProject({
    'heddle.yaml': `heddle: 1
name: p
dimensions: {t: {type: time}, u: {type: time, records: [{u: "2021-01-01T12:00:00Z"}]}}
datasets: {in: {dimensions: [t], format: text, path: "in/{t}.txt"}, out: {dimensions: [t], format: json, path: "out/{t}.json"}, v: {dimensions: [u], format: text}}
tasks:
  t: {dimensions: [t], inputs: {i: in}, outputs: {o: out}, python: "w:t"}
  v: {dimensions: [u], outputs: {o: v}, command: "printf %s {dataId.u} > {outputs.o}"}
`,
    'w.py': 'def t(i, data_id):\n    return [i, data_id]\n',
    'in/2020-01-01T00:00:00Z.txt': 'one',
    'in/2020-01-02T00:00:00Z.txt': 'two',
  })
  assert.deepEqual(project.run().ran, ['t@t=2020-01-01T00:00:00Z', 't@t=2020-01-02T00:00:00Z', 'v@u=2021-01-01T12:00:00Z'])
  assert.deepEqual(JSON.parse(project.read('out/2020-01-01T00:00:00Z.json')), ['one', { t: '2020-01-01T00:00:00Z' }])
  assert.equal(project.heddle('get', 'v@u=2021-01-01T12:00:00Z').out, '2021-01-01T12:00:00Z')
  assert.deepEqual(project.run('--force', 't@t=2020-01-02T00:00:00Z').ran, ['t@t=2020-01-02T00:00:00Z'])
  assert.deepEqual(
    project.lines('query', 'quanta', '--tasks', 't', '--where', "t < T'2020-01-01T12:00:00'").map(({ id }) => id),
    ['t@t=2020-01-01T00:00:00Z'],
  )
})

test('parts of a pipeline that share no dimension and no dataset join apart', () => {
  using project = meaningProject({
    'heddle.yaml': `heddle: 1
name: p
dimensions: {n: {type: int}, k: {type: int, records: [{k: 1}, {k: 2}]}}
datasets: {none: {dimensions: [n], path: "none/{n}.txt"}, a: {dimensions: [n]}, b: {dimensions: [k]}, c: {}}
tasks:
  a: {dimensions: [n], inputs: {i: none}, outputs: {o: a}, command: "cp {inputs.i} {outputs.o}"}
  b: {dimensions: [k], outputs: {o: b}, command: "echo {dataId.k} > {outputs.o}"}
  c: {outputs: {o: c}, command: "echo 1 > {outputs.o}"}
`,
  })
  assert.deepEqual(project.run().ran, ['b@k=1', 'b@k=2', 'c'])
  assert.deepEqual(project.run('--where', 'k = 2').counts, { reused: 2 })
})

test('ingested files are overall inputs wherever they lie, by id or by template, and count by their bytes', () => {
  using project = meaningProject({
    'heddle.yaml': `heddle: 1
name: p
dimensions: {s: {type: string}, y: {type: int}}
datasets: {in: {dimensions: [s, y], format: text}, out: {dimensions: [s, y], format: text}}
tasks:
  t: {dimensions: [s, y], inputs: {i: in}, outputs: {o: out}, command: "cp {inputs.i} {outputs.o}"}
`,
    'far/New York-2012.txt': 'one\n',
    'far/b-2013.txt': 'two\n',
    'third.dat': 'three\n',
  })
  assert.equal(project.plan().graph.quanta, 0)
  const rows = project.lines('ingest', 'in', '--template', 'far/{s}-{y}.txt', 'far/New York-2012.txt', 'far/b-2013.txt')
  assert.deepEqual(
    rows.map(({ id }) => id),
    ['in@s="New York",y=2012', 'in@s=b,y=2013'],
  )
  project.lines('ingest', 'in@s=c,y=1', 'third.dat', '--copy')
  project.remove('third.dat')
  assert.deepEqual(project.run().counts, { completed: 3, attempts: 3 })
  assert.equal(project.heddle('get', 'out@s=c,y=1').out, 'three\n')
  project.write('far/b-2013.txt', 'changed\n')
  assert.deepEqual(project.run().ran, ['t@s=b,y=2013'])
})
