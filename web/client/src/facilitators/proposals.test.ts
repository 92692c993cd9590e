import { expect, test } from 'vitest'
import type { Idea } from '../live/wire'
import { proposalsOf } from './proposals'

const idea = (at: number, more: Partial<Idea> = {}): Idea => ({ lane: 'a', text: 'x', rank: `${at}`, at, state: 'shown', ...more })

test('G4: what most find the same comes first, and what was written first stays on top', () => {
  const ideas = { a: idea(3), b: idea(1), c: idea(2) }
  const alike = { a: { with: [{ idea: 'b', same: 3, different: 1 }, { idea: 'c', same: 5, different: 0 }] } }
  expect(proposalsOf(alike, ideas)).toEqual([
    { key: 'a c', one: 'c', other: 'a', same: 5, different: 0 },
    { key: 'a b', one: 'b', other: 'a', same: 3, different: 1 },
  ])
})

test('what is merged, waits or stands in one theme already is no proposal', () => {
  const alike = { a: { with: [{ idea: 'b', same: 3, different: 0 }] } }
  expect(proposalsOf(alike, { a: idea(1), b: idea(2, { into: 'a' }) })).toEqual([])
  expect(proposalsOf(alike, { a: idea(1), b: idea(2, { state: 'waiting' }) })).toEqual([])
  expect(proposalsOf(alike, { a: idea(1, { theme: 't' }), b: idea(2, { theme: 't' }) })).toEqual([])
  expect(proposalsOf(alike, { a: idea(1, { theme: 't' }), b: idea(2, { theme: 'u' }) })).toHaveLength(1)
})
