import { expect, test } from 'vitest'
import { durationIn, stateOf } from './timer'

test('a timer runs, warns, ends, and rests', () => {
  const timer = { endsAt: 100_000, durationMs: 90_000 }
  expect(stateOf(null, 0)).toBe('none')
  expect(stateOf(timer, 40_000)).toBe('running')
  expect(stateOf(timer, 85_000)).toBe('closing')
  expect(stateOf(timer, 100_000)).toBe('over')
  expect(stateOf({ remainingMs: 5000, durationMs: 90_000 }, 0)).toBe('paused')
})

test('a short one does not warn all its life', () => expect(stateOf({ endsAt: 100_000, durationMs: 40_000 }, 90_000)).toBe('running'))

test('what people type for a time', () => {
  expect(durationIn('7')).toBe(420_000)
  expect(durationIn(' 2.5 ')).toBe(150_000)
  expect(durationIn('2,5')).toBe(150_000)
  expect(durationIn('4:30')).toBe(270_000)
  for (const wrong of ['', '0', 'a', '4:75', '-3', '900']) expect(durationIn(wrong)).toBeNull()
})
