import { idsInOrder, isCounted, rootOf } from '../../boards/board'
import type { Ballot, Board, Id } from '../../live/wire'

export interface Option {
  idea: Id
  text: string
  /** How many are for it; null before counts are due. */
  n: number | null
  /** Of all who voted, 0…1. */
  share: number
}

/** What is voted on, in the facilitators' order, which stays while counts come in. */
export function optionsOf(board: Board, ballot: (Ballot & { id: Id }) | null): Option[] {
  const due = !!ballot && isCounted(board, ballot.id)
  const numberOf = (idea: Id): number =>
    ballot?.method === 'dots' ? (board.tallies[ballot.id]?.[idea] ?? 0) : (board.counts[ballot?.id ?? '']?.[idea]?.values['1'] ?? 0)
  const options = idsInOrder(board.ideas)
    .filter((id) => board.ideas[id]!.state === 'shown' && rootOf(board.ideas, id) === id)
    .map((idea) => ({ idea, text: board.ideas[idea]!.text, n: due ? numberOf(idea) : null }))
  const voters = ballot?.method === 'dots' ? options.reduce((sum, one) => sum + (one.n ?? 0), 0) : (ballot?.voters ?? 0)
  const all = Math.max(1, voters, ...options.map((one) => one.n ?? 0))
  return options.map((one) => ({ ...one, share: (one.n ?? 0) / all }))
}

/** Methods that say of each option how many are for it, which bars can show. */
export const countsPeople = (ballot: Ballot | null): boolean => ballot?.method === 'approval' || ballot?.method === 'dots'
