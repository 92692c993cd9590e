import type { BoardAction, Id } from '../live/wire'
import type { Change } from './agenda'

/** One thing a facilitator did, in words; selecting five ideas and theming them is one deed of five commands. */
export interface Deed {
  words: string
  board: Id
  commands: Id[]
  /** Of the workshop's: it has no undo of its own, so this says what takes it back and what does it again. */
  change?: Change
}

/** What can be taken back and what can be done again, latest last. */
export interface History {
  done: readonly Deed[]
  undone: readonly Deed[]
}

export const noHistory: History = { done: [], undone: [] }
const mostDeeds = 50

const forGood: ReadonlySet<BoardAction['type']> = new Set<BoardAction['type']>([
  'add-idea',
  'add-comment',
  'react',
  'withdraw-idea',
  'reveal-ideas',
  'open-ballot',
  'close-ballot',
  'reveal-results',
  'cast-vote',
  'cast-proxy-vote',
  'undo',
])

/** What was seen cannot be unseen, and a vote is not rewritten: there is no way back from these. */
export const canBeUndone = (action: Pick<BoardAction, 'type'>): boolean => !forGood.has(action.type)

/** Something new was done: what was taken back before can no longer be done again. */
export const remember = (history: History, deed: Deed): History =>
  deed.commands.length === 0 ? history : { done: [...history.done, deed].slice(-mostDeeds), undone: [] }

/** Takes a deed (the latest, unless said) out, to be undone. The last command of it comes first. */
export function takeUndo(history: History, deed = history.done.at(-1)): { deed: Deed; commands: Id[]; history: History } | null {
  if (!deed || !history.done.includes(deed)) return null
  return { deed, commands: [...deed.commands].reverse(), history: { ...history, done: history.done.filter((other) => other !== deed) } }
}

export function takeRedo(history: History): { deed: Deed; commands: Id[]; history: History } | null {
  const deed = history.undone.at(-1)
  if (!deed) return null
  return { deed, commands: [...deed.commands].reverse(), history: { ...history, undone: history.undone.slice(0, -1) } }
}

/** The undoing is a command of one's own too, and undoing that one does it again. */
export const wasUndone = (history: History, deed: Deed, undos: Id[]): History =>
  undos.length === 0 ? history : { ...history, undone: [...history.undone, { ...deed, commands: undos }].slice(-mostDeeds) }

export const wasRedone = (history: History, deed: Deed, redos: Id[]): History =>
  redos.length === 0 ? history : { ...history, done: [...history.done, { ...deed, commands: redos }].slice(-mostDeeds) }
