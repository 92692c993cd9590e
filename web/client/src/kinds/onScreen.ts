import type { Component } from 'svelte'
import type { Ballot, Board, Id, Presence, Time, Workshop } from '../live/wire'
import type { Stage } from '../screens/stage'
import type { Area, FontRange, Overflow } from '../screens/wall'
import type { Opens } from './view.svelte'

/** What the big screen and the replay give a kind's view. */
export interface ScreenProps {
  workshop: Workshop
  board: Board
  ballot: (Ballot & { id: Id }) | null
  stage: Stage
  /** Whether the hall waited for these results: then they come one after another. */
  roll: boolean
  fonts: (area: Area) => FontRange
  /** `pages` on the big screen, which nobody scrolls; `scroll` in a replay. */
  overflow: Overflow
  moveMs?: number
  /** Who is here; in a replay nobody is. */
  presence?: Presence | null
  /** The moment that is replayed. */
  at?: Time
}

export interface ScreenView {
  default: Component<ScreenProps>
  /** The stages that are its own, from its `<script module>`; in all others it looks like any board. */
  stages: readonly Stage[]
}

export const onScreen: Opens<ScreenView> = {
  charter: () => import('../charters/OnScreen.svelte'),
}
