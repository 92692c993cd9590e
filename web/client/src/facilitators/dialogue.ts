import { dialogue as t } from '../i18n/dialogue'
import { languageOf, reading } from '../i18n/language.svelte'
import { newId } from '../live/ids'
import type { Board, Id, Status } from '../live/wire'
import type { Desk } from './desk.svelte'

/** What facilitators do in the dialogue, each one deed that can be taken back, save what they write themselves. */

const inLanguage = (text: string): { text: string; language?: string } => {
  const language = languageOf(text, reading.language)
  return { text, ...(language ? { language } : {}) }
}

export const addComment = (desk: Desk, idea: Id, text: string): Promise<boolean> =>
  desk.do(t('deed.commented'), [{ type: 'add-comment', comment: newId(), idea, ...inLanguage(text) }])

export const editComment = (desk: Desk, comment: Id, text: string): Promise<boolean> =>
  desk.do(t('deed.comment-edited'), [{ type: 'edit-comment', comment, text }])

export const withdrawComment = (desk: Desk, comment: Id): Promise<boolean> =>
  desk.do(t('deed.comment-withdrawn'), [{ type: 'withdraw-comment', comment }], { say: true })

export const approveComments = (desk: Desk, comments: readonly Id[]): Promise<boolean> =>
  desk.do(t('deed.comment-approved', { n: comments.length }), comments.map((comment) => ({ type: 'approve-comment', comment })), { say: comments.length > 3 })

export const hideComment = (desk: Desk, comment: Id, reason: string): Promise<boolean> =>
  desk.do(t('deed.comment-hidden'), [{ type: 'hide-comment', comment, reason }], { say: true })

export const showComment = (desk: Desk, comment: Id): Promise<boolean> =>
  desk.do(t('deed.comment-shown'), [{ type: 'show-comment', comment }], { say: true })

export const replyTo = (desk: Desk, idea: Id, text: string | null): Promise<boolean> =>
  desk.do(t(text ? 'deed.replied' : 'deed.reply-removed'), [{ type: 'reply-to-idea', idea, ...(text ? inLanguage(text) : {}) }], { say: true })

export const setStatus = (desk: Desk, idea: Id, status: Status, note: string): Promise<boolean> =>
  desk.do(t('deed.status', { status: t(`status.${status}`) }), [{ type: 'set-status', idea, status, ...(note ? { note } : {}) }], { say: true })

/** The comments that wait, longest first; those of an idea that is not shown wait with it. */
export const waitingComments = (board: Board): Id[] =>
  Object.keys(board.comments)
    .filter((id) => board.comments[id]!.state === 'waiting' && board.ideas[board.comments[id]!.idea]?.state === 'shown')
    .sort((one, other) => board.comments[one]!.at - board.comments[other]!.at || (one < other ? -1 : 1))
