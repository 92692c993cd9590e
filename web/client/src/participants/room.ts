import { participantGuess } from '../boards/guesses'
import { notifyRefusal } from '../design/notices.svelte'
import type { Session, SessionOptions } from '../live/session.svelte'
import { openSession } from '../live/session.svelte'
import type { Id } from '../live/wire'
import { giveBack } from './writing.svelte'

/** A participant's session. Joining opens it with what it was answered, and the room finds it open. */
export const openRoom = (workshop: Id, seed?: SessionOptions['seed']): Session =>
  openSession(workshop, 'participant', {
    guessOf: participantGuess,
    onslow: notifyRefusal,
    onrefused: (refusal, command) => {
      // What was written comes back: an idea with its reason beside it, where more would be said twice; a comment into its field.
      const isComment = command.type === 'add-comment' || command.type === 'edit-comment'
      if (isComment || command.type === 'add-idea' || command.type === 'edit-idea') giveBack(workshop, command, refusal)
      if (isComment || !('text' in command)) notifyRefusal(refusal)
    },
    ...(seed ? { seed } : {}),
  })
