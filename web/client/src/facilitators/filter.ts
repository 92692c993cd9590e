import type { Search } from '../boards/search'
import { isFoundIn } from '../boards/search'
import type { Board, Id, Status } from '../live/wire'

/** Which ideas a facilitator wants to see; null: whatever it is. */
export interface Filter {
  search: Search | null
  /** Of the other arrangement: among lanes a theme, among themes a lane. `''`: no theme. */
  theme: Id | null
  lane: Id | null
  status: Status | null
  /** Only these: what a group of people wrote (R6). */
  ideas: ReadonlySet<Id> | null
}

export const isFiltering = (filter: Filter): boolean => Object.values(filter).some((one) => one !== null)

/** An idea is found by its own words and by those of what was merged into it. */
export const shownBy =
  (filter: Filter, board: Board, merged: ReadonlyMap<Id, readonly Id[]>) =>
  (id: Id): boolean => {
    const idea = board.ideas[id]
    if (!idea) return false
    if (filter.lane !== null && idea.lane !== filter.lane) return false
    if (filter.theme !== null && (idea.theme && board.themes[idea.theme] ? idea.theme : '') !== filter.theme) return false
    if (filter.status !== null && (idea.status ?? 'received') !== filter.status) return false
    if (filter.ideas && ![id, ...(merged.get(id) ?? [])].some((one) => filter.ideas!.has(one))) return false
    return [id, ...(merged.get(id) ?? [])].some((one) => isFoundIn(filter.search, board.ideas[one]?.text ?? ''))
  }
