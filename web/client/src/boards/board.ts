import type { Ballot, Board, Frame, Id, Idea, Lane, Theme } from '../live/wire'

export type { Ballot, Board, Facts, Frame, Idea, Lane, Theme } from '../live/wire'

export interface WithId {
  id: Id
}

export const emptyBoard = (board: Id): Board => ({
  board,
  audience: 'participants',
  version: 0,
  facts: {
    step: '',
    kind: 'ideas',
    writing: false,
    private: false,
    revealed: false,
    moderation: 'open',
    anonymous: false,
    closed: false,
    unrevealed: 0,
  },
  lanes: {},
  themes: {},
  ideas: {},
  ballots: {},
  tallies: {},
  counts: {},
  comments: {},
  reactions: {},
})

/** F2: what changed and changed back since a frame began is not in it, so it is news only for who holds what it begins at. */
export const leavesGap = (frame: Pick<Frame, 'since' | 'version'>, held: number): boolean =>
  frame.version > held && frame.since !== held && frame.since !== 0

/** F1. The same live, catching up and in replay; what did not change keeps its identity, so that it is not drawn again. */
export function merge(board: Board, frame: Frame): Board {
  // A frame since 0 is whole: it replaces instead of merging (F2).
  if (frame.since === 0 && board.version > 0) return merge({ ...emptyBoard(board.board), audience: board.audience, facts: board.facts }, frame)
  return {
    ...board,
    version: frame.version,
    facts: frame.facts ?? board.facts,
    subject: frame.subject ?? board.subject,
    lanes: mergeEntries(board.lanes, frame.lanes),
    themes: mergeEntries(board.themes, frame.themes),
    ideas: mergeEntries(board.ideas, frame.ideas),
    ballots: mergeVoters(mergeEntries(board.ballots, frame.ballots), frame.voters),
    tallies: mergeOneByOne(board.tallies, frame.tallies),
    counts: mergeOneByOne(board.counts, frame.counts),
    comments: mergeEntries(board.comments, frame.comments),
    reactions: mergeEntries(board.reactions, frame.reactions),
    ...(frame.alike ? { alike: mergeEntries(board.alike ?? {}, frame.alike) } : {}),
  }
}

/** Each entry replaces the one with its id; null removes it. */
export function mergeEntries<T>(now: Record<Id, T>, news: Record<Id, T | null> | null | undefined): Record<Id, T> {
  if (!news) return now
  const merged = { ...now }
  for (const [id, entry] of Object.entries(news)) {
    if (entry === null) delete merged[id]
    else merged[id] = entry
  }
  return merged
}

function mergeVoters(now: Board['ballots'], voters: Frame['voters']): Board['ballots'] {
  const known = Object.entries(voters ?? {}).flatMap(([id, n]) => (now[id] ? [[id, { ...now[id], voters: n }] as const] : []))
  return known.length > 0 ? { ...now, ...Object.fromEntries(known) } : now
}

type OfBallots<T> = Record<Id, Record<Id, T>>

function mergeOneByOne<T>(now: OfBallots<T>, news: Record<Id, Record<Id, T | null> | null> | null | undefined): OfBallots<T> {
  if (!news) return now
  const merged = { ...now }
  for (const [ballot, counts] of Object.entries(news)) {
    if (counts === null) delete merged[ballot]
    else merged[ballot] = mergeEntries(merged[ballot] ?? {}, counts)
  }
  return merged
}

/** F7: ordinal by rank, then id. Comparing strings with < is ordinal, localeCompare is not. */
export function inOrder<T extends { rank: string }>(entries: Record<Id, T>): (T & WithId)[] {
  return Object.entries(entries)
    .map(([id, entry]) => ({ ...entry, id }))
    .sort((one, other) => ordinal(one.rank, other.rank) || ordinal(one.id, other.id))
}

const ordinal = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0)

/** The ids of F7's order, for lists that look their entries up and so keep each one's identity. */
export function idsInOrder(entries: Record<Id, { rank: string }>): Id[] {
  return Object.keys(entries).sort(
    (one, other) => ordinal(entries[one]!.rank, entries[other]!.rank) || ordinal(one, other),
  )
}

export const lanesInOrder = (board: Board): (Lane & WithId)[] => inOrder(board.lanes)
export const themesInOrder = (board: Board): (Theme & WithId)[] => inOrder(board.themes)

/** The idea within which this one is shown: itself, or what it was merged into, however far. */
export function rootOf(ideas: Record<Id, Pick<Idea, 'into'>>, idea: Id): Id {
  if (!ideas[idea]?.into) return idea
  const seen = new Set<Id>()
  let root = idea
  for (;;) {
    const into = ideas[root]?.into
    if (!into || !ideas[into] || seen.has(into)) return root
    seen.add(root)
    root = into
  }
}

/** The merged ideas of each idea that has some. */
export function mergedInto(board: Board): Map<Id, Id[]> {
  const groups = new Map<Id, Id[]>()
  if (!Object.values(board.ideas).some((idea) => idea.into)) return groups
  for (const id of idsInOrder(board.ideas)) {
    const root = rootOf(board.ideas, id)
    if (root === id) continue
    const group = groups.get(root)
    if (group) group.push(id)
    else groups.set(root, [id])
  }
  return groups
}

/** The ballot that matters now: the open one, else the latest round. */
export function currentBallot(board: Board): (Ballot & WithId) | null {
  const ballots = Object.entries(board.ballots).map(([id, ballot]) => ({ ...ballot, id }))
  return ballots.sort((one, other) => Number(other.open) - Number(one.open) || other.round - one.round)[0] ?? null
}

/** Whether a ballot's counts are there (F5). */
export const isCounted = (board: Board, ballot: Id): boolean => !!board.tallies[ballot] || !!board.counts[ballot]

/** How many dots an idea has, or null while the counts are not due (F5). */
export const tallyOf = (board: Board, ballot: Id, idea: Id): number | null =>
  board.tallies[ballot] ? (board.tallies[ballot][idea] ?? 0) : null
