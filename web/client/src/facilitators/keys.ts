import { offersBringing } from './bringing'
import type { Desk } from './desk.svelte'

export const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable || target.matches('textarea, select, input:not([type="radio"], [type="checkbox"])'))

/** By what key it lies on, where the letters of the layout are not Latin: M is M on a Hebrew keyboard too. */
export const letterOf = (event: KeyboardEvent): string =>
  event.key === '?' || event.key.length > 1 ? event.key : /^Key[A-Z]$/.test(event.code) ? event.code.slice(3).toLowerCase() : event.key

/** The keys that work wherever one is at the desk, unless one types or answers a question. */
export function pressed(event: KeyboardEvent, desk: Desk): void {
  if (event.defaultPrevented || isTyping(event.target) || document.querySelector('dialog[open]')) return
  const letter = letterOf(event)
  if (event.ctrlKey || event.metaKey) {
    if (event.altKey || (letter !== 'z' && letter !== 'y')) return
    event.preventDefault()
    void (letter === 'y' || event.shiftKey ? desk.redo() : desk.undo())
    return
  }
  if (event.altKey) return
  if (letter === '?') desk.ask({ about: 'keys' })
  else if (letter === 'u') void desk.undo()
  else if (letter === 'd') desk.ask({ about: 'log' })
  else if (letter === 'b' && !desk.locked) desk.ask({ about: 'screen' })
  else if (letter === 'i' && !desk.locked && (desk.board?.facts.kind === 'plan' || offersBringing(desk.session.workshop?.steps ?? [], desk.board))) desk.ask({ about: 'bring' })
  else if (letter === 'l') desk.arrangement = desk.arrangement === 'lanes' ? 'themes' : 'lanes'
  else if (letter === 'Escape' && desk.selected.size + desk.picked.size > 0) (desk.selected.clear(), desk.picked.clear())
  else return
  event.preventDefault()
}
