import type { Board, Command, Id, Idea, Mine, MyIdea, Vote } from '../live/wire'
import type { Guess } from './view.svelte'

/** What a participant's command will most likely do. A pure function of the command, so that a guess can be laid again
 *  after a reload from the command alone. */
export function participantGuess(command: Command, now: number): Guess | undefined {
  switch (command.type) {
    case 'add-idea':
      return { board: (board) => withAdded(board, command, now), mine: (mine, board) => withMyIdea(mine, board, command, now) }
    case 'edit-idea':
      return {
        board: (board) => withIdea(board, command.idea, (idea) => ({ ...idea, text: command.text, ...felt(command), edited: true })),
        mine: (mine) => withMine(mine, command.idea, (idea) => ({ ...idea, text: command.text, ...felt(command) })),
      }
    case 'withdraw-idea':
      return {
        board: (board) => ({ ...board, ideas: without(board.ideas, command.idea) }),
        mine: (mine) => withMine(mine, command.idea, (idea) => ({ ...idea, state: 'withdrawn' })),
      }
    case 'cast-vote':
      return {
        mine: (mine, board) =>
          'dots' in command
            ? withDots(mine, board, command.ballot, command.idea, command.dots)
            : withVote(mine, board, command.ballot, command.idea, command.vote),
      }
    case 'add-comment':
      return { board: (board) => withComment(board, command, now), mine: (mine, board) => withMyComment(mine, board, command, now) }
    case 'edit-comment':
      return {
        board: (board) => ({ ...board, comments: changed(board.comments, command.comment, (comment) => ({ ...comment, text: command.text, edited: true })) }),
        mine: (mine) => ({ ...mine, comments: changed(mine.comments, command.comment, (comment) => ({ ...comment, text: command.text })) }),
      }
    case 'withdraw-comment':
      return {
        board: (board) => ({ ...board, comments: without(board.comments, command.comment) }),
        mine: (mine) => ({ ...mine, comments: changed(mine.comments, command.comment, (comment) => ({ ...comment, state: 'withdrawn' })) }),
      }
    case 'react':
      return {
        board: (board) => withReaction(board, command),
        mine: (mine) => ({ ...mine, reactions: { ...mine.reactions, [command.idea]: { ...mine.reactions[command.idea], [command.reaction]: command.on ? 1 : 0 } } }),
      }
    default:
      return undefined
  }
}

type AddComment = Extract<Command, { type: 'add-comment' }>

function withReaction(board: Board, { idea, reaction, on }: Extract<Command, { type: 'react' }>): Board {
  const counts = board.reactions[idea] ?? {}
  return { ...board, reactions: { ...board.reactions, [idea]: { ...counts, [reaction]: Math.max(0, (counts[reaction] ?? 0) + (on ? 1 : -1)) } } }
}

/** The comment as it will be read by others: at once, or once a facilitator has read it. */
function withComment(board: Board, command: AddComment, now: number): Board {
  if (board.facts.moderation === 'approve' || board.comments[command.comment] || !board.ideas[command.idea]) return board
  const { idea, text, language = null } = command
  return { ...board, comments: { ...board.comments, [command.comment]: { idea, text, language, at: now, state: 'shown' } } }
}

function withMyComment(mine: Mine, board: Board, command: AddComment, now: number): Mine {
  if (mine.comments[command.comment]) return mine
  const { idea, text, language = null } = command
  const state = board.facts.moderation === 'approve' ? 'waiting' : 'shown'
  return { ...mine, comments: { ...mine.comments, [command.comment]: { idea, text, language, at: now, state } } }
}

function changed<T>(entries: Record<Id, T>, id: Id, change: (entry: T) => T): Record<Id, T> {
  const entry = entries[id]
  return entry ? { ...entries, [id]: change(entry) } : entries
}

type AddIdea = Extract<Command, { type: 'add-idea' }>

const felt = ({ feel }: { feel?: number }): { feel?: number } => (feel === undefined ? {} : { feel })
const aboutOf = ({ proposal }: AddIdea) => (proposal ? { proposal } : {})

const isPrivate = (board: Board): boolean => board.facts.private && !board.facts.revealed

function withAdded(board: Board, command: AddIdea, now: number): Board {
  if (isPrivate(board) || board.facts.moderation === 'approve' || board.ideas[command.idea]) return board
  const idea: Idea = {
    lane: command.lane,
    text: command.text,
    language: command.language ?? null,
    // After every rank there is, in the order of sending: the server's own rank soon replaces it.
    rank: `~${String(now).padStart(15, '0')}`,
    at: now,
    state: 'shown',
    ...felt(command),
    ...aboutOf(command),
  }
  return { ...board, ideas: { ...board.ideas, [command.idea]: idea } }
}

function withMyIdea(mine: Mine, board: Board, command: AddIdea, now: number): Mine {
  if (mine.ideas[command.idea]) return mine
  const state: MyIdea['state'] = isPrivate(board) ? 'private' : board.facts.moderation === 'approve' ? 'waiting' : 'shown'
  const idea: MyIdea = { lane: command.lane, text: command.text, language: command.language ?? null, state, at: now, ...felt(command), ...aboutOf(command) }
  return { ...mine, ideas: { ...mine.ideas, [command.idea]: idea } }
}

function withIdea(board: Board, id: Id, change: (idea: Idea) => Idea): Board {
  const idea = board.ideas[id]
  return idea ? { ...board, ideas: { ...board.ideas, [id]: change(idea) } } : board
}

function withMine(mine: Mine, id: Id, change: (idea: MyIdea) => MyIdea): Mine {
  const idea = mine.ideas[id]
  return idea ? { ...mine, ideas: { ...mine.ideas, [id]: change(idea) } } : mine
}

function withVote(mine: Mine, board: Board, ballot: Id, idea: Id, vote: Vote | undefined): Mine {
  const before = mine.ballots[ballot] ?? { left: board.ballots[ballot]?.budget ?? 0, dots: {} }
  // A place in a ranking holds one idea: what stood there loses it.
  const others = Object.entries(before.votes ?? {}).filter(
    ([other, there]) => other !== idea && !(board.ballots[ballot]?.method === 'rank' && vote && there.value === vote.value),
  )
  const votes = Object.fromEntries(vote ? [...others, [idea, vote] as const] : others)
  return { ...mine, ballots: { ...mine.ballots, [ballot]: { ...before, votes } } }
}

function withDots(mine: Mine, board: Board, ballot: Id, idea: Id, dots: number): Mine {
  const before = mine.ballots[ballot] ?? { left: board.ballots[ballot]?.budget ?? 0, dots: {} }
  const left = before.left + (before.dots[idea] ?? 0) - dots
  const now = dots > 0 ? { ...before.dots, [idea]: dots } : without(before.dots, idea)
  return { ...mine, ballots: { ...mine.ballots, [ballot]: { left: Math.max(0, left), dots: now } } }
}

function without<T>(entries: Record<Id, T>, id: Id): Record<Id, T> {
  const { [id]: _, ...rest } = entries
  return rest
}
