import { expect, test } from 'vitest'
import { emptyBoard } from '../../boards/board'
import type { Ballot, Board, Id } from '../../live/wire'
import { optionsOf } from './options'

const ballot: Ballot & { id: Id } = { id: 'v', method: 'approval', round: 1, budget: 0, mostPerIdea: 0, counts: 'live', anonymous: true, open: true, revealed: false, voters: 4 }
const idea = (rank: string, state: 'shown' | 'hidden' = 'shown') => ({ lane: 'l', text: rank, rank, at: 0, state })
const board: Board = { ...emptyBoard('b'), ideas: { two: idea('b'), one: idea('a'), gone: idea('c', 'hidden') } }

test('options stand in their order, with the share of who voted', () => {
  const counted = { ...board, counts: { v: { two: { values: { 1: 3 } } } } }
  expect(optionsOf(counted, ballot)).toEqual([
    { idea: 'one', text: 'a', n: 0, share: 0 },
    { idea: 'two', text: 'b', n: 3, share: 0.75 },
  ])
})

test('before their time there are no numbers', () => {
  expect(optionsOf(board, { ...ballot, counts: 'close' }).map((one) => one.n)).toEqual([null, null])
  expect(optionsOf(board, null).map((one) => one.n)).toEqual([null, null])
})
