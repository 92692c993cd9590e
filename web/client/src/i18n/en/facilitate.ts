import type { Catalogue } from '../words'

export const facilitate = {
  title: 'Facilitation',
} as const satisfies Catalogue
