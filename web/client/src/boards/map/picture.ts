import type { Id } from '../../live/wire'

/** An idea on the map. */
export interface MapPoint {
  id: Id
  x: number
  y: number
  group: Id | null
  /** Its group is only proposed for it. */
  ghost: boolean
}

export interface MapGroup {
  id: Id
  title: string
  colour: number
  ghost: boolean
  /** The round that it fills; absent: it is wherever its ideas are. */
  round?: Round
}

export interface Round {
  x: number
  y: number
  r: number
}

/** From the map to the page: `x * scale + dx`. */
export interface Lens {
  scale: number
  dx: number
  dy: number
}

export interface Size {
  width: number
  height: number
}

/** All of it, as large as the place lets it be. */
export function whole(points: readonly { x: number; y: number }[], { width, height }: Size, margin: number): Lens {
  if (points.length === 0) return { scale: 1, dx: width / 2, dy: height / 2 }
  let [left, right, top, bottom] = [Infinity, -Infinity, Infinity, -Infinity]
  for (const { x, y } of points) [left, right, top, bottom] = [Math.min(left, x), Math.max(right, x), Math.min(top, y), Math.max(bottom, y)]
  const scale = Math.min((width - 2 * margin) / Math.max(right - left, 0.5), (height - 2 * margin) / Math.max(bottom - top, 0.5))
  return { scale, dx: width / 2 - ((left + right) / 2) * scale, dy: height / 2 - ((top + bottom) / 2) * scale }
}

/** How far everything reaches that is drawn: rounds where groups have them, else the surroundings of each idea. */
export function edgesOf(points: readonly MapPoint[], groups: readonly MapGroup[], spacing: number): { x: number; y: number }[] {
  const around = (x: number, y: number, far: number) => [{ x: x - far, y: y - far }, { x: x + far, y: y + far }]
  const rounds = groups.flatMap(({ round }) => (round ? around(round.x, round.y, round.r) : []))
  return [...rounds, ...points.flatMap(({ x, y }) => (rounds.length > 0 ? [{ x, y }] : around(x, y, spacing)))]
}

/** Larger or smaller, while what lies at this place stays there. */
export const zoomed = ({ scale, dx, dy }: Lens, by: number, at: { x: number; y: number }): Lens => ({ scale: scale * by, dx: at.x - (at.x - dx) * by, dy: at.y - (at.y - dy) * by })

/** What is nearest to a place on the page, within so many pixels. */
export function nearest(points: readonly MapPoint[], lens: Lens, at: { x: number; y: number }, within: number): MapPoint | null {
  let [best, least] = [null as MapPoint | null, within * within]
  for (const point of points) {
    const distance = (point.x * lens.scale + lens.dx - at.x) ** 2 + (point.y * lens.scale + lens.dy - at.y) ** 2
    if (distance <= least) [best, least] = [point, distance]
  }
  return best
}

/** Where each group's name belongs: at its upper edge, so that it covers few of its ideas. Medians and the like, so that one stray idea does not draw
 *  a name away. The largest group first. */
export function heads(points: readonly MapPoint[]): { group: Id; x: number; y: number; n: number }[] {
  const of = new Map<Id, MapPoint[]>()
  for (const point of points) if (point.group) (of.get(point.group) ?? of.set(point.group, []).get(point.group)!).push(point)
  const at = (part: number, numbers: number[]) => numbers.sort((one, other) => one - other)[Math.floor(numbers.length * part)]!
  return [...of]
    .map(([group, those]) => ({ group, x: at(0.5, those.map(({ x }) => x)), y: at(0.06, those.map(({ y }) => y)), n: those.length }))
    .sort((one, other) => other.n - one.n || (one.group < other.group ? -1 : 1))
}

export interface Box {
  x: number
  y: number
  width: number
  height: number
}

const meet = (one: Box, other: Box) => Math.abs(one.x - other.x) * 2 < one.width + other.width && Math.abs(one.y - other.y) * 2 < one.height + other.height

/** Puts names near where they belong, none over another, none outside; one that finds no place is left out until there is more room.
 *  Boxes are given and placed by their middles. */
