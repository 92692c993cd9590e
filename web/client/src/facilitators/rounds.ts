import { kindOf } from '../kinds/kinds'
import type { Kind } from '../kinds/kinds'
import type { Ballot, BallotPreset, Board, Counts, Method } from '../live/wire'

/** How a round of voting goes. */
export interface Round {
  method: Method
  budget: number
  mostPerIdea: number
  counts: Counts
  anonymous: boolean
}

const usual: Round = { method: 'dots', budget: 3, mostPerIdea: 1, counts: 'close', anonymous: true }

const ofKind: Partial<Record<Kind, Partial<Round>>> = {
  // What the room thinks grows while it votes.
  opinion: { method: 'agree', counts: 'live' },
  pulse: { method: 'approval', counts: 'live' },
}

/** What is offered for the next round: what the last one was; before the first what the step was made for; else what suits its kind. */
export function nextRound(board: Pick<Board, 'facts'> | null, preset: BallotPreset | null | undefined, last: Ballot | null): Round {
  const kind = { ...usual, ...(board ? ofKind[kindOf(board.facts.kind)] : {}) }
  const said = last ?? preset
  if (!said) return kind
  return {
    method: said.method,
    budget: said.budget || kind.budget,
    mostPerIdea: said.mostPerIdea || kind.mostPerIdea,
    counts: said.counts ?? (said.method === kind.method ? kind : usual).counts,
    anonymous: said.anonymous ?? kind.anonymous,
  }
}

/** What opening it says; a method without a budget says none. */
export const termsOf = ({ method, budget, mostPerIdea, counts, anonymous }: Round): Round | Omit<Round, 'budget' | 'mostPerIdea'> | Omit<Round, 'mostPerIdea'> => {
  const terms = { method, counts, anonymous }
  return method === 'dots' ? { ...terms, budget, mostPerIdea: Math.min(mostPerIdea, budget) } : method === 'rank' ? { ...terms, budget: Math.min(budget, 10) } : terms
}

/** Steps that live by voting begin a round at a touch, without a question. */
export const opensAtOnce = (kind: string): boolean => kind === 'opinion' || kind === 'pulse'
