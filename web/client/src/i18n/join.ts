import { join as en } from './en/join'
import { join as he } from './he/join'
import { words } from './words'

export const join = words(en, he)
