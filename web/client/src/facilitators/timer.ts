import type { Time, Timer } from '../live/wire'
import { isRunning, leftOf } from '../workshops/timer'

export type TimerState = 'none' | 'running' | 'closing' | 'paused' | 'over'

/** From here on the timer gently says that it will end. */
export const closingMs = 30_000

export function stateOf(timer: Timer | null | undefined, now: Time): TimerState {
  if (!timer) return 'none'
  const left = leftOf(timer, now)
  if (!isRunning(timer)) return 'paused'
  if (left <= 0) return 'over'
  return left <= closingMs && timer.durationMs > 2 * closingMs ? 'closing' : 'running'
}

/** What a person types for a time: minutes (`7`, `2.5`) or `m:ss`. Null when it is neither. */
export function durationIn(text: string): number | null {
  const typed = text.trim().replace(',', '.')
  const parts = /^(\d{1,3}):([0-5]?\d)$/.exec(typed)
  const ms = parts ? (Number(parts[1]) * 60 + Number(parts[2])) * 1000 : /^\d{1,3}(\.\d+)?$/.test(typed) ? Math.round(Number(typed) * 60) * 1000 : 0
  return ms > 0 && ms <= 8 * 3_600_000 ? ms : null
}
