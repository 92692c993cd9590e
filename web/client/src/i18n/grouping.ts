import { grouping as en } from './en/grouping'
import { grouping as he } from './he/grouping'
import { words } from './words'

export const grouping = words(en, he)
