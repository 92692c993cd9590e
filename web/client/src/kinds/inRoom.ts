import type { Component, Snippet } from 'svelte'
import type { Now } from '../boards/now'
import type { Session } from '../live/session.svelte'
import type { Ballot, Board, Id, Lane, Mine } from '../live/wire'
import type { Opens } from './view.svelte'

/** What the room gives a kind's view, which stands in place of its ideas and results. */
export interface RoomProps {
  session: Session
  board: Board
  mine: Mine | null
  /** The one that matters now. */
  ballot: (Ballot & { id: Id }) | null
  /** Its counts are there, and it is over. */
  isCounted: boolean
  /** The ideas merged into each idea. */
  groups: ReadonlyMap<Id, readonly Id[]>
  lanes: readonly (Lane & { id: Id })[]
  isPrivate: boolean
  now: Now | null
  /** The lane that is looked at, where writing begins. */
  lane: Id | null
  /** What a board of ideas shows, for views that add to it. */
  results: Snippet
  ideas: Snippet<[way?: ListWay]>
}

/** What an idea carries beside its text. */
export interface Extra {
  feel?: number
}
export type ExtraField = Component<{ value: Extra }, object, 'value'>

/** What a kind does otherwise with the list of a board's ideas. */
export interface ListWay {
  /** What comes first where nobody chose otherwise, and what that is called. */
  order?: { word: string; sort: (ids: readonly Id[]) => Id[] }
  /** Stands on each card, below its text. */
  more?: Snippet<[Id]>
  /** Lanes are chosen elsewhere. */
  lanesElsewhere?: boolean
  /** Where one edits what is chosen beside the text. */
  Extra?: ExtraField
}

/** A view's module; what it says otherwise than a board of ideas it exports from its `<script module>`. */
export interface RoomView {
  default: Component<RoomProps, object, 'lane'>
  /** What one does just now. */
  nowWords?: (now: Now, board: Board, ballot: Ballot | null) => string | undefined
  /** What stands in the empty write box. */
  /** Whether it says by itself what the board is about. */
  saysSubject?: boolean
  /** Whether it says by itself what one has marked in an approval. */
  saysVote?: boolean
  placeholder?: (board: Board, lane: Id | null) => string
  /** What is chosen beside the text when one writes. */
  Extra?: ExtraField
  /** One looks at one lane at a time, and writes there. */
  oneLane?: boolean
  /** Whether it writes by itself: then there is no write box. */
  writesItself?: boolean
}

export const inRoom: Opens<RoomView> = {
  charter: () => import('../charters/InRoom.svelte'),
  opinion: () => import('./opinion/Room.svelte'),
  pilot: () => import('./pilot/Room.svelte'),
  pulse: () => import('./pulse/Room.svelte'),
  journey: () => import('./journey/InRoom.svelte'),
  plan: () => import('./plan/InRoom.svelte'),
}
