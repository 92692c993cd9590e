import { room as en } from './en/room'
import { room as he } from './he/room'
import { words } from './words'

export const room = words(en, he)
