import type { Ballot, Facts } from '../live/wire'

export type Now = 'private' | 'approve' | 'write' | 'vote' | 'sort' | 'pairs' | 'counting' | 'results' | 'read' | 'listen' | 'ended'

/** What a participant does on a board just now; the room says it in words. Voting comes first when both are open. */
export function nowOn(facts: Facts, ballot: Ballot | null, isCounted: boolean, hasIdeas: boolean, isEnded: boolean): Now {
  if (isEnded || facts.closed) return 'ended'
  if (ballot?.open) return 'vote'
  if (facts.sorting && hasIdeas) return facts.sorting === 'pairs' ? 'pairs' : 'sort'
  if (facts.writing) return facts.private && !facts.revealed ? 'private' : facts.moderation === 'approve' ? 'approve' : 'write'
  if (ballot) return isCounted ? 'results' : 'counting'
  return hasIdeas ? 'read' : 'listen'
}
