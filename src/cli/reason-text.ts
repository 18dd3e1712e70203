/** Reasons in words. */
import type { Json } from '../model/value.ts'
import type { Reason } from '../plan/decide/explain.ts'

/** `config.wet_mm: 1 → 2`, `input readings@… changed`, `new`. */
export function reasonText(reason: Reason): string {
  switch (reason.kind) {
    case 'new':
      return 'new'
    case 'code':
      return reason.files === undefined ? 'code changed' : `code changed: ${reason.files.join(', ')}`
    case 'config':
      return `config.${reason.name}: ${shown(reason.was)} → ${shown(reason.is)}`
    case 'environment':
      return `environment ${reason.name}: ${shown(reason.was)} → ${shown(reason.is)}`
    case 'input':
      return `input ${reason.dataset} changed`
    case 'output-missing':
      return `output ${reason.dataset} missing`
    case 'upstream':
      return `${reason.quantum} runs before it`
    case 'forced':
      return 'forced'
    default:
      return 'failed before'
  }
}

function shown(value: Json): string {
  if (value === null) return 'nothing'
  const text = JSON.stringify(value)
  return text.length > 60 ? `${text.slice(0, 59)}…` : text
}
