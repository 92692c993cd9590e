import { themes as en } from './en/themes'
import { themes as he } from './he/themes'
import { words } from './words'

export const themes = words(en, he)
