/** The governor rule: what touches a dimension that requires a governor must say which, or the governor has a default. */
import { valueText } from '../../model/value.ts'
import type { Checked } from './checked.ts'
import { conjunct, conjunction } from './checked.ts'
import * as evaluate from './evaluate.ts'
import { expressionError } from './failure.ts'
import type { Scope, ScopeDimension } from './scope.ts'
import { Names } from './scope.ts'

/**
 * The expression with the default of each governor that it needs and does not mention; any mention counts.
 * Throws `expression-semantic` where there is no default.
 */
export function applyGovernorRule(checked: Checked, scope: Scope): Checked {
  const governors = scope.dimensions.filter((dimension) => dimension.governor === true)
  const missing = governors.filter(({ name }) => !mentions(checked, name) && needing(checked, name) >= 0)
  if (missing.length === 0) return checked
  const defaults = missing.map((governor) => defaultOf(governor, checked, scope))
  const text = defaults.reduce((all, { text }) => `${all} AND ${text}`, `(${checked.text})`)
  return conjunction(text, [...checked.conjuncts(), ...defaults])
}

function mentions(checked: Checked, governor: string): boolean {
  return checked.columns.some(({ element }) => element === governor)
}

/** Index of the first column whose dimensions require a governor, or -1. */
function needing(checked: Checked, governor: string): number {
  return checked.columns.findIndex(({ dimensions }) => dimensions.includes(governor))
}

function defaultOf(governor: ScopeDimension, checked: Checked, scope: Scope): Checked {
  const { name, type, default: value = null } = governor
  const at = needing(checked, name)
  const place = checked.places[at] ?? { start: 0, end: 0 }
  if (value === null) {
    const reader = checked.columns[at]
    const shown = `${reader?.element}${reader?.field === null ? '' : `.${reader?.field}`}`
    throw expressionError(
      'expression-semantic',
      checked.source,
      place,
      `${shown} depends on ${name}, and the expression does not say which ${name}`,
      `add AND ${name} = ${type === 'string' ? "'…'" : '…'}, or give ${name} a default: in the pipeline`,
    )
  }
  const names = new Names(scope)
  return conjunct({
    text: `${name} = ${type === 'string' ? `'${valueText(value)}'` : valueText(value)}`,
    source: checked.source,
    columns: [{ element: name, field: null, type, dimensions: names.required([name]) }],
    places: [place],
    dimensions: names.closure([name]),
    pinned: { column: 0, values: [value] },
    build: evaluate.compare('=', evaluate.column(0), evaluate.constant(value), type === 'string' ? 'text' : 'plain'),
  })
}
