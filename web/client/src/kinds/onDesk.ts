import type { Component } from 'svelte'
import type { Desk } from '../facilitators/desk.svelte'
import type { Opens } from './view.svelte'

/** A kind's view stands in place of the BoardArea, and may hold one. */
export interface DeskView {
  default: Component<{ desk: Desk }>
}

export const onDesk: Opens<DeskView> = {
  charter: () => import('../charters/OnDesk.svelte'),
  opinion: () => import('./opinion/Desk.svelte'),
  pulse: () => import('./pulse/Desk.svelte'),
  journey: () => import('./journey/OnDesk.svelte'),
  plan: () => import('./plan/OnDesk.svelte'),
}
