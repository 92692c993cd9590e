import type { Id, Step, WorkshopAction } from '../live/wire'

/** What one does to the agenda, and what takes it back. */
export interface Change {
  again: WorkshopAction[]
  back: WorkshopAction[]
}

export const behind = (steps: readonly Step[], id: Id): Id | null => steps[steps.findIndex((step) => step.step === id) - 1]?.step ?? null

const move = (step: Id, after: Id | null): WorkshopAction => ({ type: 'move-step', step, ...(after === null ? {} : { after }) })

/** Null when it stands there already. */
export function moveBehind(steps: readonly Step[], id: Id, after: Id | null): Change | null {
  const before = behind(steps, id)
  return after === before || after === id ? null : { again: [move(id, after)], back: [move(id, before)] }
}

/** One place up or down; null at the end of the list. */
export function moveBy(steps: readonly Step[], id: Id, by: 1 | -1): Change | null {
  const at = steps.findIndex((step) => step.step === id)
  if (at + by < 0 || at + by >= steps.length) return null
  return moveBehind(steps, id, by === 1 ? steps[at + 1]!.step : (steps[at - 2]?.step ?? null))
}

export const remove = (step: Id): Change => ({ again: [{ type: 'remove-step', step }], back: [{ type: 'restore-step', step }] })

export const restore = (step: Id): Change => ({ again: remove(step).back, back: remove(step).again })

/** A step that was made is not made twice: taking it back removes it, and doing it again restores it. */
export const made = (step: Id): Change => restore(step)
