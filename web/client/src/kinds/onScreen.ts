import type { Component } from 'svelte'
import type { Ballot, Board, Id, Opinions, Presence, Time, Workshop } from '../live/wire'
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
  moveMs?: number | undefined
  /** What the room thinks; in a replay what it thought then. */
  opinions?: Opinions | null
  /** Who is here; in a replay nobody is. */
  presence?: Presence | null
  /** The moment that is replayed. */
  at?: Time
}

export interface ScreenView {
  default: Component<ScreenProps>
  /** The stages that are its own, from its `<script module>`; in all others it looks like any board. */
  stages: readonly Stage[]
  /** What it says otherwise beside the step's title: what is so, and how one takes part; empty: nothing. */
  says?: (stage: Stage, board: Board) => { title?: string; how?: string } | null
  /** In which of them it says by itself what the board is about. */
  saysSubject?: readonly Stage[]
}

export const onScreen: Opens<ScreenView> = {
  charter: () => import('../charters/OnScreen.svelte'),
  opinion: () => import('./opinion/Screen.svelte'),
  pilot: () => import('./pilot/Screen.svelte'),
  pulse: () => import('./pulse/Screen.svelte'),
  journey: () => import('./journey/OnScreen.svelte'),
  plan: () => import('./plan/OnScreen.svelte'),
}
