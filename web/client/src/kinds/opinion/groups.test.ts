import { expect, test } from 'vitest'
import { emptyBoard } from '../../boards/board'
import type { Opinions } from '../../live/wire'
import type { Stand } from './ground'
import { outlineOf, pictureOf, saysOf, togetherOf } from './groups'

const opinions: Opinions = {
  board: 'b', ballot: 'v', version: 1, final: false, people: 14, placed: 14,
  map: [[-2, 0, 7, 0], [2, 0.5, 7, 1]],
  groups: [{ people: 7, x: -2, y: 0, says: [{ idea: 'a', agrees: true, said: 7, votes: 7, others: [0, 7] }, { idea: 'gone', agrees: false, said: 7, votes: 7 }] }, { people: 7, x: 2, y: 0.5, says: [] }],
  together: [{ idea: 'c', agrees: true, said: 14, votes: 14 }, { idea: 'gone', agrees: true, said: 14, votes: 14 }],
}

test('the map fills its picture, and whoever stands outside stands at its edge', () => {
  const { width, height, spots, here } = pictureOf(opinions, { board: 'b', ballot: 'v', x: 30, y: 0, group: 1, next: [] })
  expect(spots.map((spot) => Math.round(spot.x))).toEqual([11, 89])
  for (const spot of spots) {
    expect(spot.y).toBeGreaterThan(spot.r)
    expect(spot.y).toBeLessThan(height - spot.r)
  }
  expect(here!.x).toBe(width - 3)
})

test('a room at one place is in the middle, and a room without a map has none', () => {
  expect(pictureOf({ ...opinions, map: [[0.3, 0.1, 9, -1]] }).spots[0]).toMatchObject({ x: 50, y: 21 })
  expect(pictureOf({ ...opinions, map: [] }, { board: 'b', ballot: 'v', x: 1, y: 1, next: [] })).toMatchObject({ spots: [], here: null })
})

test('each group has a shape of its own', () => {
  expect(new Set([0, 1, 2, 3, 4].map((group) => outlineOf(group, 2))).size).toBe(5)
})

test('what is not on the board any more is not said', () => {
  const board = { ...emptyBoard('b'), ideas: { a: { lane: 'l', text: 'A', rank: 'a', at: 0, state: 'shown' as const } } }
  expect(saysOf(opinions, 0, board).map((each) => each.text)).toEqual(['A'])
  const stand: Stand = { idea: 'c', text: 'C', agree: 14, pass: 0, disagree: 0, spoke: 14, most: 1, share: 1 }
  expect(togetherOf(opinions, [stand])).toEqual([stand])
})
