import { expect, test } from 'vitest'
import { clockText, isRunning, leftOf, phaseOf } from './timer'

test('a running timer counts down to nothing and stays there', () => {
  const timer = { endsAt: 100_000, durationMs: 60_000 }
  expect(isRunning(timer)).toBe(true)
  expect([40_000, 99_999, 100_000, 200_000].map((now) => leftOf(timer, now))).toEqual([60_000, 1, 0, 0])
})

test('a timer says when a minute is left and when it is nearly over, where it is long enough for that', () => {
  const phases = (durationMs: number, ...left: number[]) => left.map((ms) => phaseOf({ endsAt: 1_000_000, durationMs }, 1_000_000 - ms))
  expect(phases(300_000, 60_001, 60_000, 20_001, 20_000, 0)).toEqual(['running', 'minute', 'minute', 'soon', 'over'])
  expect(phases(120_000, 60_000, 20_000)).toEqual(['running', 'soon'])
  expect(phases(40_000, 20_000, 1)).toEqual(['running', 'running'])
  expect(phaseOf({ remainingMs: 10_000, durationMs: 300_000 }, 0)).toBe('paused')
})

test('a paused timer keeps what remains', () => {
  const timer = { endsAt: null, remainingMs: 30_000, durationMs: 60_000 }
  expect(isRunning(timer)).toBe(false)
  expect(leftOf(timer, 999_999)).toBe(30_000)
})

test('a begun second is shown as a whole one', () => {
  expect([0, 1, 1000, 59_001, 240_000, 3_600_000].map(clockText)).toEqual(['0:00', '0:01', '0:01', '1:00', '4:00', '60:00'])
})
