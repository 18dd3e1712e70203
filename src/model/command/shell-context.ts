/**
 * Where in `sh` text a place stands; this decides how a variable is written there.
 *
 * Only as much of the shell's grammar as tells these places apart. Safety never rests on it (see command-template.ts).
 */

/** `bare` is outside quotes, `document` the body of a here-document, `literal` one whose delimiter is quoted. */
export type ShellContext = 'bare' | 'double' | 'single' | 'comment' | 'document' | 'literal' | 'arithmetic'

interface HereDocument {
  readonly delimiter: string
  readonly literal: boolean
  readonly tabs: boolean
}

type State = ShellContext | 'paren' | 'brace' | 'backtick' | 'delimiter'

/** Follows `sh` text piece by piece. */
export class ShellScanner {
  readonly #stack: State[] = ['bare']
  readonly #documents: HereDocument[] = []
  #previous = '\n'
  #escaped = false
  #word = ''

  /** Where the next character stands. */
  get context(): ShellContext {
    if (this.#stack.includes('arithmetic')) return 'arithmetic'
    const top = this.#stack.at(-1) as State
    return top === 'paren' || top === 'brace' || top === 'backtick' || top === 'delimiter' ? 'bare' : top
  }

  /** Whether the character before this place, `\` or `$`, would give what follows another meaning. */
  get altered(): boolean {
    return (
      this.#escaped || (this.#previous === '$' && this.context !== 'single' && this.context !== 'literal' && this.context !== 'comment')
    )
  }

  /** Goes over some text. */
  text(text: string): void {
    for (const character of text) this.#character(character)
  }

  /** Goes over a placeholder, which is part of a word. */
  placeholder(): void {
    this.#escaped = false
    this.#previous = 'x'
    this.#word += 'x'
  }

  #character(c: string): void {
    const before = this.#previous
    const state = this.#stack.at(-1) as State
    this.#previous = c
    if (state === 'document' || state === 'literal') this.#inDocument(c)
    else if (state === 'delimiter') this.#inDelimiter(c)
    else if (state === 'single') this.#closeIf(c === "'")
    else if (state === 'comment') this.#inComment(c)
    else if (this.#escaped) {
      this.#escaped = false
      // A continued line is no new word.
      if (c === '\n') this.#previous = 'x'
    } else if (c === '\\') this.#escaped = true
    else if (c === '`') this.#toggle('backtick')
    else if (c === '"') this.#toggle('double')
    else this.#plain(c, before, state)
  }

  #plain(c: string, before: string, state: State): void {
    if (c === '(' && before === '$') this.#stack.push('paren')
    else if (c === '(' && before === '(' && state === 'paren') this.#stack.push('arithmetic')
    else if (c === '{' && before === '$') this.#stack.push('brace')
    else if (state === 'brace') this.#closeIf(c === '}')
    else if (state === 'double') return
    else if (c === ')') this.#closeIf(state === 'paren' || state === 'arithmetic')
    else if (c === "'") this.#stack.push('single')
    else if (c === '#' && /[ \t\n;&|()<>]/.test(before)) this.#stack.push('comment')
    else if (c === '<' && before === '<' && state !== 'arithmetic') this.#startDelimiter()
    else if (c === '\n') this.#startDocument()
  }

  #closeIf(ends: boolean): void {
    if (ends) this.#stack.pop()
  }

  #toggle(state: 'backtick' | 'double'): void {
    if (this.#stack.at(-1) === state) this.#stack.pop()
    else this.#stack.push(state)
  }

  #inComment(c: string): void {
    if (c !== '\n') return
    this.#stack.pop()
    this.#startDocument()
  }

  #startDelimiter(): void {
    this.#stack.push('delimiter')
    this.#word = ''
  }

  #inDelimiter(c: string): void {
    if (this.#word === '' && (c === ' ' || c === '\t')) return
    if (!/[\s;&|()<>]/.test(c)) {
      this.#word += c
      return
    }
    this.#stack.pop()
    const tabs = this.#word.startsWith('-')
    const quoted = tabs ? this.#word.slice(1).trim() : this.#word
    const delimiter = quoted.replaceAll(/['"\\]/g, '')
    if (delimiter !== '') this.#documents.push({ delimiter, literal: delimiter !== quoted, tabs })
    if (c === '\n') this.#startDocument()
  }

  #startDocument(): void {
    const [next] = this.#documents
    if (next === undefined) return
    this.#word = ''
    this.#stack.push(next.literal ? 'literal' : 'document')
  }

  #inDocument(c: string): void {
    if (c !== '\n') {
      this.#word += c
      return
    }
    const [open] = this.#documents
    const line = open?.tabs === true ? this.#word.replace(/^\t+/, '') : this.#word
    this.#word = ''
    if (line !== open?.delimiter) return
    this.#documents.shift()
    this.#stack.pop()
    this.#startDocument()
  }
}
