import type { Attachment } from 'svelte/attachments'

/** Letters as large as asked for, or smaller until all of it is in its place. `largest`, `least`: in em of what is around it. */
export const fitted =
  (largest: number, least = 0.5): Attachment<HTMLElement> =>
  (place) => {
    const fit = () => {
      for (let size = largest; ; size = Math.max(least, size * 0.94)) {
        place.style.fontSize = `${size.toFixed(3)}em`
        if (size <= least || (place.scrollHeight <= place.clientHeight + 1 && place.scrollWidth <= place.clientWidth + 1)) return
      }
    }
    fit()
    const sizes = new ResizeObserver(fit)
    if (place.parentElement) sizes.observe(place.parentElement)
    const words = new MutationObserver(fit)
    words.observe(place, { childList: true, subtree: true, characterData: true })
    void document.fonts?.ready.then(fit)
    return () => {
      sizes.disconnect()
      words.disconnect()
    }
  }
