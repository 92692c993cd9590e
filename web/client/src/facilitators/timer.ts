import type { Time, Timer } from '../live/wire'

export type TimerState = 'none' | 'running' | 'closing' | 'paused' | 'over'

/** From here on the timer gently says that it will end. */
export const closingMs = 30_000

export function leftOf(timer: Timer | null | undefined, now: Time): number {
  if (!timer) return 0
  return Math.max(0, typeof timer.remainingMs === 'number' ? timer.remainingMs : (timer.endsAt ?? now) - now)
}

export function stateOf(timer: Timer | null | undefined, now: Time): TimerState {
  if (!timer) return 'none'
  const left = leftOf(timer, now)
  if (typeof timer.remainingMs === 'number' && typeof timer.endsAt !== 'number') return 'paused'
  if (left <= 0) return 'over'
  return left <= closingMs && timer.durationMs > 2 * closingMs ? 'closing' : 'running'
}

/** `4:05`, or `1:04:05`. A second that has begun still counts, so that it reads 1:00 when a minute starts. */
export function clock(ms: number): string {
  const seconds = Math.ceil(ms / 1000)
  const pad = (n: number) => String(n).padStart(2, '0')
  const hours = Math.floor(seconds / 3600)
  const minutes = Math.floor(seconds / 60) % 60
  return hours > 0 ? `${hours}:${pad(minutes)}:${pad(seconds % 60)}` : `${minutes}:${pad(seconds % 60)}`
}

/** What a person types for a time: minutes (`7`, `2.5`) or `m:ss`. Null when it is neither. */
export function durationIn(text: string): number | null {
  const typed = text.trim().replace(',', '.')
  const parts = /^(\d{1,3}):([0-5]?\d)$/.exec(typed)
  const ms = parts ? (Number(parts[1]) * 60 + Number(parts[2])) * 1000 : /^\d{1,3}(\.\d+)?$/.test(typed) ? Math.round(Number(typed) * 60) * 1000 : 0
  return ms > 0 && ms <= 8 * 3_600_000 ? ms : null
}
