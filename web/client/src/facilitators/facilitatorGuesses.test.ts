import { describe, expect, test } from 'vitest'
import { emptyBoard, idsInOrder } from '../boards/board'
import type { Board, BoardAction, Command, Idea } from '../live/wire'
import { facilitatorGuess } from './facilitatorGuesses'

const idea = (rank: string, more: Partial<Idea> = {}): Idea => ({ lane: 'l', text: rank, rank, at: 1, state: 'shown', ...more })
const board: Board = {
  ...emptyBoard('b'),
  version: 7,
  lanes: { l: { title: 'L', rank: 'a' }, m: { title: 'M', rank: 'b' } },
  themes: { t: { title: 'T', rank: 'a', colour: 2 } },
  ideas: { a: idea('A1'), b: idea('B1'), c: idea('C1', { theme: 't' }), d: idea('D1', { lane: 'm' }), w: idea('E1', { state: 'waiting' }) },
}

const after = (action: BoardAction, on: Board = board): Board =>
  facilitatorGuess({ ...action, command: 'c', board: 'b' } as Command, 5)?.board?.(on) ?? on
const order = (so: Board, lane: string) => idsInOrder(so.ideas).filter((id) => so.ideas[id]!.lane === lane)

describe('moving', () => {
  test('first in its lane', () => expect(order(after({ type: 'move-idea', idea: 'c', lane: 'l' }), 'l')).toEqual(['c', 'a', 'b', 'w']))
  test('between two', () => expect(order(after({ type: 'move-idea', idea: 'c', lane: 'l', after: 'a' }), 'l')).toEqual(['a', 'c', 'b', 'w']))
  test('behind the last', () => expect(order(after({ type: 'move-idea', idea: 'a', lane: 'l', after: 'w' }), 'l')).toEqual(['b', 'c', 'w', 'a']))
  test('into another lane', () => expect(order(after({ type: 'move-idea', idea: 'a', lane: 'm', after: 'd' }), 'm')).toEqual(['d', 'a']))
  test('several, one behind the other', () => {
    const once = after({ type: 'move-idea', idea: 'a', lane: 'm', after: 'd' })
    expect(order(after({ type: 'move-idea', idea: 'b', lane: 'm', after: 'a' }, once), 'm')).toEqual(['d', 'a', 'b'])
  })
  test('many at once', () => {
    expect(order(after({ type: 'move-ideas', ideas: ['c', 'a'], lane: 'm', after: 'd' }), 'm')).toEqual(['d', 'c', 'a'])
    expect(order(after({ type: 'move-ideas', ideas: ['c', 'b'], lane: 'l' }), 'l')).toEqual(['c', 'b', 'a', 'w'])
  })
  test('to a lane or behind an idea that is gone changes nothing', () => {
    expect(after({ type: 'move-idea', idea: 'a', lane: 'gone' })).toBe(board)
    expect(after({ type: 'move-idea', idea: 'a', lane: 'l', after: 'gone' })).toBe(board)
  })
})

describe('merging', () => {
  test('shows one within the other, and what was within the one goes along', () => {
    const once = after({ type: 'merge-idea', idea: 'a', into: 'b' })
    const twice = after({ type: 'merge-idea', idea: 'b', into: 'c' }, once)
    expect([twice.ideas['a']?.into, twice.ideas['b']?.into]).toEqual(['c', 'c'])
  })
  test('does not go in a circle', () => {
    const once = after({ type: 'merge-idea', idea: 'a', into: 'b' })
    expect(after({ type: 'merge-idea', idea: 'b', into: 'a' }, once).ideas['b']?.into).toBeUndefined()
  })
  test('many into one', () => {
    const merged = after({ type: 'merge-ideas', ideas: ['a', 'b', 'c'], into: 'c' })
    expect(['a', 'b', 'c'].map((id) => merged.ideas[id]?.into)).toEqual(['c', 'c', undefined])
  })
  test('can be taken apart', () => {
    const once = after({ type: 'merge-idea', idea: 'a', into: 'b' })
    expect(after({ type: 'unmerge-idea', idea: 'a' }, once).ideas['a']?.into).toBeNull()
  })
})

