import { expect, test } from 'vitest'
import type { Id, Step, WorkshopAction } from '../live/wire'
import { made, moveBehind, moveBy, remove } from './agenda'

const stepsOf = (ids: string): Step[] => [...ids].map((step) => ({ step, board: step, kind: 'ideas', title: step }))

/** What the server makes of a move. */
function done(steps: Step[], [action]: WorkshopAction[]): string {
  if (action?.type !== 'move-step') return ''
  const others = steps.map((step) => step.step).filter((id) => id !== action.step)
  others.splice(action.after === undefined ? 0 : others.indexOf(action.after) + 1, 0, action.step)
  return others.join('')
}

test.each<[Id, 1 | -1, string | null]>([
  ['a', -1, null],
  ['a', 1, 'bacd'],
  ['b', -1, 'bacd'],
  ['c', -1, 'acbd'],
  ['d', 1, null],
  ['d', -1, 'abdc'],
])('%s moves by %i', (step, by, expected) => {
  const change = moveBy(stepsOf('abcd'), step, by)
  expect(change && done(stepsOf('abcd'), change.again)).toBe(expected)
  if (change && expected) expect(done(stepsOf(expected), change.back)).toBe('abcd')
})

test('a step dropped where it stands does not move', () => {
  expect(moveBehind(stepsOf('abc'), 'b', 'a')).toBeNull()
  expect(moveBehind(stepsOf('abc'), 'a', null)).toBeNull()
  expect(moveBehind(stepsOf('abc'), 'c', null)).toMatchObject({ again: [{ type: 'move-step', step: 'c' }] })
})

test('what was removed comes back, and what was made is made once', () => {
  expect(remove('a').back).toEqual([{ type: 'restore-step', step: 'a' }])
  expect(made('a')).toEqual({ again: [{ type: 'restore-step', step: 'a' }], back: [{ type: 'remove-step', step: 'a' }] })
})
