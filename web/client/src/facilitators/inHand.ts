import type { Held, Id } from '../live/wire'
import type { Question } from './desk.svelte'

export type Hold = Partial<Pick<Held, 'board' | 'ideas' | 'how'>>

/** As many as one tells others of (R5). */
const mostHeld = 20

/** What others have in hand on this board, by idea; of several the first. */
export function inHandOf(held: readonly Held[], me: Id, board: Id | undefined): ReadonlyMap<Id, Held> {
  const hands = new Map<Id, Held>()
  for (const one of held)
    if (one.by !== me && one.board === board) for (const idea of one.ideas) if (!hands.has(idea)) hands.set(idea, one)
  return hands
}

/** What this desk has in hand: what is dragged, else what is asked about, else where the keyboard is in the queue. */
export function holdOf(board: Id | undefined, dragged: Iterable<Id>, question: Question | null, inQueue: Id | null): Hold {
  if (!board) return {}
  const hold = (how: Held['how'], ideas: readonly Id[]): Hold => (ideas.length > 0 ? { board, ideas: ideas.slice(0, mostHeld), how } : {})
  const drag = [...dragged]
  if (drag.length > 0) return hold('drag', drag)
  if (question && 'idea' in question) return hold(question.about === 'edit' ? 'edit' : 'open', [question.idea])
  if (question && 'ideas' in question) return hold('open', question.ideas)
  return hold('open', question || inQueue === null ? [] : [inQueue])
}
