import { idsInOrder, rootOf, tallyOf } from '../boards/board'
import type { Board, Id } from '../live/wire'

export interface Standing {
  idea: Id
  text: string
  colour: number | null
  count: number
  /** 1 for most dots. Who has as many shares the place, and the next place is as much further. */
  place: number
  tied: boolean
  /** Of the most that any idea has, 0…1. */
  share: number
}

/** The ideas that got something, most first; empty while counts are not due. */
export function standingsOf(board: Board, ballot: Id): Standing[] {
  const ideas = idsInOrder(board.ideas).filter((id) => rootOf(board.ideas, id) === id && board.ideas[id]!.state === 'shown')
  const counted = ideas
    .map((idea) => ({ idea, count: tallyOf(board, ballot, idea) ?? 0 }))
    .filter(({ count }) => count > 0)
    .sort((one, other) => other.count - one.count)
  const most = counted[0]?.count ?? 1
  return counted.map(({ idea, count }) => {
    const { text, theme } = board.ideas[idea]!
    return {
      idea,
      text,
      colour: theme ? (board.themes[theme]?.colour ?? null) : null,
      count,
      place: counted.findIndex((other) => other.count === count) + 1,
      tied: counted.filter((other) => other.count === count).length > 1,
      share: count / most,
    }
  })
}

/** How many rows to show so that those who share a place are not parted, where that is possible at all. */
export function rowsThatFit(standings: readonly Standing[], room: number): number {
  if (standings.length <= room) return standings.length
  let rows = Math.max(1, room)
  while (rows > 1 && standings[rows]!.place === standings[rows - 1]!.place) rows--
  return rows > 1 || standings[0]!.place !== standings[1]?.place ? rows : Math.max(1, room)
}

const pauseMs = { step: 650, most: 5200, last: 1500 }

/** A drum roll: when each row is shown, in ms. From the last place to the first, those who share one together, and a longer
 *  breath before the first. */
export function drumRoll(places: readonly number[]): number[] {
  const order = [...new Set(places)].sort((one, other) => other - one)
  const step = Math.min(pauseMs.step, pauseMs.most / Math.max(1, order.length))
  const first = order.at(-1)
  return places.map((place) => {
    const turn = order.indexOf(place)
    return Math.round(place === first && order.length > 1 ? (turn - 1) * step + pauseMs.last : turn * step)
  })
}
