import type { Board, Id } from '../live/wire'
import { isOnBoard } from './columns'
import { tokensOf } from './words'

/** Ideas that say nearly the same, of which at least one waits: offered together, merged by one press. */
export interface Alike {
  /** What stays on top: what is shown already, else who waits longest. */
  into: Id
  waiting: Id[]
  shown: Id[]
}

/** How much two texts must share, of all the pieces that they have. */
const alikeFrom = 0.6

/** A text in pieces of three letters, its words as the word list compares them: a prefix or an ending more costs a piece or two and not the word. */
export function piecesOf(text: string): Set<string> {
  const line = ` ${tokensOf(text)
    .map((token) => token.word)
    .join(' ')} `
  const pieces = new Set<string>()
  for (let at = 0; at + 3 <= line.length; at++) pieces.add(line.slice(at, at + 3))
  return pieces
}

/** Jaccard: what both have, of what either has. */
export function alike(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
  const [fewer, more] = one.size <= other.size ? [one, other] : [other, one]
  let both = 0
  for (const piece of fewer) if (more.has(piece)) both++
  return both === 0 ? 0 : both / (fewer.size + more.size - both)
}

/** Finds them by their rarer pieces, so that most texts are never compared at all. What it learned of a text
 *  it keeps for as long as the text is the same: a board of thousands changes by a few at a time. */
export class Duplicates {
  #pieces = new Map<Id, { text: string; pieces: Set<string> }>()

  of(board: Board, waiting: readonly Id[]): Alike[] {
    const work = this.search(board, waiting)
    for (;;) {
      const step = work.next()
      if (step.done) return step.value
    }
  }

  /** The same in small steps, for who has a page to keep fluid meanwhile. */
  *search(board: Board, waiting: readonly Id[]): Generator<void, Alike[]> {
    if (waiting.length === 0) return []
    const there = Object.keys(board.ideas).filter((id) => board.ideas[id]!.state === 'waiting' || isOnBoard(board, id))
    const pieces = new Map<Id, Set<string>>()
    const often = new Map<string, number>()
    for (const id of there) {
      const own = this.#piecesOf(id, board.ideas[id]!.text)
      pieces.set(id, own)
      for (const piece of own) often.set(piece, (often.get(piece) ?? 0) + 1)
      yield
    }
    for (const id of this.#pieces.keys()) if (!pieces.has(id)) this.#pieces.delete(id)

    // Two texts that share 60 of 100 pieces share at least one of the 41 rarest of either: those alone are looked up.
    const rarest = new Map<Id, string[]>()
    const holders = new Map<string, Id[]>()
    for (const [id, own] of pieces) {
      const rare = [...own].sort((one, other) => often.get(one)! - often.get(other)! || (one < other ? -1 : 1)).slice(0, own.size - Math.ceil(alikeFrom * own.size) + 1)
      rarest.set(id, rare)
      for (const piece of rare) (holders.get(piece) ?? setDefault(holders, piece)).push(id)
      yield
    }

    const taken = new Set<Id>()
    const found: Alike[] = []
    for (const id of waiting) {
      yield
      const own = pieces.get(id)
      if (!own || own.size < 3 || taken.has(id) || board.ideas[id]!.into) continue
      const near = new Set(rarest.get(id)!.flatMap((piece) => holders.get(piece)!))
      const group = [...near].filter((other) => !taken.has(other) && (other === id || (!board.ideas[other]!.into && couldBe(own, pieces.get(other)!) && alike(own, pieces.get(other)!) >= alikeFrom)))
      if (group.length < 2) continue
      for (const one of group) if (board.ideas[one]!.state === 'waiting') taken.add(one)
      const byTime = (one: Id, other: Id) => board.ideas[one]!.at - board.ideas[other]!.at || (one < other ? -1 : 1)
      const shown = group.filter((one) => board.ideas[one]!.state !== 'waiting').sort(byTime)
      found.push({ into: shown[0] ?? id, waiting: group.filter((one) => board.ideas[one]!.state === 'waiting').sort(byTime), shown })
    }
    return found
  }

  #piecesOf(id: Id, text: string): Set<string> {
    const known = this.#pieces.get(id)
    if (known?.text === text) return known.pieces
    const pieces = piecesOf(text)
    this.#pieces.set(id, { text, pieces })
    return pieces
  }
}

/** Much longer or much shorter ones cannot share enough. */
const couldBe = (one: ReadonlySet<string>, other: ReadonlySet<string>): boolean =>
  Math.min(one.size, other.size) >= alikeFrom * Math.max(one.size, other.size)

function setDefault(holders: Map<string, Id[]>, piece: string): Id[] {
  const none: Id[] = []
  holders.set(piece, none)
  return none
}
