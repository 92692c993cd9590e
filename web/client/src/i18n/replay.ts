import { replay as en } from './en/replay'
import { replay as he } from './he/replay'
import { words } from './words'

export const replay = words(en, he)
