import { votes as en } from './en/votes'
import { votes as he } from './he/votes'
import { words } from './words'

export const votes = words(en, he)
