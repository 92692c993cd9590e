import type { Id } from '../live/wire'

const startsAfterPx = 6
const touchWaitsMs = 260

/** Dragging one row of a list to another place in it, with mouse, pen and finger. A finger rests a moment first, for it usually means to scroll. */
export class Reorder {
  /** What is being dragged. */
  row: Id | null = $state(null)
  /** The row it would stand behind; null: first. */
  after: Id | null = $state(null)
  #stop: (() => void) | null = null

  watch(down: PointerEvent, row: Id, list: HTMLElement, dropped: (row: Id, after: Id | null) => void): void {
    if (down.button !== 0 || this.#stop) return
    const touch = down.pointerType === 'touch'
    let wait: ReturnType<typeof setTimeout> | undefined
    const begin = () => {
      this.row = row
      this.after = placeAt(list, down.clientY, row)
      navigator.vibrate?.(12)
      document.documentElement.classList.add('dragging')
      addEventListener('click', swallow, { capture: true, once: true })
    }
    const moved = (event: PointerEvent) => {
      if (event.pointerId !== down.pointerId) return
      if (this.row === null) {
        if (Math.hypot(event.clientX - down.clientX, event.clientY - down.clientY) <= startsAfterPx) return
        if (touch) return stop()
        begin()
      }
      this.after = placeAt(list, event.clientY, row)
    }
    const up = (event: PointerEvent) => {
      if (event.pointerId !== down.pointerId) return
      const [dragged, after] = [this.row, this.after]
      stop()
      if (dragged !== null) dropped(dragged, after)
    }
    const keep = (event: TouchEvent) => this.row !== null && event.cancelable && event.preventDefault()
    const escape = (event: KeyboardEvent) => event.key === 'Escape' && this.row !== null && (event.preventDefault(), event.stopPropagation(), stop())
    const stop = () => {
      clearTimeout(wait)
      removeEventListener('pointermove', moved)
      removeEventListener('pointerup', up)
      removeEventListener('pointercancel', stop)
      removeEventListener('keydown', escape, true)
      document.removeEventListener('touchmove', keep)
      document.documentElement.classList.remove('dragging')
      // The click that follows a drop has been swallowed by now, or there was none.
      setTimeout(() => removeEventListener('click', swallow, true))
      this.row = null
      this.#stop = null
    }
    this.#stop = stop
    addEventListener('pointermove', moved)
    addEventListener('pointerup', up)
    addEventListener('pointercancel', stop)
    addEventListener('keydown', escape, true)
    document.addEventListener('touchmove', keep, { passive: false })
    if (touch) wait = setTimeout(begin, touchWaitsMs)
  }
}

/** The last row whose middle is above the pointer, but for the dragged one. */
function placeAt(list: HTMLElement, y: number, dragged: Id): Id | null {
  let after: Id | null = null
  for (const row of list.querySelectorAll<HTMLElement>('[data-row]')) {
    const box = row.getBoundingClientRect()
    if (row.dataset['row'] !== dragged && box.top + box.height / 2 < y) after = row.dataset['row']!
  }
  return after
}

const swallow = (event: Event): void => {
  event.preventDefault()
  event.stopPropagation()
}
