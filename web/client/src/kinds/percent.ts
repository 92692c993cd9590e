import { reading } from '../i18n/language.svelte'

/** A share in words of the reader's language. */
export const percent = (n: number, of: number): string =>
  new Intl.NumberFormat(reading.language, { style: 'percent', maximumFractionDigits: 0 }).format(of > 0 ? n / of : 0)
