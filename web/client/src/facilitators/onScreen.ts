import { inRoom as t } from '../i18n/inRoom'
import type { Id, ScreenView } from '../live/wire'
import type { Desk } from './desk.svelte'

/** Turns the big screens, as a deed that can be taken back. Nothing: they go their own course. */
export function showOnScreen(desk: Desk, view: ScreenView | null, idea?: Id): Promise<boolean> {
  return desk.do(t(`deed.screen.${view ?? 'course'}`), [{ type: 'show-on-screen', ...(view ? { view } : {}), ...(idea ? { idea } : {}) }], { say: true })
}

export const isOnScreen = (desk: Desk, idea: Id): boolean => desk.board?.facts.screen?.view === 'idea' && desk.board.facts.screen.idea === idea

/** What the room cannot see cannot be shown to it. */
export const canBeShown = (desk: Desk, idea: Id): boolean => !desk.locked && desk.board?.ideas[idea]?.state === 'shown'

export function toggleOnScreen(desk: Desk, idea: Id): void {
  if (isOnScreen(desk, idea)) void showOnScreen(desk, null)
  else if (canBeShown(desk, idea)) void showOnScreen(desk, 'idea', idea)
}
