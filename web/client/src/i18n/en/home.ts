import type { Catalogue } from '../words'

export const home = {
  title: 'home',
} as const satisfies Catalogue