describe('themes', () => {
  test('an idea goes in and out', () => {
    expect(after({ type: 'theme-idea', idea: 'a', theme: 't' }).ideas['a']?.theme).toBe('t')
    expect(after({ type: 'theme-idea', idea: 'c' }).ideas['c']?.theme).toBeNull()
    expect(after({ type: 'theme-idea', idea: 'a', theme: 'gone' })).toBe(board)
  })
  test('a new one comes last', () => {
    const made = after({ type: 'add-theme', theme: 'u', title: ' New ', colour: 3 })
    expect(idsInOrder(made.themes)).toEqual(['t', 'u'])
    expect(made.themes['u']?.title).toBe('New')
  })
  test('proposed ones are accepted with what nobody placed meanwhile', () => {
    const accepted = after({ type: 'accept-themes', themes: [{ theme: 'u', title: ' New ', colour: 3, ideas: ['a', 'c'] }, { theme: 't', title: 'x', colour: 1, ideas: ['b'] }, { theme: 'v', title: 'y', colour: 1, ideas: ['c'] }] })
    expect([accepted.ideas['a']?.theme, accepted.ideas['c']?.theme, accepted.ideas['b']?.theme]).toEqual(['u', 't', 't'])
    expect(Object.values(accepted.themes).map(({ title }) => title)).toEqual(['T', 'New'])
  })
  test('one that is removed leaves its ideas without', () => {
    const gone = after({ type: 'remove-theme', theme: 't' })
    expect(gone.themes).toEqual({})
    expect(gone.ideas['c']?.theme).toBeNull()
  })
})

describe('moderating', () => {
  test('what is approved shows, or waits for the reveal where people write privately', () => {
    expect(after({ type: 'approve-idea', idea: 'w' }).ideas['w']?.state).toBe('shown')
    const secret = { ...board, facts: { ...board.facts, private: true } }
    expect(after({ type: 'approve-idea', idea: 'w' }, secret).ideas['w']?.state).toBe('unrevealed')
  })
  test('hidden and shown again', () => {
    const hidden = after({ type: 'hide-idea', idea: 'a', reason: 'why' })
    expect(hidden.ideas['a']).toMatchObject({ state: 'hidden', reason: 'why' })
    expect(after({ type: 'show-idea', idea: 'a' }, hidden).ideas['a']).toMatchObject({ state: 'shown', reason: null })
  })
  test('edited, with what was written kept', () => {
    const edited = after({ type: 'edit-idea', idea: 'a', text: ' new ' })
    expect(edited.ideas['a']).toMatchObject({ text: 'new', edited: true, original: 'A1' })
    expect(after({ type: 'edit-idea', idea: 'a', text: 'A1' }, edited).ideas['a']).toMatchObject({ text: 'A1', original: null })
  })
  test('many at once', () => {
    const hidden = after({ type: 'hide-ideas', ideas: ['a', 'b', 'gone'], reason: 'why' })
    expect(['a', 'b', 'c'].map((id) => hidden.ideas[id]?.state)).toEqual(['hidden', 'hidden', 'shown'])
    expect(after({ type: 'approve-ideas', ideas: ['w', 'a'] }).ideas['w']?.state).toBe('shown')
    expect(after({ type: 'theme-ideas', ideas: ['a', 'b'], theme: 't' }).ideas['b']?.theme).toBe('t')
  })
})

test('a ballot opens once and closes', () => {
  const terms = { method: 'dots', budget: 3, mostPerIdea: 1, counts: 'close', anonymous: true } as const
  const open = after({ type: 'open-ballot', ballot: 'x', ...terms })
  expect(open.ballots['x']).toMatchObject({ round: 1, open: true, ...terms })
  expect(after({ type: 'open-ballot', ballot: 'y', ...terms }, open)).toBe(open)
  expect(after({ type: 'close-ballot', ballot: 'x' }, open).ballots['x']?.open).toBe(false)
})

test('what is not there is left alone', () => {
  for (const type of ['approve-idea', 'show-idea', 'unmerge-idea'] as const) expect(after({ type, idea: 'gone' }).ideas).toBe(board.ideas)
})

test('undo and reveals are not guessed', () => {
  for (const action of [{ type: 'undo', undo: 'c' }, { type: 'reveal-ideas' }, { type: 'reveal-results', ballot: 'x' }] as BoardAction[])
    expect(facilitatorGuess({ ...action, command: 'c', board: 'b' } as Command, 5)).toBeUndefined()
})

describe('themes', () => {
  const two: Board = { ...board, themes: { t: { title: 'T', rank: 'a', colour: 2 }, u: { title: 'U', rank: 'b', colour: 3, madeOf: [{ title: 'V', ideas: 1 }] } } }
  test('merge, and the other says what it is made of', () => {
    const merged = after({ type: 'merge-themes', theme: 't', into: 'u' }, two)
    expect(merged.ideas['c']!.theme).toBe('u')
    expect(merged.themes).toEqual({ u: { title: 'U', rank: 'b', colour: 3, waiting: null, madeOf: [{ title: 'V', ideas: 1 }, { title: 'T', ideas: 1 }] } })
    expect(after({ type: 'merge-themes', theme: 't', into: 'gone' }, two)).toBe(two)
  })
  test('split: what stands elsewhere meanwhile stays there', () => {
    const split = after({ type: 'split-theme', theme: 't', part: 'p', title: ' P ', colour: 5, ideas: ['c', 'a'] }, two)
    expect([split.ideas['c']!.theme, split.ideas['a']!.theme]).toEqual(['p', undefined])
    expect(split.themes['p']).toMatchObject({ title: 'P', colour: 5, from: 't' })
  })
})
