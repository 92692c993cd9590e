import { home as en } from './en/home'
import { home as he } from './he/home'
import { words } from './words'

export const home = words(en, he)
