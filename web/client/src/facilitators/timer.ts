import type { Time, Timer } from '../live/wire'
import { phaseOf } from '../workshops/timer'

export type TimerState = 'none' | 'running' | 'minute' | 'closing' | 'paused' | 'over'

export function stateOf(timer: Timer | null | undefined, now: Time): TimerState {
  if (!timer) return 'none'
  const phase = phaseOf(timer, now)
  return phase === 'soon' ? 'closing' : phase
}

/** What a person types for a time: minutes (`7`, `2.5`) or `m:ss`. Null when it is neither. */
export function durationIn(text: string): number | null {
  const typed = text.trim().replace(',', '.')
  const parts = /^(\d{1,3}):([0-5]?\d)$/.exec(typed)
  const ms = parts ? (Number(parts[1]) * 60 + Number(parts[2])) * 1000 : /^\d{1,3}(\.\d+)?$/.test(typed) ? Math.round(Number(typed) * 60) * 1000 : 0
  return ms > 0 && ms <= 8 * 3_600_000 ? ms : null
}
