import { idsInOrder, rootOf } from '../boards/board'
import { rankBetween } from '../boards/rank'
import type { Guess } from '../boards/view.svelte'
import { planned } from '../kinds/plan/plan'
import type { Ballot, Board, BoardAction, Command, Comment, Id, Idea } from '../live/wire'

/** What a facilitator's command will most likely do to the board, so that a drag lands where it was dropped without
 *  waiting for the server. Undo has no guess: what it brings back, only the server remembers. */
export function facilitatorGuess(command: Command, now: number): Guess | undefined {
  const lay = layOf(command as BoardAction, now)
  return lay && { board: lay }
}

type Lay = (board: Board) => Board

function layOf(action: BoardAction, now: number): Lay | undefined {
  switch (action.type) {
    case 'add-idea':
      return (board) => withAdded(board, action, now)
    case 'edit-idea':
      return ideaLay(action.idea, (idea) => {
        const [text, wrote] = [action.text.trim(), idea.original ?? idea.text]
        return { ...idea, text, edited: true, original: text === wrote ? null : wrote }
      })
    case 'approve-idea':
      return approved([action.idea])
    case 'approve-ideas':
      return approved(action.ideas)
    case 'hide-idea':
      return manyLay([action.idea], (idea) => ({ ...idea, state: 'hidden', reason: action.reason }))
    case 'hide-ideas':
      return manyLay(action.ideas, (idea) => ({ ...idea, state: 'hidden', reason: action.reason }))
    case 'show-idea':
      return ideaLay(action.idea, (idea) => (idea.state === 'hidden' ? { ...idea, state: 'shown', reason: null } : idea))
    case 'move-idea':
      return (board) => withMoved(board, [action.idea], action.lane, action.after)
    case 'move-ideas':
      return (board) => withMoved(board, action.ideas, action.lane, action.after)
    case 'theme-idea':
      return themed([action.idea], action.theme)
    case 'theme-ideas':
      return themed(action.ideas, action.theme)
    case 'merge-idea':
      return (board) => withMerged(board, [action.idea], action.into)
    case 'merge-ideas':
      return (board) => withMerged(board, action.ideas, action.into)
    case 'unmerge-idea':
      return ideaLay(action.idea, (idea) => ({ ...idea, into: null }))
    case 'add-theme':
      return (board) =>
        board.themes[action.theme]
          ? board
          : { ...board, themes: { ...board.themes, [action.theme]: { title: action.title.trim(), colour: action.colour, rank: lastRank(board.themes) } } }
    case 'rename-theme':
      return (board) => ({ ...board, themes: changed(board.themes, action.theme, (theme) => ({ ...theme, title: action.title.trim() })) })
    case 'remove-theme':
      return (board) => withoutTheme(board, action.theme)
    case 'approve-theme':
      return (board) => ({ ...board, themes: changed(board.themes, action.theme, (theme) => ({ ...theme, waiting: null })) })
    case 'accept-themes':
      return (board) => action.themes.reduce(withAccepted, board)
    case 'merge-themes':
      return (board) => withMergedTheme(board, action.theme, action.into)
    case 'split-theme':
      return (board) => {
        const { theme, part, title, colour, ideas } = action
        if (!board.themes[theme] || board.themes[part]) return board
        const there = ideas.filter((id) => board.ideas[id]?.theme === theme)
        return { ...withIdeas(board, there, (idea) => ({ ...idea, theme: part })), themes: { ...board.themes, [part]: { title: title.trim(), colour, from: theme, rank: lastRank(board.themes) } } }
      }
    case 'add-lane':
      return (board) =>
        board.lanes[action.lane]
          ? board
          : { ...board, lanes: { ...board.lanes, [action.lane]: { title: action.title.trim(), rank: lastRank(board.lanes) } } }
    case 'rename-lane':
      return (board) => ({ ...board, lanes: changed(board.lanes, action.lane, (lane) => ({ ...lane, title: action.title.trim() })) })
    case 'remove-lane':
      return (board) => ({ ...board, lanes: without(board.lanes, action.lane) })
    case 'change-settings':
      return (board) => ({
        ...board,
        facts: { ...board.facts, moderation: action.moderation ?? board.facts.moderation, private: action.private ?? board.facts.private, ...(action.sorting ? { sorting: action.sorting === 'facilitators' ? null : action.sorting } : {}) },
      })
    case 'open-writing':
      return (board) => ({ ...board, facts: { ...board.facts, writing: true } })
    case 'close-writing':
      return (board) => ({ ...board, facts: { ...board.facts, writing: false } })
    case 'add-comment':
      return (board) => {
        const { idea, text, language = null } = action
        return board.comments[action.comment] ? board : { ...board, comments: { ...board.comments, [action.comment]: { idea, text, language, at: now, state: 'shown', team: true } } }
      }
    case 'edit-comment':
      return commentLay(action.comment, (comment) => ({ ...comment, text: action.text, edited: true }))
    case 'withdraw-comment':
      return (board) => ({ ...board, comments: without(board.comments, action.comment) })
    case 'approve-comment':
      return commentLay(action.comment, (comment) => ({ ...comment, state: 'shown' }))
    case 'hide-comment':
      return commentLay(action.comment, (comment) => ({ ...comment, state: 'hidden', reason: action.reason }))
    case 'show-comment':
      return commentLay(action.comment, (comment) => ({ ...comment, state: 'shown', reason: null }))
    case 'reply-to-idea':
      return ideaLay(action.idea, (idea) => ({ ...idea, reply: action.text ? { text: action.text, language: action.language ?? null, at: now } : null }))
    case 'set-status':
      return ideaLay(action.idea, (idea) => ({ ...idea, status: action.status === 'received' ? null : action.status, note: action.note ?? null }))
    case 'set-plan':
      return ideaLay(action.idea, (idea) => ({ ...idea, plan: planned(idea.plan, action) }))
    case 'open-ballot':
      return (board) => withBallot(board, action)
    case 'close-ballot':
      return (board) => ({ ...board, ballots: changed(board.ballots, action.ballot, (ballot) => ({ ...ballot, open: false })) })
    default:
      // What comes to light by a reveal only the server knows.
      return undefined
  }
}

