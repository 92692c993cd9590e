import { plan as en } from './en/plan'
import { plan as he } from './he/plan'
import { words } from './words'

export const plan = words(en, he)
