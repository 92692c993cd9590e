import type { Board, Id, OpinionHere, Opinions } from '../../live/wire'
import type { Stand } from './ground'

/** A point of the map as it is drawn. */
export interface Spot {
  x: number
  y: number
  /** Half of its width. */
  r: number
  people: number
  /** -1 where there are no groups. */
  group: number
}

export interface MapPicture {
  width: number
  height: number
  spots: Spot[]
  here: { x: number; y: number } | null
}

const width = 100
const margin = 11

/** The map in the units of its picture: as wide as 100, its height by how the room is spread. Whoever stands outside stands at its edge. */
export function pictureOf(opinions: Opinions, here: OpinionHere | null = null, most = 72, least = 42): MapPicture {
  const { map } = opinions
  if (map.length === 0) return { width, height: least, spots: [], here: null }
  const [left, right, top, bottom] = [Math.min(...map.map(([x]) => x)), Math.max(...map.map(([x]) => x)), Math.min(...map.map(([, y]) => y)), Math.max(...map.map(([, y]) => y))]
  const scale = Math.min((width - 2 * margin) / Math.max(right - left, 0.5), (most - 2 * margin) / Math.max(bottom - top, 0.1))
  const height = Math.min(most, Math.max(least, (bottom - top) * scale + 2 * margin))
  const place = (x: number, y: number) => ({ x: width / 2 + (x - (left + right) / 2) * scale, y: height / 2 + (y - (top + bottom) / 2) * scale })
  const largest = Math.max(...map.map(([, , people]) => people))
  const within = (at: number, end: number) => Math.min(end - 3, Math.max(3, at))
  const own = here?.x != null && here.y != null ? place(here.x, here.y) : null
  return {
    width,
    height,
    spots: map.map(([x, y, people, group]) => ({ ...place(x, y), r: 2.2 + 6.3 * Math.sqrt(people / Math.max(largest, 20)), people, group })),
    here: own && { x: within(own.x, width), y: Math.max(11, within(own.y, height)) },
  }
}

/** A pin whose point is at 0, 0. */
export const pin = 'M0 -1.5L-2.4 -5.6A2.8 2.8 0 1 1 2.4 -5.6Z'

/** Which shape a group has, so that no one needs its colour. */
export const shapes = ['circle', 'square', 'diamond', 'triangle', 'hexagon'] as const
/** The colours are those of themes that differ most. */
export const tones = [0, 1, 3, 4, 2] as const

/** The outline of a shape around 0, 0, of about the area of a circle of this size; a circle has none. */
export function outlineOf(group: number, r: number): string {
  const corners = { square: 4, diamond: 4, triangle: 3, hexagon: 6, circle: 0 }[shapes[Math.max(0, group) % shapes.length]!]
  if (corners === 0) return ''
  const turn = shapes[group % shapes.length] === 'square' ? Math.PI / 4 : 0
  const size = r * (corners === 3 ? 1.45 : corners === 4 ? 1.25 : 1.1)
  return Array.from({ length: corners }, (_, at) => {
    const angle = turn - Math.PI / 2 + (at * 2 * Math.PI) / corners
    return `${(size * Math.cos(angle)).toFixed(2)},${(size * Math.sin(angle)).toFixed(2)}`
  }).join(' ')
}

/** What all say, as the bars of a room's ground show it; what is not on the board any more is left out. */
export function togetherOf(opinions: Opinions, stands: readonly Stand[]): Stand[] {
  const of = new Map(stands.map((stand) => [stand.idea, stand]))
  return opinions.together.flatMap((each) => {
    const stand = of.get(each.idea)
    return stand ? [{ ...stand, most: each.agrees ? (1 as const) : (-1 as const) }] : []
  })
}

/** What one group says, with its words. */
export function saysOf(opinions: Opinions, group: number, board: Board): { idea: Id; text: string; agrees: boolean; said: number; votes: number; others: readonly [number, number] | null }[] {
  return (opinions.groups[group]?.says ?? []).flatMap((each) => {
    const text = board.ideas[each.idea]?.text
    return text === undefined ? [] : [{ ...each, text, others: each.others ?? null }]
  })
}
