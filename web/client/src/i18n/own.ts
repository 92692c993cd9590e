import { own as en } from './en/own'
import { own as he } from './he/own'
import { words } from './words'

export const own = words(en, he)
