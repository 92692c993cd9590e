import { browserStore } from '../live/store'
import type { Command, Id, Refusal } from '../live/wire'

/** A text that was sent and not taken. It is kept until its writer uses or discards it: nothing typed is ever lost. */
export interface Returned {
  command: Id
  text: string
  code: string
  /** Of a comment: the idea that it was said of, or the comment that it was to become. It comes back to where it was written. */
  idea?: Id
  comment?: Id
}

export const isComment = (one: Returned): boolean => one.idea !== undefined || one.comment !== undefined

let returned: Record<Id, Returned[]> = $state.raw({})
const keyOf = (workshop: Id) => `lcc-returned:${workshop}`

export function returnedTo(workshop: Id): readonly Returned[] {
  return returned[workshop] ?? []
}

/** What an earlier visit left; call once when the room opens. */
export function readReturned(workshop: Id): void {
  try {
    const kept = JSON.parse(browserStore.read(keyOf(workshop)) ?? '[]') as Returned[]
    if (kept.length > 0) returned = { ...returned, [workshop]: kept }
  } catch {
    browserStore.remove(keyOf(workshop))
  }
}

const commentOf = (command: Command): Pick<Returned, 'idea' | 'comment'> =>
  command.type === 'add-comment' ? { idea: command.idea } : command.type === 'edit-comment' ? { comment: command.comment } : {}

export function giveBack(workshop: Id, command: Command & { text: string }, refusal: Refusal): void {
  // It was taken long ago: there is nothing to give back.
  if (refusal.code === 'id-taken') return
  keep(workshop, [...returnedTo(workshop), { command: command.command, text: command.text, code: refusal.code, ...commentOf(command) }])
}

export function letGo(workshop: Id, command: Id): void {
  keep(workshop, returnedTo(workshop).filter((one) => one.command !== command))
}

function keep(workshop: Id, list: readonly Returned[]): void {
  returned = { ...returned, [workshop]: [...list] }
  if (list.length > 0) browserStore.write(keyOf(workshop), JSON.stringify(list))
  else browserStore.remove(keyOf(workshop))
}

const draftKey = (workshop: Id, board: Id) => `lcc-draft:${workshop}:${board}`

export const drafts = {
  read: (workshop: Id, board: Id): string => browserStore.read(draftKey(workshop, board)) ?? '',
  keep(workshop: Id, board: Id, text: string): void {
    if (text) browserStore.write(draftKey(workshop, board), text)
    else browserStore.remove(draftKey(workshop, board))
  },
}
