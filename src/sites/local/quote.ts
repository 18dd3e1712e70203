/** Words and scripts for `sh`, such that values never become code. */

/** One word for `sh`, whatever it holds (except NUL). */
export function quoteWord(text: string): string {
  return /^[A-Za-z0-9_./:@%+-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`
}

const MOST_MATCHED = 4096
const RESERVED = /^(?:if|then|elif|else|fi|for|in|do|done|case|esac|while|until|time|function|select|\[\[)$/
const WORD = String.raw`(?:[A-Za-z0-9_./:=,+@%^-]|'[^'\0]*')+`
const SIMPLE = new RegExp(String.raw`^ *(${WORD})(?: +(?:[012]?[<>] *)?${WORD})* *$`)

/**
 * The text that runs a script inside a subshell. One simple command is pasted as it is, which saves a fork;
 * anything else goes through `eval`, so that a syntax error or an open here-document ends with the subshell.
 */
export function guardScript(script: string): string {
  // A pattern goes as deep as it matches words: too deep for thousands, whose fork does not matter.
  const simple = script.length > MOST_MATCHED ? null : SIMPLE.exec(script)
  return simple !== null && !RESERVED.test(simple[1] as string) ? script : `eval '${script.replaceAll("'", `'\\''`)}'`
}
