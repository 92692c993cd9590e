import { kinds as en } from './en/kinds'
import { kinds as he } from './he/kinds'
import { words } from './words'

export const kinds = words(en, he)
