import { wordsFor } from '../i18n/common'
import type { Refusal } from '../live/wire'

export interface Notice {
  id: number
  kind: 'good' | 'plain' | 'refusal'
  text: string
  action?: { text: string; do: () => void }
}

let all: Notice[] = $state.raw([])
let last = 0
let heard = $state.raw({ words: '', n: 0 })

export const notices = {
  get all(): readonly Notice[] {
    return all
  },
  /** The latest that was said. An open dialog says it as well: nothing beside one is heard. */
  get heard() {
    return heard
  },
}

/** Only within a dialog, for who listens; what is said beside one is its speaker's. */
export const echo = (words: string): void => void (heard = { words, n: heard.n + 1 })

/** Tells the person something without standing in their way. The same words twice are one notice. */
export function notify(text: string, kind: Notice['kind'] = 'plain', action?: Notice['action']): void {
  echo(text)
  const notice: Notice = { id: ++last, kind, text, ...(action ? { action } : {}) }
  all = [...all.filter((other) => other.text !== text), notice].slice(-3)
  setTimeout(() => dismiss(notice.id), kind === 'refusal' || action ? 9000 : 5000)
}

/** A refusal in our words, by its code. */
export const notifyRefusal = (refusal: Pick<Refusal, 'code'>): void => notify(wordsFor(refusal.code), 'refusal')

export function dismiss(id: number): void {
  all = all.filter((notice) => notice.id !== id)
}
