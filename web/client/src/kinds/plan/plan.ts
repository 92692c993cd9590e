import { idsInOrder, rootOf } from '../../boards/board'
import type { BoardAction, Board, Id, Idea, PlanItem, PlanState, Source } from '../../live/wire'
import { planStates } from '../../live/wire'

/** An idea of the plan; one that nobody planned yet is to do, without owner or date. */
export interface Item {
  id: Id
  idea: Idea
  plan: PlanItem
}

export type Sorting = 'board' | 'due' | 'state'

const unplanned: PlanItem = { state: 'todo' }

export const planOf = (idea: Idea | undefined): PlanItem => idea?.plan ?? unplanned

/** All that stands by itself and everyone sees, in the board's order. */
export const itemsOf = (board: Board): Item[] =>
  idsInOrder(board.ideas)
    .filter((id) => board.ideas[id]!.state === 'shown' && rootOf(board.ideas, id) === id)
    .map((id) => ({ id, idea: board.ideas[id]!, plan: planOf(board.ideas[id]) }))

/** What was dropped is not left to do. */
export function progressOf(plans: readonly PlanItem[]): { done: number; doing: number; all: number } {
  const of = (state: PlanState) => plans.filter((plan) => plan.state === state).length
  return { done: of('done'), doing: of('doing'), all: plans.length - of('dropped') }
}

const isOpen = (plan: PlanItem): boolean => plan.state === 'todo' || plan.state === 'doing'

/** Its day is over and it is not done. `today`: as 2026-03-01. */
export const isLate = (plan: PlanItem, today: string): boolean => isOpen(plan) && !!plan.due && plan.due < today

/** By date: what is still to do first, without a date last; then what is done, then what was dropped. */
const byDue = (one: PlanItem, other: PlanItem): number =>
  group(one) - group(other) || compare(one.due ?? '9999', other.due ?? '9999')
const group = (plan: PlanItem): number => (isOpen(plan) ? 0 : plan.state === 'done' ? 1 : 2)
const byState = (one: PlanItem, other: PlanItem): number => rankOf(one) - rankOf(other) || compare(one.due ?? '9999', other.due ?? '9999')
const rankOf = (plan: PlanItem): number => ['doing', 'todo', 'done', 'dropped'].indexOf(plan.state)
const compare = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0)

/** A sort keeps equals in the order they had. */
export function sorted<T>(items: readonly T[], by: Sorting, planOf: (item: T) => PlanItem): T[] {
  if (by === 'board') return [...items]
  const order = by === 'due' ? byDue : byState
  return [...items].sort((one, other) => order(planOf(one), planOf(other)))
}

type SetPlan = Extract<BoardAction, { type: 'set-plan' }>

/** N1: what is absent stays, what is empty is cleared. */
export function planned(before: PlanItem | null | undefined, set: SetPlan): PlanItem {
  const kept = (said: string | undefined, was: string | null | undefined) => (said === undefined ? (was ?? null) : said.trim() || null)
  return { owner: kept(set.owner, before?.owner), due: kept(set.due, before?.due), measure: kept(set.measure, before?.measure), state: set.state ?? before?.state ?? planStates[0] }
}

/** Which ideas of which boards grew out of each idea, by board and idea. */
export function grownFrom(boards: readonly Board[]): Map<string, (Item & { board: Board })[]> {
  const grown = new Map<string, (Item & { board: Board })[]>()
  for (const board of boards)
    for (const item of itemsOf(board).map((item) => ({ ...item, board })))
      for (const source of item.idea.from ?? []) {
        const key = sourceKey(source)
        grown.set(key, [...(grown.get(key) ?? []), item])
      }
  return grown
}

/** Where an idea went, from step to step. */
export function wentFrom(grown: ReturnType<typeof grownFrom>, source: Source, found = new Set<Item & { board: Board }>()): (Item & { board: Board })[] {
  for (const item of grown.get(sourceKey(source)) ?? []) if (!found.has(item)) wentFrom(grown, { board: item.board.board, idea: item.id }, found.add(item))
  return [...found]
}

export const sourceKey = ({ board, idea }: Source): string => `${board} ${idea}`
