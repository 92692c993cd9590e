import { dialogue as en } from './en/dialogue'
import { dialogue as he } from './he/dialogue'
import { words } from './words'

export const dialogue = words(en, he)
