import { addRefusals } from './common'
import { refusals as en } from './en/refusals'
import { refusals as he } from './he/refusals'
import { words } from './words'

const refusals = words(en, he)
const isHere = (key: string): key is keyof typeof en => key in en

/** Imported by the screens where these can be met. */
addRefusals((code) => (isHere(`refusal.${code}`) ? refusals(`refusal.${code}` as keyof typeof en) : null))
