import type { RefusalCode } from '../live/refusals'
import { isKnownRefusal } from '../live/refusals'
import { common as en } from './en/common'
import { common as he } from './he/common'
import type { Same } from './words'
import { words } from './words'

export const common = words(en, he)

// Every code has words in both languages, or this does not compile.
en satisfies Record<`refusal.${RefusalCode}`, string>
he satisfies Same<typeof en>

/** Our words for a refusal; what it cannot name it still says kindly. */
export const wordsFor = (code: string): string =>
  isKnownRefusal(code) ? common(`refusal.${code}`) : common('refusal.other', { code })
