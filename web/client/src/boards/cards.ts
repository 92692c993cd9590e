import type { Board, Id, Idea, Mine } from '../live/wire'
import { idsInOrder, rootOf, tallyOf } from './board'

export type Showing = 'sort' | 'pairs' | 'one' | 'newest' | 'top' | 'themes' | 'words' | 'mine'

const newestFirst =
  (at: (id: Id) => number) =>
  (one: Id, other: Id): number =>
    at(other) - at(one) || (one < other ? 1 : -1)

/** The ideas that stand on their own, of one lane or of all, newest first. What a person withdrew goes from their
 *  sight at once, even if the board does not say so yet. */
export function newest(board: Board, mine: Mine | null, lane: Id | null): Id[] {
  return Object.keys(board.ideas)
    .filter((id) => rootOf(board.ideas, id) === id && mine?.ideas[id]?.state !== 'withdrawn' && isIn(board.ideas[id]!, lane))
    .sort(newestFirst((id) => board.ideas[id]!.at))
}

/** One's own ideas that nobody else sees, newest first: not yet, or not as they are. What the facilitators say of it stands where it was written. */
export function onlyMine(board: Board, mine: Mine | null, lane: Id | null): Id[] {
  return myIdeas(mine).filter((id) => {
    const idea = mine!.ideas[id]!
    return !board.ideas[id] && isIn(idea, lane) && (idea.state === 'private' || idea.state === 'waiting' || idea.state === 'shown' || idea.state === 'hidden')
  })
}

/** Everything one wrote on this board, newest first, whatever became of it. */
export function myIdeas(mine: Mine | null): Id[] {
  const ideas = mine?.ideas ?? {}
  return Object.keys(ideas).sort(newestFirst((id) => ideas[id]!.at))
}

/** Most dots first; newest first among equals. */
export const top = (board: Board, ballot: Id, ids: readonly Id[]): Id[] =>
  [...ids].sort((one, other) => (tallyOf(board, ballot, other) ?? 0) - (tallyOf(board, ballot, one) ?? 0))

/** The ideas by theme in the themes' order; those without one come last, under null. */
export function byTheme(board: Board, ids: readonly Id[]): { theme: Id | null; ideas: Id[] }[] {
  const groups = new Map<Id | null, Id[]>(idsInOrder(board.themes).map((theme) => [theme, []]))
  groups.set(null, [])
  for (const id of ids) {
    const theme = board.ideas[id]!.theme
    groups.get(theme && groups.has(theme) ? theme : null)!.push(id)
  }
  return [...groups].map(([theme, ideas]) => ({ theme, ideas })).filter((group) => group.ideas.length > 0)
}

const isIn = (idea: Pick<Idea, 'lane'>, lane: Id | null): boolean => lane === null || idea.lane === lane
