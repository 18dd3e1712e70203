/** What a pipeline's code may import from `heddle`. */
export { NoWork } from './model/no-work.ts'