const approved = (ideas: Id[]): Lay => (board) =>
  withIdeas(board, ideas, (idea) => (idea.state === 'waiting' ? { ...idea, state: isPrivate(board) ? 'unrevealed' : 'shown' } : idea))

const themed = (ideas: Id[], theme: Id | undefined): Lay => (board) =>
  theme && !board.themes[theme] ? board : withIdeas(board, ideas, (idea) => ({ ...idea, theme: theme ?? null }))

const isPrivate = (board: Board): boolean => board.facts.private && !board.facts.revealed

function withAdded(board: Board, action: Extract<BoardAction, { type: 'add-idea' }>, now: number): Board {
  if (board.ideas[action.idea]) return board
  const idea: Idea = {
    lane: action.lane,
    text: action.text.trim(),
    language: action.language ?? null,
    rank: lastRank(board.ideas),
    at: now,
    state: 'shown',
    ...(action.from ? { from: action.from } : {}),
    ...(action.feel === undefined ? {} : { feel: action.feel }),
  }
  return { ...board, ideas: { ...board.ideas, [action.idea]: idea } }
}

/** Right behind `after`, or first: among all ideas of the lane, as the server orders them. */
function withMoved(board: Board, moved: Id[], lane: Id, after: Id | undefined): Board {
  if (!board.lanes[lane] || (after !== undefined && moved.includes(after))) return board
  const moving = new Set(moved)
  const others = idsInOrder(board.ideas).filter((other) => !moving.has(other) && board.ideas[other]!.lane === lane)
  const at = after === undefined ? 0 : others.indexOf(after) + 1
  if (after !== undefined && at === 0) return board
  const rankAt = (index: number): string | null => (others[index] === undefined ? null : board.ideas[others[index]]!.rank)
  let rank = at === 0 ? null : rankAt(at - 1)
  const ranks = new Map(moved.map((id) => [id, (rank = rankBetween(rank, rankAt(at)))]))
  return withIdeas(board, moved, (idea, id) => ({ ...idea, lane, rank: ranks.get(id)! }))
}

