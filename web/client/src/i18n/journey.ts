import { journey as en } from './en/journey'
import { journey as he } from './he/journey'
import { words } from './words'

export const journey = words(en, he)
