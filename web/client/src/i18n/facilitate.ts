import { facilitate as en } from './en/facilitate'
import { facilitate as he } from './he/facilitate'
import { words } from './words'

export const facilitate = words(en, he)
