import { currentBallot } from '../boards/board'
import type { Ballot, Board, Id, Step, Timer, Workshop } from '../live/wire'

/** What the big screen is about just now. */
export type Stage = 'opening' | 'lobby' | 'private' | 'empty' | 'ideas' | 'voting' | 'counting' | 'results' | 'cloud' | 'map' | 'spotlight' | 'thanks'

/** `putBy`: ballots whose results were looked at, after which writing went on. */
export function stageOf(workshop: Workshop | null, board: Board | null, putBy: ReadonlySet<Id> = new Set()): Stage {
  if (!workshop) return 'opening'
  if (workshop.closed) return 'thanks'
  if (!board) return 'opening'
  const turned = turnedTo(board)
  if (turned) return turned
  const isFirst = workshop.steps[0]?.step === workshop.current
  if (isFirst && isUntouched(board)) return 'lobby'
  return stageOfBoard(board, putBy)
}

/** The same where nothing is known but the board, as in a replay. */
export function stageOfBoard(board: Board, putBy: ReadonlySet<Id> = new Set()): Stage {
  const ballot = currentBallot(board)
  if (ballot?.open) return 'voting'
  if (ballot && !putBy.has(ballot.id)) return isDue(board, ballot) ? 'results' : 'counting'
  if (board.facts.private && !board.facts.revealed) return 'private'
  return Object.keys(board.ideas).length > 0 ? 'ideas' : 'empty'
}

/** What facilitators turned the screens to (R1), where that is there to be seen. */
function turnedTo(board: Board): Stage | null {
  const screen = board.facts.screen
  const ballot = currentBallot(board)
  if (screen?.view === 'idea') return screen.idea && board.ideas[screen.idea] ? 'spotlight' : null
  if (screen?.view === 'cloud' || screen?.view === 'map') return screen.view
  if (screen?.view === 'board') return Object.keys(board.ideas).length > 0 ? 'ideas' : 'empty'
  if (screen?.view === 'results' && ballot && !ballot.open) return isDue(board, ballot) ? 'results' : 'counting'
  return null
}

/** F5. An entry says so; a vote in which nobody voted may have none. */
export const isDue = (board: Board, { id, counts, open, revealed }: Ballot & { id: Id }): boolean =>
  id in board.tallies || id in board.counts || counts === 'live' || (!open && (counts === 'close' || revealed))

const isUntouched = (board: Board): boolean =>
  Object.keys(board.ideas).length === 0 && board.facts.unrevealed === 0 && Object.keys(board.ballots).length === 0

export const stepOf = (workshop: Workshop): Step | null => workshop.steps.find((step) => step.step === workshop.current) ?? null

export interface Remaining {
  ms: number
  paused: boolean
}

/** What is left of the timer at this moment of the server's clock; null when none was started. */
export function remaining(timer: Timer | null | undefined, now: number): Remaining | null {
  if (!timer) return null
  if (typeof timer.endsAt === 'number') return { ms: Math.max(0, timer.endsAt - now), paused: false }
  return { ms: Math.max(0, timer.remainingMs ?? timer.durationMs), paused: true }
}

/** 4:05, or 1:04:05. Rounded up, so that 0:00 means that it is over. */
export function clock(ms: number): string {
  const seconds = Math.ceil(ms / 1000)
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60]
  const two = (n: number) => String(n).padStart(2, '0')
  return `${hours > 0 ? `${hours}:${two(minutes)}` : minutes}:${two(seconds % 60)}`
}

/** Which page comes next: the one with what is new, once, else round and round. */
export function nextPage(page: number, pages: number, news: number | null): number {
  if (pages <= 1) return 0
  return news !== null && news !== page && news < pages ? news : (page + 1) % pages
}
