import { untrack } from 'svelte'
import { teamOn } from '../boards/dialogue'
import { notify } from '../design/notices.svelte'
import { dialogue as t } from '../i18n/dialogue'
import type { Session } from '../live/session.svelte'
import type { Board, Id, Mine, Status } from '../live/wire'

/** Tells people at once what the team decided about their own idea, what it answers, and why an idea or a comment of theirs is not shown. */
export function tellOwn(session: Session): void {
  let of: Id | null = null
  let known = new Map<Id, string>()
  $effect(() => {
    const { board, mine } = session
    if (!board || !mine || !session.view?.hasMine) return
    const now = newsOf(board, mine, session)
    const isNew = of !== board.board
    const before = known
    ;[of, known] = [board.board, new Map([...now].map(([id, { key }]) => [id, key]))]
    // What was so when one came is on the cards; only what changes is told.
    if (!isNew) untrack(() => [...now].forEach(([id, { key, words, isGood }]) => words && key !== before.get(id) && (before.has(id) || key !== '') && notify(words, isGood ? 'good' : 'plain')))
  })
}

interface News {
  /** Changes when there is something to tell. */
  key: string
  words: string
  isGood: boolean
}

function newsOf(board: Board, mine: Mine, session: Pick<Session, 'wrote'>): Map<Id, News> {
  const news = new Map<Id, News>()
  const went = Object.keys(board.ideas).filter((id) => board.ideas[id]!.from?.some((source) => session.wrote(source)))
  news.set('went', { key: went.sort().join(' '), words: went.length > 0 ? t('went.told', { n: went.length }) : '', isGood: true })
  for (const [id, { text, state, reason }] of Object.entries(mine.ideas)) {
    const short = text.length > 40 ? `${text.slice(0, 40)}…` : text
    news.set(`hidden ${id}`, { key: state === 'hidden' ? (reason ?? state) : '', words: state === 'hidden' ? t('idea.told', { text: short, reason: reason ?? '' }) : '', isGood: false })
    if (!board.ideas[id] || state === 'withdrawn') continue
    const { status, note, reply } = teamOn(board, id)
    news.set(`status ${id}`, { key: status ? `${status} ${note ?? ''}` : '', words: status ? statusWords(short, status) : '', isGood: true })
    news.set(`reply ${id}`, { key: reply?.text ?? '', words: reply ? t('reply.told', { text: short }) : '', isGood: true })
  }
  for (const [id, { state, reason }] of Object.entries(mine.comments))
    news.set(`comment ${id}`, { key: state === 'hidden' ? (reason ?? state) : '', words: state === 'hidden' ? t('comment.told', { reason: reason ?? '' }) : '', isGood: false })
  return news
}

const statusWords = (text: string, status: Status): string => t('status.told', { text, status: t(`status.${status}`) })
