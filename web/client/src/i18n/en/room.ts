import type { Catalogue } from '../words'

export const room = {
  title: 'room',
} as const satisfies Catalogue
