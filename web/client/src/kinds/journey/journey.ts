import { lanesInOrder, rootOf } from '../../boards/board'
import type { Board, Id } from '../../live/wire'

/** From very bad to very good, as one chooses among them. */
export const feels = [-2, -1, 0, 1, 2] as const
export type Feel = (typeof feels)[number]

/** A mean of fewer would be somebody's own (N4). */
export const fewestForMean = 3

export interface Stage {
  id: Id
  title: string
  /** How many moments there are, and how many say how they felt. */
  moments: number
  felt: number
  /** How it felt, where enough say so. */
  mean: number | null
  /** Here it breaks: the worst of all stages, or plainly bad. */
  breaks: boolean
}

export const feelOf = (feel: number | null | undefined): Feel | null => feels.find((one) => one === feel) ?? null

/** The stages in their order, each with how it felt. */
export function stagesOf(board: Board): Stage[] {
  const moments = Object.keys(board.ideas).filter((id) => board.ideas[id]!.state === 'shown' && rootOf(board.ideas, id) === id)
  const stages = lanesInOrder(board).map(({ id, title }) => {
    const here = moments.filter((moment) => board.ideas[moment]!.lane === id)
    const felt = here.flatMap((moment) => feelOf(board.ideas[moment]!.feel) ?? [])
    const mean = felt.length < fewestForMean ? null : felt.reduce<number>((sum, feel) => sum + feel, 0) / felt.length
    return { id, title, moments: here.length, felt: felt.length, mean }
  })
  const lowest = Math.min(...stages.flatMap(({ mean }) => mean ?? []))
  return stages.map((stage) => ({ ...stage, breaks: stage.mean !== null && (stage.mean <= -1 || (stage.mean < 0 && stage.mean === lowest)) }))
}

/** The face that a mean is nearest to. */
export const nearest = (mean: number): Feel => feels[Math.round(Math.max(-2, Math.min(2, mean))) + 2]!

/** Where points of the curve stand: x along the line of reading, y from the top, both in hundredths. */
export const pointsOf = (stages: readonly Stage[]): ({ x: number; y: number } | null)[] =>
  stages.map(({ mean }, at) => (mean === null ? null : { x: ((at + 0.5) / stages.length) * 100, y: 50 - mean * 20 }))

/** The curve as a path, which bends gently and has a gap where too few say how it felt. */
export function pathOf(points: readonly ({ x: number; y: number } | null)[]): string {
  let path = ''
  let last: { x: number; y: number } | null = null
  for (const point of points) {
    if (point) {
      const middle = last ? (last.x + point.x) / 2 : 0
      path += last ? ` C${n(middle)} ${n(last.y)} ${n(middle)} ${n(point.y)} ${n(point.x)} ${n(point.y)}` : ` M${n(point.x)} ${n(point.y)}`
    }
    last = point
  }
  return path.trim()
}

const n = (value: number): string => String(Math.round(value * 100) / 100)
