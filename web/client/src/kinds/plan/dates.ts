import { reading } from '../../i18n/language.svelte'

/** The day it is here, as 2026-03-01. */
export function todayOf(now: number): string {
  const day = new Date(now)
  const two = (n: number) => String(n).padStart(2, '0')
  return `${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}`
}

/** A date as the reader's language writes it; the year where it is not this one. */
export function dateWords(due: string, today: string): string {
  const at = Date.parse(`${due}T00:00:00Z`)
  if (Number.isNaN(at)) return due
  const year = due.slice(0, 4) === today.slice(0, 4) ? {} : { year: 'numeric' as const }
  return new Intl.DateTimeFormat(reading.language, { day: 'numeric', month: 'short', timeZone: 'UTC', ...year }).format(at)
}
