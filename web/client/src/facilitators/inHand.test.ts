import { expect, it } from 'vitest'
import type { Held } from '../live/wire'
import { holdOf, inHandOf } from './inHand'

const held = (by: string, ideas: string[], board = 'b'): Held => ({ by, name: by, board, ideas, how: 'open' })

it('shows what others have in hand on this board, and nothing of oneself', () => {
  const hands = inHandOf([held('me', ['one']), held('dina', ['two', 'three']), held('eli', ['three']), held('eli', ['four'], 'elsewhere')], 'me', 'b')
  expect([...hands].map(([idea, { by }]) => [idea, by])).toEqual([['two', 'dina'], ['three', 'dina']])
})

it('holds what is dragged before what is asked, and what is asked before where the keyboard is', () => {
  expect(holdOf('b', ['one'], { about: 'edit', idea: 'two' }, 'three')).toEqual({ board: 'b', ideas: ['one'], how: 'drag' })
  expect(holdOf('b', [], { about: 'edit', idea: 'two' }, 'three')).toEqual({ board: 'b', ideas: ['two'], how: 'edit' })
  expect(holdOf('b', [], { about: 'hide', ideas: ['two', 'four'] }, 'three')).toEqual({ board: 'b', ideas: ['two', 'four'], how: 'open' })
  expect(holdOf('b', [], null, 'three')).toEqual({ board: 'b', ideas: ['three'], how: 'open' })
})

it('lets go when nothing is in hand any more', () => {
  expect(holdOf('b', [], null, null)).toEqual({})
  expect(holdOf('b', [], { about: 'keys' }, 'three')).toEqual({})
  expect(holdOf(undefined, ['one'], null, null)).toEqual({})
})
