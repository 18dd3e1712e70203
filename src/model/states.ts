/** States of quanta, runs and jobs, and their order. */

/** State of a quantum within a run (contract.md, `heddle query quanta`); the index is its code in columns. */
export const QUANTUM_STATES = [
  'waiting',
  'ready',
  'running',
  'completed',
  'reused',
  'noWork',
  'pruned',
  'failed',
  'blocked',
  'cancelled',
] as const
export type QuantumState = (typeof QUANTUM_STATES)[number]

/** Codes of {@link QUANTUM_STATES}. */
export const STATE = {
  waiting: 0,
  ready: 1,
  running: 2,
  completed: 3,
  reused: 4,
  noWork: 5,
  pruned: 6,
  failed: 7,
  blocked: 8,
  cancelled: 9,
} as const satisfies Record<QuantumState, number>

/** States of a job (design.md section 6), which only move forward. */
export const JOB_STATES = ['new', 'queued', 'stage-in', 'active', 'stage-out', 'cleanup', 'completed', 'failed', 'cancelled'] as const
export type JobState = (typeof JOB_STATES)[number]

/** State of a run; `interrupted` is what an engine that was killed leaves. */
export type RunState = 'running' | 'completed' | 'failed' | 'cancelled' | 'interrupted'
