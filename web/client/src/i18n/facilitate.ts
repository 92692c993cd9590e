import { facilitate as en } from './en/facilitate'
import { facilitate as he } from './he/facilitate'
import type { Language } from '../live/wire'
import { words } from './words'

export const facilitate = words(en, he)

/** What is said to others, in the workshop's language and not in the one that the facilitator reads. */
export const facilitateIn = (language: Language) => words(en, he, () => language)
