import { inRoom as en } from './en/inRoom'
import { inRoom as he } from './he/inRoom'
import { words } from './words'

/** What facilitators do for the room itself: its big screen, its people without a phone, and each other. */
export const inRoom = words(en, he)
