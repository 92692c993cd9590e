import type { Ballot, Board, Id, MyBallot } from '../live/wire'

/** A person's dots on an idea and on those merged into it, which count together (F6). */
export const dotsOn = (my: MyBallot | undefined, group: readonly Id[]): number =>
  group.reduce((sum, idea) => sum + (my?.dots[idea] ?? 0), 0)

export const leftOf = (ballot: Ballot, my: MyBallot | undefined): number => my?.left ?? ballot.budget

/** What one more dot on this idea would be refused with, or null when it may be given. */
export function whyNoMore(ballot: Ballot, my: MyBallot | undefined, group: readonly Id[]): string | null {
  if (leftOf(ballot, my) <= 0) return 'budget-spent'
  return dotsOn(my, group) >= ballot.mostPerIdea ? 'most-per-idea' : null
}

/** Which idea of the group gives a dot back: the one that shows, if it has one. */
export const givesBack = (my: MyBallot | undefined, group: readonly Id[]): Id | undefined =>
  group.find((idea) => (my?.dots[idea] ?? 0) > 0)

/** A person's dots on ideas that this board does not show now, because they wait for a facilitator again. */
export const unseenDots = (board: Board, my: MyBallot | undefined): [idea: Id, dots: number][] =>
  Object.entries(my?.dots ?? {}).filter(([idea, dots]) => dots > 0 && !board.ideas[idea])
