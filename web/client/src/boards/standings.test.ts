import { expect, test } from 'vitest'
import type { Ballot, Board, Count, Idea, Method } from '../live/wire'
import { emptyBoard } from './board'
import { before, standingsOf, valuesOf } from './standings'

const idea = (rank: string, more: Partial<Idea> = {}): Idea => ({ lane: 'l', text: rank, rank, at: 0, state: 'shown', ...more })
const ballot = (method: Method): Ballot => ({
  method, round: 1, budget: 3, mostPerIdea: 0, counts: 'close', anonymous: true, open: false, revealed: false,
})
const said = (values: Count['values']): Count => ({ values })

function places(method: Method, counts: Record<string, Count>): [idea: string, place: number, tied: boolean, count: number][] {
  const ideas = Object.fromEntries(Object.keys(counts).map((id) => [id, idea(id)]))
  const board: Board = { ...emptyBoard('b'), ideas, ballots: { v: ballot(method) }, counts: { v: counts } }
  return standingsOf(board, 'v').map(({ idea, place, tied, count }) => [idea, place, tied, count])
}

test('approval counts who is for it', () => {
  expect(places('approval', { a: said({ 1: 2 }), b: said({ 1: 7 }), c: said({ 1: 2 }) })).toEqual([
    ['b', 1, false, 7], ['a', 2, true, 2], ['c', 2, true, 2],
  ])
})

test('scores are ordered by their mean, however many gave one, and equal means are a tie', () => {
  expect(places('score', { a: said({ 3: 1 }), b: said({ 1: 3, 5: 3 }), c: said({ 5: 1, 4: 1 }) })).toEqual([
    ['c', 1, false, 4.5], ['a', 2, true, 3], ['b', 2, true, 3],
  ])
  // A third of one and a third of three are the same mean, written differently.
  expect(places('score', { a: said({ 1: 2, 2: 1 }), b: said({ 1: 4, 2: 2 }) }).map(([, place]) => place)).toEqual([1, 1])
})

test('statements are ordered by who agrees less who does not; passing changes nothing', () => {
  expect(places('agree', { a: said({ 1: 4, [-1]: 3, 0: 9 }), b: said({ 1: 2 }), c: said({ [-1]: 2 }) })).toEqual([
    ['b', 1, false, 2], ['a', 2, false, 1], ['c', 3, false, -2],
  ])
})

test('a ranking gives points: the first of three places three, the last one', () => {
  expect(places('rank', { a: said({ 1: 1 }), b: said({ 2: 2 }), c: said({ 3: 3 }) })).toEqual([
    ['b', 1, false, 4], ['a', 2, true, 3], ['c', 2, true, 3],
  ])
})

test('consent goes to what has the fewest objections, and brings why', () => {
  expect(places('consent', { a: said({ 1: 9, [-1]: 1 }), b: said({ 1: 1 }), c: said({ 1: 3 }) }).map(([idea, place]) => [idea, place])).toEqual([['b', 1], ['c', 1], ['a', 3]])
})

test('on a plane what brings much for little goes first', () => {
  const counts = { a: { values: { 8: 1, 6: 1 }, efforts: { 2: 2 } }, b: { values: { 9: 1 }, efforts: { 9: 1 } } }
  expect(places('axes', counts).map(([idea, place, , count]) => [idea, place, count])).toEqual([['a', 1, 5], ['b', 2, 0]])
})

test('every value has its part, also one that nobody gave', () => {
  const board: Board = { ...emptyBoard('b'), ideas: { a: idea('a') }, ballots: { v: ballot('agree') }, counts: { v: { a: said({ 1: 3, 0: 1 }) } } }
  expect(standingsOf(board, 'v')[0]!.parts).toEqual([
    { value: 1, n: 3, share: 0.75 }, { value: 0, n: 1, share: 0.25 }, { value: -1, n: 0, share: 0 },
  ])
  expect(valuesOf(ballot('score'))).toEqual([5, 4, 3, 2, 1])
})

test('a second round has the latest earlier one of its method to be held against', () => {
  const rounds = { v1: ballot('score'), v2: { ...ballot('agree'), round: 2 }, v3: { ...ballot('score'), round: 3 }, v4: { ...ballot('score'), round: 4 } }
  const board: Board = {
    ...emptyBoard('b'), ideas: { a: idea('a'), b: idea('b') }, ballots: rounds,
    counts: { v1: { a: said({ 2: 1 }), b: said({ 5: 1 }) }, v2: { a: said({ 1: 1 }) }, v4: { a: said({ 4: 1 }) } },
  }
  // The third round's counts are not due.
  expect([...before(board, 'v4')].map(([id, { place, count }]) => [id, place, count])).toEqual([['b', 1, 5], ['a', 2, 2]])
  expect(before(board, 'v1').size).toBe(0)
})

test('before counts are due there are no standings', () => {
  expect(standingsOf({ ...emptyBoard('b'), ideas: { a: idea('a') }, ballots: { v: ballot('score') } }, 'v')).toEqual([])
})
