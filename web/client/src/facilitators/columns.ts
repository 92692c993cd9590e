import { currentBallot, idsInOrder, lanesInOrder, mergedInto, rootOf, themesInOrder } from '../boards/board'
import type { Board, Id, Idea } from '../live/wire'

/** `map`: a picture of the ideas, with the themes that are proposed beside it. */
export type Arrangement = 'lanes' | 'themes' | 'map'

/** A lane or a theme with its cards, in order. `id` is null for the ideas that have no theme yet. */
export interface Column {
  kind: 'lane' | 'theme'
  id: Id | null
  title: string
  colour: number | null
  ideas: Id[]
}

export const keyOf = (column: Column): string => `${column.kind}:${column.id ?? ''}`

/** What lies on the board: waiting ideas are in the queue, hidden ones in their list, merged ones within another. */
export const isOnBoard = (board: Board, id: Id): boolean => {
  const idea = board.ideas[id]
  return !!idea && (idea.state === 'shown' || idea.state === 'unrevealed') && rootOf(board.ideas, id) === id
}

/** `shows`: which of the ideas are wanted; all of them unless said otherwise. */
export function columnsOf(board: Board, arrangement: Arrangement, shows: (id: Id) => boolean = () => true): Column[] {
  const columns: Column[] =
    arrangement === 'lanes'
      ? lanesInOrder(board).map(({ id, title }) => ({ kind: 'lane', id, title, colour: null, ideas: [] }))
      : [
          { kind: 'theme', id: null, title: '', colour: null, ideas: [] },
          ...themesInOrder(board).map(({ id, title, colour }): Column => ({ kind: 'theme', id, title, colour, ideas: [] })),
        ]
  const byId = new Map(columns.map((column) => [column.id, column]))
  for (const id of idsInOrder(board.ideas)) {
    if (!isOnBoard(board, id) || !shows(id)) continue
    const idea = board.ideas[id]!
    const home = arrangement === 'lanes' ? byId.get(idea.lane) : (byId.get(idea.theme ?? null) ?? byId.get(null))
    home?.ideas.push(id)
  }
  return columns
}

/** Who waits longest comes first; merged ones too, for they were written by someone who waits. */
export const waitingIn = (board: Board): Id[] => byTime(board, (idea) => idea.state === 'waiting')
export const hiddenIn = (board: Board): Id[] => byTime(board, (idea) => idea.state === 'hidden').reverse()

const byTime = (board: Board, wanted: (idea: Idea) => boolean): Id[] =>
  Object.keys(board.ideas)
    .filter((id) => wanted(board.ideas[id]!))
    .sort((one, other) => board.ideas[one]!.at - board.ideas[other]!.at || (one < other ? -1 : 1))

/** The merged ideas of each card, those that may be seen by it. */
export const mergedIn = (board: Board): Map<Id, Id[]> => mergedInto(board)

export interface Result {
  idea: Id
  dots: number
  /** 1 for the most dots; who has as many shares the place. */
  place: number
  tied: boolean
}

/** Null while the counts are not due. Ideas without a dot are left out. */
export function resultsOf(board: Board, ballot: Id): Result[] | null {
  const tally = board.tallies[ballot]
  if (!tally) return null
  const counted = Object.entries(tally)
    .filter(([id, dots]) => dots > 0 && isOnBoard(board, id))
    .sort(([one, dots], [other, others]) => others - dots || (one < other ? -1 : 1))
  return counted.map(([idea, dots]) => ({
    idea,
    dots,
    place: counted.findIndex(([, others]) => others === dots) + 1,
    tied: counted.filter(([, others]) => others === dots).length > 1,
  }))
}

/** The dots of a theme's ideas in the latest ballot, or null while they are not due. */
export function dotsOf(board: Board, ideas: readonly Id[]): number | null {
  const tally = board.tallies[currentBallot(board)?.id ?? '']
  return tally ? ideas.reduce((sum, id) => sum + (tally[id] ?? 0), 0) : null
}

/** The colour that is used least, so that neighbours differ as long as they can. */
export function nextColour(board: Board): number {
  const used = new Array<number>(12).fill(0)
  for (const { colour } of Object.values(board.themes)) used[colour] = (used[colour] ?? 0) + 1
  return used.indexOf(Math.min(...used))
}

/** Which idea the dropped ones come to lie behind; undefined for the very first place. What is being dragged is no neighbour. */
export function afterOf(ideas: readonly Id[], over: Id | null, before: boolean, dragged: ReadonlySet<Id>): Id | undefined {
  let at = over === null ? ideas.length - 1 : ideas.indexOf(over) - (before ? 1 : 0)
  while (at >= 0 && dragged.has(ideas[at]!)) at--
  return ideas[at]
}

/** Whether dropping there would change anything. */
export function isSamePlace(ideas: readonly Id[], after: Id | undefined, dragged: ReadonlySet<Id>): boolean {
  const rest = ideas.filter((id) => !dragged.has(id))
  if (ideas.length - rest.length !== dragged.size) return false
  const at = after === undefined ? 0 : rest.indexOf(after) + 1
  const moved = ideas.filter((id) => dragged.has(id))
  return [...rest.slice(0, at), ...moved, ...rest.slice(at)].every((id, index) => id === ideas[index])
}