/** What was merged into the one is now within the other as well. */
function withMerged(board: Board, merged: Id[], into: Id): Board {
  if (!board.ideas[into]) return board
  const root = rootOf(board.ideas, into)
  const merging = new Set(merged.filter((id) => id !== root && id !== into))
  const ideas = { ...board.ideas }
  for (const [id, idea] of Object.entries(board.ideas)) if (merging.has(id) || merging.has(idea.into ?? '')) ideas[id] = { ...idea, into: root }
  return { ...board, ideas }
}

function withoutTheme(board: Board, theme: Id): Board {
  const ideas = { ...board.ideas }
  for (const [id, idea] of Object.entries(board.ideas)) if (idea.theme === theme) ideas[id] = { ...idea, theme: null }
  return { ...board, ideas, themes: without(board.themes, theme) }
}

function withMergedTheme(board: Board, theme: Id, into: Id): Board {
  const [one, other] = [board.themes[theme], board.themes[into]]
  if (!one || !other || theme === into) return board
  const moved = Object.keys(board.ideas).filter((id) => board.ideas[id]!.theme === theme)
  const madeOf = [...(other.madeOf ?? []), ...(one.madeOf ?? []), { title: one.title, ideas: moved.length }]
  return { ...withIdeas(board, moved, (idea) => ({ ...idea, theme: into })), themes: { ...without(board.themes, theme), [into]: { ...other, waiting: null, madeOf } } }
}

/** What somebody placed meanwhile stays where it is. Of ideas that are not named only the server knows. */
function withAccepted(board: Board, { theme, title, colour, ideas = [] }: Extract<BoardAction, { type: 'accept-themes' }>['themes'][number]): Board {
  const free = ideas.filter((id) => board.ideas[id] && !board.ideas[id].theme)
  if (free.length === 0) return board
  const themes = board.themes[theme] ? board.themes : { ...board.themes, [theme]: { title: title.trim(), colour, rank: lastRank(board.themes) } }
  return { ...withIdeas(board, free, (idea) => ({ ...idea, theme })), themes }
}

function withBallot(board: Board, action: Extract<BoardAction, { type: 'open-ballot' }>): Board {
  if (board.ballots[action.ballot] || Object.values(board.ballots).some((ballot) => ballot.open)) return board
  const { method, budget = 0, mostPerIdea = 0, counts, anonymous } = action
  const round = Object.keys(board.ballots).length + 1
  const ballot: Ballot = { method, round, budget, mostPerIdea, counts, anonymous, open: true, revealed: false, voters: 0 }
  return { ...board, ballots: { ...board.ballots, [action.ballot]: ballot } }
}

const manyLay =
  (ids: Id[], change: (idea: Idea) => Idea): Lay =>
  (board) =>
    withIdeas(board, ids, change)

/** In one copy of the board, however many they are. */
function withIdeas(board: Board, ids: Id[], change: (idea: Idea, id: Id) => Idea): Board {
  if (!ids.some((id) => board.ideas[id])) return board
  const ideas = { ...board.ideas }
  for (const id of ids) if (ideas[id]) ideas[id] = change(ideas[id], id)
  return { ...board, ideas }
}

const ideaLay =
  (id: Id, change: (idea: Idea) => Idea): Lay =>
  (board) =>
    withIdea(board, id, change)

const commentLay =
  (id: Id, change: (comment: Comment) => Comment): Lay =>
  (board) => ({ ...board, comments: changed(board.comments, id, change) })

const withIdea = (board: Board, id: Id, change: (idea: Idea) => Idea): Board => ({ ...board, ideas: changed(board.ideas, id, change) })

function changed<T>(entries: Record<Id, T>, id: Id, change: (entry: T) => T): Record<Id, T> {
  const entry = entries[id]
  return entry === undefined ? entries : { ...entries, [id]: change(entry) }
}

function without<T>(entries: Record<Id, T>, id: Id): Record<Id, T> {
  const { [id]: _, ...rest } = entries
  return rest
}

const lastRank = (entries: Record<Id, { rank: string }>): string =>
  rankBetween(Object.values(entries).reduce((last, { rank }) => (rank > last ? rank : last), ''), null)
