import { votes as t } from '../i18n/votes'
import { number } from '../i18n/words'
import type { Method } from '../live/wire'

/** What a value says, in words. */
export function valueWords(method: Method, value: number): string {
  switch (method) {
    case 'dots':
      return number(value)
    case 'approval':
      return t('value.approval.1')
    case 'score':
      return t('value.score', { n: value })
    case 'axes':
      return t('axes.impact.n', { n: value })
    case 'consent':
      return t(value > 0 ? 'value.consent.1' : 'value.consent.-1')
    case 'rank':
      return t('value.rank', { n: value })
    case 'agree':
      return t(value > 0 ? 'value.agree.1' : value < 0 ? 'value.agree.-1' : 'value.agree.0')
  }
}

/** What the round before had come to, and which way it went since. */
export function shiftWords(method: Method, now: { count: number; place: number }, was: { count: number; place: number } | undefined): string {
  if (!was) return ''
  const way = now.place < was.place ? '↑' : now.place > was.place ? '↓' : '='
  return `${way} ${t('shift.was', { count: `\u200e${worthWords(method, was.count)}\u200e`, place: was.place })}`
}

/** What an idea came to, as a number: a mean has one decimal, a difference its sign. */
export function worthWords(method: Method, count: number): string {
  if (method === 'consent') return number(Math.abs(count))
  const rounded = method === 'score' || method === 'axes' ? Math.round(count * 10) / 10 : count
  return (method === 'agree' || method === 'axes') && rounded > 0 ? `+${number(rounded)}` : number(rounded)
}
