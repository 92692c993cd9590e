import { setup as en } from './en/setup'
import { setup as he } from './he/setup'
import { words } from './words'

export const setup = words(en, he)
