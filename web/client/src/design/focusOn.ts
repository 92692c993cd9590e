import type { Attachment } from 'svelte/attachments'

/** Puts the focus into a dialog's first field once the dialog is open: {@attach focusOn('input, textarea')}. */
export const focusOn =
  (what: string): Attachment<HTMLElement> =>
  (node) => {
    const frame = requestAnimationFrame(() => {
      const field = node.matches(what) ? node : node.querySelector<HTMLElement>(what)
      field?.focus()
      // A radio button has no words to stand behind, and an error for who asks.
      if ((field instanceof HTMLTextAreaElement || field instanceof HTMLInputElement) && field.selectionStart !== null) field.setSelectionRange(field.value.length, field.value.length)
    })
    return () => cancelAnimationFrame(frame)
  }
