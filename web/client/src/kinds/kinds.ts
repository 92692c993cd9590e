import type { IconName } from '../design/Icon.svelte'
import type { Method } from '../live/wire'

/** What a step can be about, as one chooses among them. A kind is settings and a view over the same board. */
export const kinds = ['ideas', 'opinion', 'pulse', 'charter', 'journey', 'pilot', 'plan'] as const
export type Kind = (typeof kinds)[number]

/** A newer server may know more kinds than we: those are boards of ideas to us. */
export const kindOf = (kind: string): Kind => kinds.find((one) => one === kind) ?? 'ideas'

export const iconOfKind: Record<Kind, IconName> = {
  ideas: 'light',
  opinion: 'thumb',
  pulse: 'pulse',
  charter: 'hand',
  journey: 'route',
  pilot: 'star',
  plan: 'calendar',
}

/** How such a step votes, where nobody chose otherwise. */
export const methodOfKind: Partial<Record<Kind, Method>> = { opinion: 'agree', pulse: 'approval' }
