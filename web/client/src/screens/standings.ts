import type { Standing } from '../boards/standings'

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
