import type { Timer } from '../live/wire'

/** What is left of a timer at a moment of the server's time; never less than nothing. */
export const leftOf = (timer: Timer, now: number): number =>
  Math.max(0, timer.endsAt != null ? timer.endsAt - now : (timer.remainingMs ?? timer.durationMs))

export const isRunning = (timer: Timer): boolean => timer.endsAt != null

/** From here on a running timer gently says that it will end. */
export const minuteMs = 60_000
export const soonMs = 20_000

export type TimerPhase = 'running' | 'minute' | 'soon' | 'over' | 'paused'

/** How near the end is. Who set two minutes or less need not be told that one is left, nor in half a minute that it is short. */
export function phaseOf(timer: Timer, now: number): TimerPhase {
  const left = leftOf(timer, now)
  if (left <= 0) return 'over'
  if (!isRunning(timer)) return 'paused'
  if (left <= soonMs && timer.durationMs > 2 * soonMs) return 'soon'
  return left <= minuteMs && timer.durationMs > 2 * minuteMs ? 'minute' : 'running'
}

/** Minutes and seconds, the last begun second counted as a whole one. */
export function clockText(ms: number): string {
  const seconds = Math.ceil(ms / 1000)
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}
