import { rounds as en } from './en/rounds'
import { rounds as he } from './he/rounds'
import { words } from './words'

export const rounds = words(en, he)
