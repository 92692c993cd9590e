import { untrack } from 'svelte'
import { teamOn } from '../boards/dialogue'
import { notify } from '../design/notices.svelte'
import { dialogue as t } from '../i18n/dialogue'
import type { Session } from '../live/session.svelte'
import { browserStore } from '../live/store'
import type { Board, Id, Mine, Source, Status } from '../live/wire'

/** Tells people at once what the team decided about their own idea, what it answers, and why an idea or a comment of theirs is not shown. */
export function tellOwn(session: Session): void {
  let of: Id | null = null
  let known = new Map<Id, string>()
  const kept = new Kept(session.id)
  $effect(() => {
    const { board, mine } = session
    if (!board || !mine || !session.view?.hasMine) return
    kept.wrote(board.board, mine)
    const now = newsOf(board, mine, (source) => session.wrote(source) || kept.has(source))
    const isNew = of !== board.board
    const before = known
    ;[of, known] = [board.board, new Map([...now].map(([id, { key }]) => [id, key]))]
    // What was so when one came is on the cards; only what changes is told. That an idea went on is on no card of theirs: who was away hears it when they come.
    const went = now.get('went')!
    const isNews = went.words !== '' && kept.isNews(board.board, went.key)
    if (isNew && isNews) untrack(() => notify(went.words, 'good'))
    if (!isNew) untrack(() => [...now].forEach(([id, { key, words, isGood }]) => words && key !== before.get(id) && (before.has(id) || key !== '') && notify(words, isGood ? 'good' : 'plain')))
  })
}

/** What this browser remembers of its person's boards after the page was closed: which ideas they wrote, and of which they heard that they went on. */
class Kept {
  readonly #workshop: Id
  readonly #written = new Map<Id, Set<Id>>()

  constructor(workshop: Id) {
    this.#workshop = workshop
  }

  wrote(board: Id, mine: Mine): void {
    const ids = Object.keys(mine.ideas)
    const before = this.#of(board)
    if (ids.every((id) => before.has(id))) return
    for (const id of ids) before.add(id)
    browserStore.write(this.#key('wrote', board), [...before].join(' '))
  }

  has({ board, idea }: Source): boolean {
    return this.#of(board).has(idea)
  }

  /** Once only. */
  isNews(board: Id, went: string): boolean {
    const key = this.#key('went', board)
    if (browserStore.read(key) === went) return false
    browserStore.write(key, went)
    return true
  }

  #of(board: Id): Set<Id> {
    let ids = this.#written.get(board)
    if (!ids) this.#written.set(board, (ids = new Set(browserStore.read(this.#key('wrote', board))?.split(' ') ?? [])))
    return ids
  }

  readonly #key = (what: string, board: Id) => `lcc-${what}-${this.#workshop}-${board}`
}

interface News {
  /** Changes when there is something to tell. */
  key: string
  words: string
  isGood: boolean
}

function newsOf(board: Board, mine: Mine, wrote: (source: Source) => boolean): Map<Id, News> {
  const news = new Map<Id, News>()
  const went = Object.keys(board.ideas).filter((id) => board.ideas[id]!.from?.some(wrote))
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
