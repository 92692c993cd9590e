import { expect, test } from 'vitest'
import { between, step, successor, wayOf } from './grid'

const columns = [['a', 'b', 'c'], [], ['d']]

test('up and down stay in the column', () => {
  expect(step(columns, 'a', 'down')).toBe('b')
  expect(step(columns, 'a', 'up')).toBe('a')
  expect(step(columns, 'c', 'down')).toBe('c')
  expect(step(columns, 'b', 'last')).toBe('c')
  expect(step(columns, 'b', 'first')).toBe('a')
})

test('sideways goes to the same height of the next column with cards', () => {
  expect(step(columns, 'c', 'forth')).toBe('d')
  expect(step(columns, 'd', 'back')).toBe('a')
  expect(step(columns, 'd', 'forth')).toBe('d')
})

test('from nowhere to the first', () => {
  expect(step(columns, null, 'down')).toBe('a')
  expect(step([[]], 'a', 'down')).toBeNull()
})

test('keys point along the reading, whichever way that is', () => {
  expect(wayOf('ArrowRight', 'ltr')).toBe('forth')
  expect(wayOf('ArrowRight', 'rtl')).toBe('back')
  expect(wayOf('x', 'rtl')).toBeNull()
})

test('when a card leaves, its neighbour is next', () => {
  expect(successor(columns, [['a', 'c'], [], ['d']], 'b')).toBe('c')
  expect(successor(columns, [['a', 'b'], [], ['d']], 'c')).toBe('b')
  expect(successor(columns, [['a', 'b', 'c'], [], []], 'd')).toBe('a')
  expect(successor(columns, [[]], 'd')).toBeNull()
  expect(successor(columns, [['a'], ['b']], 'b')).toBe('b')
})

test('shift takes all from here to there', () => {
  expect(between(columns, 'b', 'd')).toEqual(['b', 'c', 'd'])
  expect(between(columns, 'd', 'c')).toEqual(['c', 'd'])
  expect(between(columns, 'gone', 'c')).toEqual(['c'])
})
