import type { Board, Comment, Id, Idea, Mine, Reactions } from '../live/wire'
import { reactionKinds } from '../live/wire'
import type { WithId } from './board'
import { rootOf } from './board'

/** A comment as a list shows it; one's own also while nobody else reads it. */
export type Said = Comment & WithId & { mine: boolean }

const inTime = (one: Said, other: Said): number => one.at - other.at || (one.id < other.id ? -1 : 1)

/** What was said of these ideas, first to last (F10), with one's own that wait or are hidden. */
export function saidOf(board: Board, mine: Mine | null, ideas: readonly Id[]): Said[] {
  const of = new Set(ideas)
  const own = mine?.comments ?? {}
  const seen = Object.entries(board.comments)
    .filter(([id, comment]) => of.has(comment.idea) && own[id]?.state !== 'withdrawn')
    .map(([id, comment]): Said => ({ ...comment, id, mine: !!own[id] }))
  const only = Object.entries(own).flatMap(([id, { state, ...comment }]): Said[] =>
    of.has(comment.idea) && !board.comments[id] && state !== 'withdrawn' ? [{ ...comment, state, id, mine: true }] : [],
  )
  return [...seen, ...only].sort(inTime)
}

/** How many comments everyone reads of each idea; those of merged ideas count where they are shown. */
export function commentCounts(comments: Record<Id, Comment>, ideas: Record<Id, Pick<Idea, 'into'>>): Map<Id, number> {
  const counts = new Map<Id, number>()
  for (const { idea, state } of Object.values(comments)) {
    if (state !== 'shown') continue
    const root = rootOf(ideas, idea)
    counts.set(root, (counts.get(root) ?? 0) + 1)
  }
  return counts
}

export const sumOf = (reactions: Reactions | undefined): number => reactionKinds.reduce((sum, kind) => sum + (reactions?.[kind] ?? 0), 0)

/** What the team says of an idea: of what it was merged into, since that is what is decided about (F12). */
export const teamOn = (board: Board, idea: Id): Pick<Idea, 'status' | 'note' | 'reply'> => board.ideas[rootOf(board.ideas, idea)] ?? {}
