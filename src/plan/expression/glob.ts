/** Whole-value matching of `*` (any run) and `?` (one character), without backtracking over more than one `*`. */

const STAR = '*'
const ANY = '?'

/** Whether the whole of a text matches a pattern; a character is a Unicode code point. */
export function globMatcher(pattern: string): (text: string) => boolean {
  const wanted = Array.from(pattern)
  return (text) => {
    const given = Array.from(text)
    let at = 0
    let next = 0
    let star = -1
    let starAt = 0
    while (at < given.length) {
      if (wanted[next] === STAR) {
        star = next++
        starAt = at
      } else if (next < wanted.length && (wanted[next] === ANY || wanted[next] === given[at])) {
        next++
        at++
      } else if (star >= 0) {
        next = star + 1
        at = ++starAt
      } else {
        return false
      }
    }
    while (wanted[next] === STAR) next++
    return next === wanted.length
  }
}
