/** Whether this person asked for less motion. */
export const isCalm = (): boolean => typeof matchMedia !== 'undefined' && matchMedia('(prefers-reduced-motion: reduce)').matches

/** How a card comes in: one that is new rises and glows for a while, one that was turned to only fades. */
export function enter(card: Element, isNew: boolean): void {
  if (isCalm() || typeof card.animate !== 'function') return
  if (!isNew) {
    card.animate([{ opacity: 0 }, { opacity: 1 }], { duration: 450, easing: 'ease-out' })
    return
  }
  card.animate(
    [
      { opacity: 0, transform: 'translateY(1.4em) scale(0.94)' },
      { opacity: 1, transform: 'none' },
    ],
    { duration: 650, easing: 'cubic-bezier(0.2, 0.7, 0.2, 1)' },
  )
}
