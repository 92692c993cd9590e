import { bring as en } from './en/bring'
import { bring as he } from './he/bring'
import { words } from './words'

export const bring = words(en, he)
