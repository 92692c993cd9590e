import { rootOf } from '../boards/board'
import type { Alike, Id, Idea } from '../live/wire'

/** Two ideas that several people find the same (G4). */
export interface Proposal {
  key: string
  /** What was written first: it stays on top when they are merged. */
  one: Id
  other: Id
  same: number
  different: number
}

/** Those on which most agree come first. What is merged, stands in one theme or is not on the board is none. */
export function proposalsOf(alike: Record<Id, Alike>, ideas: Record<Id, Idea>): Proposal[] {
  const isOnBoard = (id: Id) => ideas[id]?.state === 'shown' && rootOf(ideas, id) === id
  const pairs = Object.entries(alike).flatMap(([id, { with: others }]) => others.map((other): Proposal => {
    const [one, second] = (ideas[other.idea]?.at ?? 0) < (ideas[id]?.at ?? 0) ? [other.idea, id] : [id, other.idea]
    return { key: `${id} ${other.idea}`, one, other: second, same: other.same, different: other.different }
  }))
  return pairs
    .filter(({ one, other }) => isOnBoard(one) && isOnBoard(other) && !(ideas[one]!.theme && ideas[one]!.theme === ideas[other]!.theme))
    .sort((a, b) => b.same - b.different - (a.same - a.different) || (a.key < b.key ? -1 : 1))
}
