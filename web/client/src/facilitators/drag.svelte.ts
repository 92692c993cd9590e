import type { Id } from '../live/wire'

/** Where what is dragged would land. */
export type Target =
  | { kind: 'lane'; lane: Id; over: Id | null; before: boolean }
  | { kind: 'theme'; theme: Id | null }
  | { kind: 'merge'; into: Id }
  | { kind: 'new-theme' }

const startsAfterPx = 6
const touchWaitsMs = 260
const edgePx = 64

/** Dragging cards with mouse, pen and finger. A finger rests a moment first, for it usually means to scroll. */
export class Drag {
  ideas: readonly Id[] = $state.raw([])
  target: Target | null = $state.raw(null)
  x = $state(0)
  y = $state(0)
  readonly set: ReadonlySet<Id> = $derived(new Set(this.ideas))

  #finish: (() => void) | null = null

  get on(): boolean {
    return this.ideas.length > 0
  }

  /** Begins to watch a pointer that went down on a card; it becomes a drag only when it moves, or rests. */
  watch(down: PointerEvent, ideas: () => Id[], dropped: (ideas: Id[], target: Target) => void): void {
    if (down.button !== 0 || this.#finish) return
    const touch = down.pointerType === 'touch'
    const [startX, startY] = [down.clientX, down.clientY]
    let frame = 0
    let wait: ReturnType<typeof setTimeout> | undefined

    const begin = () => {
      this.ideas = ideas()
      navigator.vibrate?.(12)
      document.documentElement.classList.add('dragging')
      addEventListener('click', swallow, { capture: true, once: true })
      const glide = () => {
        this.#scrollNearEdges()
        this.target = this.#targetAt(this.x, this.y)
        frame = requestAnimationFrame(glide)
      }
      glide()
    }
    const moved = (event: PointerEvent) => {
      if (event.pointerId !== down.pointerId) return
      this.x = event.clientX
      this.y = event.clientY
      const far = Math.hypot(event.clientX - startX, event.clientY - startY) > startsAfterPx
      if (this.on || !far) return
      if (touch) finish()
      else begin()
    }
    const up = (event: PointerEvent) => {
      if (event.pointerId !== down.pointerId) return
      const [dragged, target] = [[...this.ideas], this.on ? this.#targetAt(event.clientX, event.clientY) : null]
      finish()
      if (dragged.length > 0 && target) dropped(dragged, target)
    }
    const keep = (event: TouchEvent) => this.on && event.cancelable && event.preventDefault()
    const escape = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || !this.on) return
      event.preventDefault()
      event.stopPropagation()
      finish()
    }
    const noMenu = (event: Event) => (this.on || touch) && event.preventDefault()
    const finish = () => {
      clearTimeout(wait)
      cancelAnimationFrame(frame)
      removeEventListener('pointermove', moved)
      removeEventListener('pointerup', up)
      removeEventListener('pointercancel', finish)
      removeEventListener('keydown', escape, true)
      removeEventListener('contextmenu', noMenu, true)
      document.removeEventListener('touchmove', keep)
      document.documentElement.classList.remove('dragging')
      // The click that follows a drop has been swallowed by now, or there was none.
      setTimeout(() => removeEventListener('click', swallow, true))
      this.ideas = []
      this.target = null
      this.#finish = null
    }

    this.#finish = finish
    this.x = startX
    this.y = startY
    addEventListener('pointermove', moved)
    addEventListener('pointerup', up)
    addEventListener('pointercancel', finish)
    addEventListener('keydown', escape, true)
    addEventListener('contextmenu', noMenu, true)
    document.addEventListener('touchmove', keep, { passive: false })
    if (touch) wait = setTimeout(begin, touchWaitsMs)
  }

  cancel(): void {
    this.#finish?.()
  }

  #targetAt(x: number, y: number): Target | null {
    const under = document.elementFromPoint(x, y)
    const drop = under?.closest<HTMLElement>('[data-drop]')
    if (!drop) return null
    const [kind, id] = drop.dataset['drop']!.split(':') as ['lane' | 'theme' | 'new-theme', string]
    const card = under?.closest<HTMLElement>('[data-card]')
    const over = card?.dataset['card'] ?? null
    const merging = card && over !== null && !this.set.has(over) && isOnMergeZone(card, x, y)
    if (merging) return { kind: 'merge', into: over }
    if (kind === 'new-theme') return { kind }
    if (kind === 'theme') return { kind, theme: id || null }
    if (card && over !== null) return { kind, lane: id, over, before: isBefore(card, x, y) }
    // In a gap between cards, or below the last.
    const nearest = nearestCard(drop, x, y)
    return { kind, lane: id, over: nearest?.dataset['card'] ?? null, before: !!nearest && isBefore(nearest, x, y) }
  }

  #scrollNearEdges(): void {
    for (const area of document.querySelectorAll<HTMLElement>('[data-scroll]')) {
      const box = area.getBoundingClientRect()
      const inside = this.x >= box.left && this.x <= box.right && this.y >= box.top - edgePx && this.y <= box.bottom + edgePx
      if (!inside) continue
      const along = area.dataset['scroll']
      if (along !== 'y') area.scrollLeft += pull(this.x, box.left, box.right)
      if (along !== 'x') area.scrollTop += pull(this.y, box.top, box.bottom)
    }
  }
}

const swallow = (event: Event): void => {
  event.preventDefault()
  event.stopPropagation()
}

/** How far to scroll this frame: the nearer to the edge, the faster. */
function pull(at: number, from: number, to: number): number {
  if (to - from < 3 * edgePx) return 0
  if (at < from + edgePx) return -Math.ceil(((from + edgePx - Math.max(at, from)) / edgePx) * 14)
  if (at > to - edgePx) return Math.ceil(((Math.min(at, to) - (to - edgePx)) / edgePx) * 14)
  return 0
}

const isRtl = (): boolean => document.documentElement.dir === 'rtl'

/** The end third of a card merges, in the middle of its height. */
function isOnMergeZone(card: HTMLElement, x: number, y: number): boolean {
  const box = card.getBoundingClientRect()
  const along = (x - box.left) / box.width
  const down = (y - box.top) / box.height
  return (isRtl() ? 1 - along : along) > 0.62 && down > 0.08 && down < 0.92
}

function isBefore(card: HTMLElement, x: number, y: number): boolean {
  const box = card.getBoundingClientRect()
  if (isInRows(card)) {
    const along = (x - box.left) / box.width
    return (isRtl() ? 1 - along : along) < (y < box.top || y > box.bottom ? 0.5 : 0.31)
  }
  return y < box.top + box.height / 2
}

/** Whether cards lie beside each other in this column, not only below. */
const isInRows = (card: HTMLElement): boolean =>
  !!card.parentElement && getComputedStyle(card.parentElement).gridTemplateColumns.split(' ').length > 1

function nearestCard(drop: HTMLElement, x: number, y: number): HTMLElement | null {
  let nearest: HTMLElement | null = null
  let least = Infinity
  for (const card of drop.querySelectorAll<HTMLElement>('[data-card]')) {
    const box = card.getBoundingClientRect()
    const dx = Math.max(box.left - x, 0, x - box.right)
    const dy = Math.max(box.top - y, 0, y - box.bottom)
    const distance = dx * dx + dy * dy
    if (distance <= least) [nearest, least] = [card, distance]
  }
  return nearest
}
