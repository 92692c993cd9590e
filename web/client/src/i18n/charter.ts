import { charter as en } from './en/charter'
import { charter as he } from './he/charter'
import { words } from './words'

export const charter = words(en, he)
