import type { Catalogue } from '../words'

export const replay = {
  title: 'Replay',
} as const satisfies Catalogue
