import type { Timer } from '../live/wire'

/** What is left of a timer at a moment of the server's time; never less than nothing. */
export const leftOf = (timer: Timer, now: number): number =>
  Math.max(0, timer.endsAt != null ? timer.endsAt - now : (timer.remainingMs ?? timer.durationMs))

export const isRunning = (timer: Timer): boolean => timer.endsAt != null

/** Minutes and seconds, the last begun second counted as a whole one. */
export function clockText(ms: number): string {
  const seconds = Math.ceil(ms / 1000)
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}
