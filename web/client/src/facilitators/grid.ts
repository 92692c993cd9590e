import type { Id } from '../live/wire'

export type Way = 'up' | 'down' | 'back' | 'forth' | 'first' | 'last'

/** The way a key points: along the line of reading in either direction of writing. */
export function wayOf(key: string, direction: 'rtl' | 'ltr'): Way | null {
  const right = direction === 'ltr' ? 'forth' : 'back'
  const left = direction === 'ltr' ? 'back' : 'forth'
  const ways: Record<string, Way> = { ArrowUp: 'up', ArrowDown: 'down', ArrowRight: right, ArrowLeft: left, Home: 'first', End: 'last' }
  return ways[key] ?? null
}

/** The card that the focus goes to. Columns without cards are skipped; at an edge it stays. */
export function step(columns: readonly (readonly Id[])[], at: Id | null, way: Way): Id | null {
  const filled = columns.filter((column) => column.length > 0)
  const column = filled.findIndex((ideas) => at !== null && ideas.includes(at))
  if (column < 0) return filled[0]?.[0] ?? null
  const ideas = filled[column]!
  const row = ideas.indexOf(at!)
  switch (way) {
    case 'up':
      return ideas[Math.max(0, row - 1)]!
    case 'down':
      return ideas[Math.min(ideas.length - 1, row + 1)]!
    case 'first':
      return ideas[0]!
    case 'last':
      return ideas.at(-1)!
    default: {
      const beside = filled[column + (way === 'forth' ? 1 : -1)]
      return beside ? beside[Math.min(row, beside.length - 1)]! : at
    }
  }
}

/** Where the focus goes when its card leaves: to the next in its column, else the one before, else any. */
export function successor(before: readonly (readonly Id[])[], now: readonly (readonly Id[])[], gone: Id): Id | null {
  const there = new Set(now.flat())
  if (there.has(gone)) return gone
  const column = before.find((ideas) => ideas.includes(gone)) ?? []
  const row = column.indexOf(gone)
  return column.slice(row + 1).find((id) => there.has(id)) ?? column.slice(0, Math.max(0, row)).findLast((id) => there.has(id)) ?? now.flat()[0] ?? null
}

/** The ids from one card to another in reading order, both included: what shift selects. */
export function between(columns: readonly (readonly Id[])[], from: Id, to: Id): Id[] {
  const all = columns.flat()
  const [one, other] = [all.indexOf(from), all.indexOf(to)]
  return one < 0 || other < 0 ? [to] : all.slice(Math.min(one, other), Math.max(one, other) + 1)
}
