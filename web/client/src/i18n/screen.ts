import { screen as en } from './en/screen'
import { screen as he } from './he/screen'
import { words } from './words'

export const screen = words(en, he)