export function spread(boxes: readonly Box[], { width, height }: Size): (Box | null)[] {
  const placed: Box[] = []
  return boxes.map((box) => {
    if (box.x < 0 || box.y < 0 || box.x > width || box.y > height) return null
    const x = Math.min(Math.max(box.x, box.width / 2), Math.max(box.width / 2, width - box.width / 2))
    for (const rows of [0, -1, 1, -2, 2, -3, 3]) {
      const there = { ...box, x, y: Math.min(Math.max(box.y + rows * box.height * 0.9, box.height / 2), height - box.height / 2) }
      if (placed.some((other) => meet(there, other))) continue
      placed.push(there)
      return there
    }
    return null
  })
}

const golden = Math.PI * (3 - Math.sqrt(5))

/** Nobody sees ideas that lie on one another: what came first stays where it is, the next goes as far from its place as it must. What is added later
 *  moves nothing, and how far apart they lie changes in steps only. */
export function loosened(points: readonly MapPoint[]): { points: MapPoint[]; spacing: number } {
  if (points.length === 0) return { points: [], spacing: 0.1 }
  const span = (numbers: number[]) => Math.max(...numbers) - Math.min(...numbers) + 0.5
  const area = span(points.map(({ x }) => Math.round(x * 2) / 2)) * span(points.map(({ y }) => Math.round(y * 2) / 2))
  const spacing = Math.sqrt((0.2 * area) / 1.4 ** Math.ceil(Math.log(points.length + 8) / Math.log(1.4)))
  const cells = new Map<string, { x: number; y: number }[]>()
  const cellOf = (x: number, y: number) => [Math.floor(x / spacing), Math.floor(y / spacing)] as const
  const isFree = (x: number, y: number) => {
    const [column, row] = cellOf(x, y)
    for (let dx = -1; dx <= 1; dx++)
      for (let dy = -1; dy <= 1; dy++) if (cells.get(`${column + dx} ${row + dy}`)?.some((other) => Math.hypot(other.x - x, other.y - y) < spacing)) return false
    return true
  }
  /** Of who lie on one and the same place each goes on where the one before found room. */
  const tried = new Map<string, number>()
  return {
    spacing,
    points: points.map((point) => {
      const key = cellOf(point.x, point.y).join(' ')
      let [turn, x, y] = [tried.get(key) ?? 0, point.x, point.y]
      while (!isFree(x, y)) {
        turn++
        const out = spacing * 0.5 * Math.sqrt(turn)
        ;[x, y] = [point.x + out * Math.cos(turn * golden), point.y + out * Math.sin(turn * golden)]
      }
      tried.set(key, turn)
      const place = cellOf(x, y).join(' ')
      if (!cells.has(place)) cells.set(place, [])
      cells.get(place)!.push({ x, y })
      return { ...point, x, y }
    }),
  }
}

/** Where ideas lie when nothing is known of them but their theme: each theme a round, rounds beside one another from the middle outwards, the same for
 *  the same board, and nearly the same when some ideas come. */
export function rounds<G extends MapGroup & { ideas: readonly Id[] }>(groups: readonly G[], wide: number): { points: MapPoint[]; groups: (G & { round: Round })[]; spacing: number } {
  const placed: (G & { round: Round })[] = []
  for (const group of groups) {
    const r = 0.16 * Math.sqrt(group.ideas.length) + 0.22
    let [x, y] = [0, 0]
    for (let step = 0; placed.some(({ round }) => Math.hypot(x - round.x, y - round.y) < r + round.r + 0.3); step++)
      [x, y] = [wide * 0.05 * step * Math.cos(step * 0.35), (0.05 * step * Math.sin(step * 0.35)) / wide]
    placed.push({ ...group, round: { x, y, r } })
  }
  const points = placed.flatMap(({ id, ideas, round: { x, y, r } }) =>
    ideas.map((idea, at) => {
      const out = (r - 0.18) * Math.sqrt((at + 0.5) / ideas.length)
      return { id: idea, x: x + out * Math.cos(at * golden), y: y + out * Math.sin(at * golden), group: id, ghost: false }
    }),
  )
  return { points, groups: placed, spacing: 0.28 }
}
