import type { Time, Timeline } from '../live/wire'

/** Where a moment is on the timeline's line, 0…1 from its start. A workshop that was made on Sunday and held on Tuesday is
 *  mostly waiting: gaps are drawn no longer than a minute and a half, and marked. */
export interface Axis {
  shareOf(at: Time): number
  timeAt(share: number): Time
  /** How much happened in equal parts of the line, 0…1 of the busiest. */
  bars: number[]
  /** Where a long gap was shortened. */
  breaks: number[]
}

const longestGapMs = 90_000
const barCount = 200

export function axisOf(timeline: Timeline, moments: readonly Time[] | null): Axis {
  const stops = stopsOf(timeline, moments)
  const length = stops.at(-1)!.along || 1
  const find = (key: 'at' | 'along', value: number): [number, Stop, Stop] => {
    let [low, high] = [0, stops.length - 1]
    while (high - low > 1) {
      const middle = (low + high) >> 1
      if (stops[middle]![key] <= value) low = middle
      else high = middle
    }
    const [one, other] = [stops[low]!, stops[high]!]
    const span = other[key] - one[key]
    return [span > 0 ? Math.max(0, Math.min(1, (value - one[key]) / span)) : 0, one, other]
  }
  const shareOf = (at: Time): number => {
    const [part, one, other] = find('at', at)
    return (one.along + part * (other.along - one.along)) / length
  }
  const timeAt = (share: number): Time => {
    const [part, one, other] = find('along', share * length)
    return Math.round(one.at + part * (other.at - one.at))
  }
  return { shareOf, timeAt, bars: barsOf(timeline, moments, shareOf), breaks: stops.flatMap((stop) => (stop.afterBreak ? [stop.along / length] : [])) }
}

interface Stop {
  at: Time
  along: number
  afterBreak: boolean
}

/** Between two stops time runs evenly along the line. */
function stopsOf({ from, to, density, chapters }: Timeline, moments: readonly Time[] | null): Stop[] {
  const span = (to - from) / density.length
  const busy = moments ?? density.flatMap((events, at) => (events > 0 ? [from + at * span, from + (at + 1) * span] : []))
  const times = [...new Set([from, ...busy, ...chapters.map((chapter) => chapter.at), to])].sort((one, other) => one - other)
  const stops: Stop[] = [{ at: times[0]!, along: 0, afterBreak: false }]
  for (const at of times.slice(1)) {
    const before = stops.at(-1)!
    const gap = at - before.at
    // Without knowing the moments, a busy bar is busy all through.
    const isBar = !moments && gap <= span * 1.01 && density[Math.floor((before.at - from + span / 2) / span)]! > 0
    const length = isBar ? gap : Math.min(gap, longestGapMs)
    stops.push({ at, along: before.along + length, afterBreak: gap > length * 4 })
  }
  return stops.length > 1 ? stops : [...stops, { at: to + 1, along: 1, afterBreak: false }]
}

function barsOf({ from, to, density }: Timeline, moments: readonly Time[] | null, shareOf: (at: Time) => number): number[] {
  const bars = Array.from({ length: barCount }, () => 0)
  const put = (at: Time, events: number) => (bars[Math.min(barCount - 1, Math.floor(shareOf(at) * barCount))]! += events)
  if (moments) for (const at of moments) put(at, 1)
  else density.forEach((events, at) => events > 0 && put(from + ((at + 0.5) * (to - from)) / density.length, events))
  const most = Math.max(1, ...bars)
  // One event among hundreds is still to be seen.
  return bars.map((events) => (events === 0 ? 0 : Math.max(0.12, Math.sqrt(events / most))))
}

/** Which labels have room, from the first; `at` and widths as shares of the line. The last one before the end gives way. */
export function labelsThatFit(at: readonly number[], widthOf: (index: number) => number): number[] {
  const fitting: number[] = []
  let free = 0
  at.forEach((share, index) => {
    const start = Math.min(share, 1 - widthOf(index))
    if (start < free - 1e-6 || widthOf(index) > 1) return
    fitting.push(index)
    free = start + widthOf(index)
  })
  return fitting
}
