import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Table } from '../../src/model/catalogue.ts'
import type { DatasetType, Pipeline } from '../../src/model/pipeline.ts'
import { sparseSizes } from '../../src/plan/sparse-sizes.ts'

const AT = { file: 'heddle.yaml', line: 1, column: 1 }

function sizes(sparse: string, values: Pipeline['values'] = {}): number[] {
  const dimension = {
    name: 'input',
    type: 'string',
    records: undefined,
    metadata: {},
    requires: [],
    implies: [],
    ordered: false,
    governor: false,
    default: null,
    description: undefined,
    at: AT,
  } as const
  const pipeline: Pipeline = {
    name: 'p',
    description: undefined,
    file: AT.file,
    parameters: [],
    values,
    dimensions: [dimension],
    relations: [],
    datasets: [],
    tasks: [],
  }
  const type: DatasetType = {
    name: 'inputs',
    dimensions: ['input'],
    format: 'file',
    path: undefined,
    sparse,
    description: undefined,
    at: AT,
  }
  const rows: Table = {
    rows: 3,
    columns: [
      { name: 'input', type: 'string', values: ['a', 'b', 'c'] },
      { name: 'input.bytes', type: 'float', values: [1000, null, 2.5] },
    ],
  }
  return [...sparseSizes(pipeline)(type, rows)]
}

describe('sizes of sparse datasets', () => {
  it('come from metadata and parameters; NULL is no size', () => {
    assert.deepEqual(sizes('input.bytes * :scale', { scale: 0.5 }), [500, Number.NaN, 1.25])
    assert.deepEqual(sizes('bytes * :scale', { scale: 2 }), [2000, Number.NaN, 5])
    assert.deepEqual(sizes('4096'), [4096, 4096, 4096])
  })

  it('are refused where the expression gives no number, or names what is not there', () => {
    assert.throws(() => sizes('input.bytes > 3'), /expected a number, and this is a condition/)
    assert.throws(() => sizes('input'), /expected a number, and this is .*string/)
    assert.throws(() => sizes(''), /expected a number, and this is empty/)
    assert.throws(() => sizes('input.bites'), /did you mean "bytes"\?/)
  })
})
