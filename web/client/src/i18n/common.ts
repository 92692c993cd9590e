import type { RefusalCode } from '../live/refusals'
import { common as en } from './en/common'
import type { refusals } from './en/refusals'
import { common as he } from './he/common'
import type { Same } from './words'
import { words } from './words'

export const common = words(en, he)

// Every code has words in both languages, here or among those of facilitators, or this does not compile.
type Said = keyof typeof en | keyof typeof refusals
null as unknown as `refusal.${RefusalCode}` satisfies Said
he satisfies Same<typeof en>

const isHere = (key: string): key is `refusal.${RefusalCode}` & keyof typeof en => key in en
const others: ((code: string) => string | null)[] = []

/** Words for what is refused on some screens alone, which bring them along. */
export const addRefusals = (of: (code: string) => string | null): void => void others.push(of)

/** Our words for a refusal; what it cannot name it still says kindly. */
export function wordsFor(code: string): string {
  const key = `refusal.${code}`
  return isHere(key) ? common(key) : (others.map((of) => of(code)).find((said) => said !== null) ?? common('refusal.other', { code }))
}
