/** Ranks as the server makes them: texts that compare ordinally, with room between any two. `~` is above all of its
 *  digits, so that what we guess to be last stays behind whatever arrives meanwhile. */
const digits = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz~'

/** A rank strictly between the two; null stands for the very beginning or end. Two that leave no room give one behind all. */
export function rankBetween(before: string | null, after: string | null): string {
  if (after === null || (before !== null && before >= after)) return before?.startsWith('~') ? `${before}V` : `~${before ?? ''}V`
  let prefix = ''
  let ceiling: string | null = after
  for (let at = 0; ; at++) {
    const low: number = before !== null && at < before.length ? digits.indexOf(before[at]!) : 0
    const high: number = ceiling !== null && at < ceiling.length ? digits.indexOf(ceiling[at]!) : digits.length
    if (high - low > 1) return prefix + digits[(low + high) >> 1]!
    prefix += digits[low]!
    // Once we are below `after` at this digit, only `before` still binds.
    if (high > low) ceiling = null
  }
}
