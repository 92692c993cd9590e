import type { Ballot, Board, Id, Method, Reason } from '../live/wire'
import { idsInOrder, isCounted, rootOf } from './board'

/** How often one value was given to an idea. */
export interface Part {
  value: number
  n: number
  /** Of all who said something of the idea, 0…1. */
  share: number
}

export interface Standing {
  idea: Id
  text: string
  colour: number | null
  /** What the method orders by: dots, people, a mean, a difference. */
  count: number
  /** 1 for the most. Who has as much shares the place, and the next place is as much further. */
  place: number
  tied: boolean
  /** Of the most that any idea has, 0…1; of no account where there are parts. */
  share: number
  /** What was said of it, value by value; none for methods that only count. */
  parts: readonly Part[]
  /** Where it stands on a plane of impact and effort, each 0 to 10. */
  spot: Spot | null
  /** Why people object to it. */
  reasons: readonly Reason[]
  /** How many said that they are sure, and how many that they are not. */
  sure: number
  unsure: number
}

export interface Spot {
  impact: number
  effort: number
}

type Values = Record<string, number>
type Choosing = Exclude<Method, 'dots'>

const sum = (numbers: readonly number[]): number => numbers.reduce((all, n) => all + n, 0)
const people = (values: Values): number => sum(Object.values(values))
const mean = (values: Values): number => sum(Object.entries(values).map(([value, n]) => Number(value) * n)) / Math.max(1, people(values))

/** F8: what may be said, in the order in which it is drawn, and what of it makes a place. */
const ways: Record<Choosing, { values: (ballot: Ballot) => readonly number[]; worth: (values: Values, ballot: Ballot, efforts: Values) => number }> = {
  approval: { values: () => [1], worth: people },
  score: { values: () => [5, 4, 3, 2, 1], worth: mean },
  rank: {
    values: (ballot) => Array.from({ length: ballot.budget }, (_, at) => at + 1),
    worth: (values, { budget }) => sum(Object.entries(values).map(([place, n]) => (budget + 1 - Number(place)) * n)),
  },
  // No value stands for itself on a plane: there are no parts.
  axes: { values: () => [], worth: (values, _, efforts) => mean(values) - mean(efforts) },
  consent: { values: () => [1, -1], worth: (values) => -(values['-1'] ?? 0) },
  agree: { values: () => [1, 0, -1], worth: (values) => (values['1'] ?? 0) - (values['-1'] ?? 0) },
}

/** What may be said of an idea, best first. */
export const valuesOf = (ballot: Ballot): readonly number[] => (ballot.method === 'dots' ? [] : ways[ballot.method].values(ballot))

/** Where each idea stood in the latest earlier round of the same method whose counts are there: what a second round shifted. */
export function before(board: Board, id: Id): ReadonlyMap<Id, Standing> {
  const now = board.ballots[id]
  const earlier = Object.entries(board.ballots)
    .filter(([other, { method, round }]) => now && method === now.method && round < now.round && isCounted(board, other))
    .sort(([, one], [, other]) => other.round - one.round)[0]
  return new Map((earlier ? standingsOf(board, earlier[0]) : []).map((standing) => [standing.idea, standing]))
}

const isSame = (one: number, other: number): boolean => Math.abs(one - other) < 1e-9

/** The ideas of which something was said, best first; empty while counts are not due. */
export function standingsOf(board: Board, id: Id): Standing[] {
  const ballot = board.ballots[id]
  const counted = idsInOrder(board.ideas)
    .filter((idea) => rootOf(board.ideas, idea) === idea && board.ideas[idea]!.state === 'shown')
    .map((idea) => ({ idea, ...countOf(board, id, ballot, idea) }))
    .filter((one) => one.isThere)
    .sort((one, other) => (isSame(one.count, other.count) ? 0 : other.count - one.count))
  const most = Math.max(1, counted[0]?.count ?? 1)
  return counted.map(({ idea, count, parts, spot }) => {
    const reasons = board.counts[id]?.[idea]?.reasons ?? []
    const { text, theme } = board.ideas[idea]!
    return {
      idea,
      text,
      colour: theme ? (board.themes[theme]?.colour ?? null) : null,
      count,
      place: counted.findIndex((other) => isSame(other.count, count)) + 1,
      tied: counted.filter((other) => isSame(other.count, count)).length > 1,
      share: Math.max(0, count / most),
      parts,
      spot,
      reasons,
      sure: people(board.counts[id]?.[idea]?.sure ?? {}),
      unsure: people(board.counts[id]?.[idea]?.unsure ?? {}),
    }
  })
}

function countOf(board: Board, id: Id, ballot: Ballot | undefined, idea: Id): { count: number; isThere: boolean; parts: Part[]; spot: Spot | null } {
  if (!ballot || ballot.method === 'dots') {
    const count = board.tallies[id]?.[idea] ?? 0
    return { count, isThere: count > 0, parts: [], spot: null }
  }
  const values = board.counts[id]?.[idea]?.values ?? {}
  const efforts = board.counts[id]?.[idea]?.efforts ?? {}
  const spot = ballot.method === 'axes' ? { impact: mean(values), effort: mean(efforts) } : null
  const all = people(values)
  const drawn = ways[ballot.method].values(ballot)
  const parts = drawn.length < 2 ? [] : drawn.map((value) => ({ value, n: values[value] ?? 0, share: (values[value] ?? 0) / Math.max(1, all) }))
  return { count: ways[ballot.method].worth(values, ballot, efforts), isThere: all > 0, parts, spot }
}
