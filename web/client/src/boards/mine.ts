import type { Id, Mine, MineFrame } from '../live/wire'
import { mergeEntries } from './board'

export type { Mine, MineFrame, MyBallot, MyIdea } from '../live/wire'

export const emptyMine = (board: Id): Mine => ({ board, version: 0, ideas: {}, ballots: {}, comments: {}, reactions: {} })

/** As boards merge: a frame since 0 is whole (F2). */
export function mergeMine(mine: Mine, frame: MineFrame): Mine {
  const before = frame.since === 0 ? emptyMine(mine.board) : mine
  return {
    ...before,
    version: frame.version,
    ideas: mergeEntries(before.ideas, frame.ideas),
    ballots: mergeEntries(before.ballots, frame.ballots),
    comments: mergeEntries(before.comments, frame.comments),
    reactions: mergeEntries(before.reactions, frame.reactions),
    ...(frame.themes ? { themes: mergeEntries(before.themes ?? {}, frame.themes) } : {}),
  }
}
