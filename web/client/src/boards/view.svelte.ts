import type { Board, Frame, Id, Mine, MineFrame } from '../live/wire'
import { emptyBoard, leavesGap, merge } from './board'
import { emptyMine, mergeMine } from './mine'

/** What a command is expected to do, laid over what is confirmed until it is settled. */
export interface Guess {
  board?: (board: Board) => Board
  mine?: (mine: Mine, board: Board) => Mine
}

interface Laid extends Guess {
  command: Id
  /** The version that holds its effect; infinite until the command is answered. */
  settledAt: number
}

/** An accepted command may leave no trace on one of the two (a private idea is not on the shared board), whose
 *  version then never gets there. So an answered guess goes after this time at the latest. */
export const settlesWithinMs = 1500

/** What this browser shows: the confirmed board and mine, with our unsettled guesses laid on top. */
export class BoardView {
  #confirmed: Board = $state.raw(emptyBoard(''))
  #mine: Mine = $state.raw(emptyMine(''))
  #guesses: readonly Laid[] = $state.raw([])
  #loaded: boolean = $state(false)
  #hasMine: boolean = $state(false)

  readonly board: Board = $derived(
    this.#guesses
      .filter((guess) => guess.board && guess.settledAt > this.#confirmed.version)
      .reduce((board, guess) => guess.board!(board), this.#confirmed),
  )

  readonly mine: Mine = $derived(
    this.#guesses
      .filter((guess) => guess.mine && guess.settledAt > this.#mine.version)
      .reduce((mine, guess) => guess.mine!(mine, this.#confirmed), this.#mine),
  )

  constructor(readonly id: Id) {
    this.#confirmed = emptyBoard(id)
    this.#mine = emptyMine(id)
  }

  get version(): number {
    return this.#confirmed.version
  }

  get mineVersion(): number {
    return this.#mine.version
  }

  /** False until something confirmed is there to be shown. */
  get loaded(): boolean {
    return this.#loaded
  }

  /** False until mine has come as a whole. */
  get hasMine(): boolean {
    return this.#hasMine
  }

  /** A whole view (H4, H7, H11). An older one than ours is old news, unless it is meant to go back in time. */
  load(board: Board, goingBack = false): void {
    if (this.#loaded && !goingBack && board.version < this.#confirmed.version) return
    this.#confirmed = board
    this.#loaded = true
    this.#forgetSettled()
  }

  loadMine(mine: Mine): void {
    this.#hasMine = true
    if (mine.version < this.#mine.version) return
    this.#mine = mine
    this.#forgetSettled()
  }

  /** Frames come at least once; the version says which are news (F2). False means some went missing. */
  show(frame: Frame): boolean {
    if (frame.version <= this.#confirmed.version) return true
    if (leavesGap(frame, this.#confirmed.version)) return false
    this.#confirmed = merge(this.#confirmed, frame)
    this.#loaded = true
    this.#forgetSettled()
    return true
  }

  showMine(frame: MineFrame): boolean {
    if (frame.since === 0) this.#hasMine = true
    if (frame.version <= this.#mine.version) return true
    if (leavesGap(frame, this.#mine.version)) return false
    this.#mine = mergeMine(this.#mine, frame)
    this.#forgetSettled()
    return true
  }

  guess(command: Id, guess: Guess): void {
    this.#guesses = [...this.#guesses.filter((laid) => laid.command !== command), { ...guess, command, settledAt: Infinity }]
  }

  /** The command was accepted: its guess stays until what is confirmed holds its effect. */
  settle(command: Id, version: number): void {
    if (!this.#guesses.some((laid) => laid.command === command)) return
    this.#guesses = this.#guesses.map((laid) => (laid.command === command ? { ...laid, settledAt: version } : laid))
    this.#forgetSettled()
    setTimeout(() => this.drop(command), settlesWithinMs)
  }

  /** The command was refused, or its time is over. */
  drop(command: Id): void {
    if (this.#guesses.some((laid) => laid.command === command))
      this.#guesses = this.#guesses.filter((laid) => laid.command !== command)
  }

  #forgetSettled(): void {
    const unsettled = ({ board, mine, settledAt }: Laid) =>
      (board && settledAt > this.#confirmed.version) || (mine && settledAt > this.#mine.version)
    if (!this.#guesses.every(unsettled)) this.#guesses = this.#guesses.filter(unsettled)
  }
}
