import type { Catalogue } from '../words'

export const screen = {
  title: 'Big screen',
} as const satisfies Catalogue
