import type { Attachment } from 'svelte/attachments'

const focusable = 'a[href], button:not(:disabled), input:not(:disabled), select:not(:disabled), textarea:not(:disabled), summary, [tabindex="0"]'
/** What lies in a folded part has its place and cannot be reached. */
const canBeReached = (one: HTMLElement) => one.tabIndex >= 0 && one.checkVisibility({ visibilityProperty: true })

/** The nearest to where the focus was of what is left there: a button that did its work often makes room for another. */
function nearest(within: Element, was: DOMRect): HTMLElement | null {
  const far = (one: HTMLElement) => {
    const now = one.getBoundingClientRect()
    return Math.hypot(now.x + now.width / 2 - was.x - was.width / 2, now.y + now.height / 2 - was.y - was.height / 2)
  }
  const all = [...within.querySelectorAll<HTMLElement>(focusable)].filter(canBeReached).map((one) => ({ one, far: far(one) }))
  return all.sort((one, other) => one.far - other.far)[0]?.one ?? null
}

const roots = new Set<() => void>()

/** Something that had the focus may have gone while it was elsewhere, as in a dialog. */
export const lookForFocus = (): void => roots.forEach((look) => look())

/** When what has the focus goes away or can no longer be pressed, the focus stays near instead of falling to the top of the page: who works by
 *  keyboard would have to come all the way back. Whatever knows better where it belongs has put it there before this looks. */
export const keepFocus: Attachment<HTMLElement> = (root) => {
  let last: HTMLElement | null = null
  let around: Element[] = []
  let was = new DOMRect()
  let looking: ReturnType<typeof setTimeout> | undefined

  const isGone = () => !!last && (!last.isConnected || last.matches(':disabled'))
  const isLost = () => document.activeElement === document.body || document.activeElement === null

  function entered(event: FocusEvent) {
    last = event.target as HTMLElement
    was = last.getBoundingClientRect()
    around = []
    for (let one = last.parentElement; one && root.contains(one); one = one.parentElement) around.push(one)
  }

  function look() {
    looking = undefined
    // While a dialog is open, what lies behind it cannot be reached.
    const asked = document.querySelector('dialog[open]')
    if (!isLost() || (asked && !root.contains(asked))) return
    // Whoever pressed beside it left by themselves.
    if (!isGone()) return void (last = null)
    for (const one of around) {
      const next = one.isConnected && nearest(one, was)
      if (next) return next.focus()
    }
  }
  function soon() {
    if (last && isLost()) looking ??= setTimeout(look, 50)
  }

  roots.add(soon)
  root.addEventListener('focusin', entered)
  root.addEventListener('focusout', soon)
  const watching = new MutationObserver(soon)
  watching.observe(root, { childList: true, subtree: true, attributes: true, attributeFilter: ['disabled'] })
  return () => {
    clearTimeout(looking)
    roots.delete(soon)
    watching.disconnect()
    root.removeEventListener('focusin', entered)
    root.removeEventListener('focusout', soon)
  }
}
