import { expect, test } from 'vitest'
import { emptyBoard } from '../../boards/board'
import type { Board, Idea } from '../../live/wire'
import { groundOf } from './ground'

const idea = (text: string): Idea => ({ lane: 'l', text, rank: text, at: 0, state: 'shown' })

function board(said: Record<string, [agree: number, pass: number, disagree: number]>): Board {
  const counts = Object.fromEntries(
    Object.entries(said).map(([id, [agree, pass, disagree]]) => [id, { values: { ...(agree && { 1: agree }), ...(pass && { 0: pass }), ...(disagree && { '-1': disagree }) } }]),
  )
  return {
    ...emptyBoard('b'),
    ideas: Object.fromEntries(Object.keys(said).map((id) => [id, idea(id)])),
    ballots: { v: { method: 'agree', round: 1, budget: 0, mostPerIdea: 0, counts: 'live', anonymous: true, open: true, revealed: false } },
    counts: { v: counts },
  }
}

test('what most agree on comes first, the clearest of it before, and what they reject after it', () => {
  const { shared, divided } = groundOf(board({ a: [7, 1, 2], b: [20, 0, 1], c: [1, 0, 19], d: [5, 0, 5] }), 'v')
  expect(shared.map((one) => one.idea)).toEqual(['b', 'a', 'c'])
  expect(shared.map((one) => one.most)).toEqual([1, 1, -1])
  expect(shared[0]).toMatchObject({ agree: 20, pass: 0, disagree: 1, spoke: 21 })
  expect(divided.map((one) => one.idea)).toEqual(['d'])
})

test('where the room differs the most divided comes first', () => {
  const { divided } = groundOf(board({ a: [6, 1, 4], b: [5, 0, 5], c: [9, 9, 2] }), 'v')
  expect(divided.map((one) => one.idea)).toEqual(['b', 'a', 'c'])
})

test('one person is not a room that agrees', () => {
  const { shared, divided } = groundOf(board({ a: [1, 0, 0], b: [3, 0, 0] }), 'v')
  expect(shared.map((one) => one.idea)).toEqual(['b'])
  expect(divided.map((one) => one.idea)).toEqual(['a'])
})

test('before its time nothing is known, and of what nobody spoke nothing is said', () => {
  expect(groundOf({ ...board({ a: [5, 0, 0] }), counts: {} }, 'v')).toEqual({ shared: [], divided: [] })
  expect(groundOf(board({ a: [0, 0, 0] }), 'v')).toEqual({ shared: [], divided: [] })
})
