import { opinions as en } from './en/opinions'
import { opinions as he } from './he/opinions'
import { words } from './words'

export const opinions = words(en, he)
