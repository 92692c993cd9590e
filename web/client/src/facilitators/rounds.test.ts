import { expect, test } from 'vitest'
import { emptyBoard } from '../boards/board'
import type { Ballot } from '../live/wire'
import { nextRound, termsOf } from './rounds'

const of = (kind: string) => ({ facts: { ...emptyBoard('b').facts, kind } })
const last: Ballot = { method: 'score', round: 1, budget: 0, mostPerIdea: 0, counts: 'reveal', anonymous: false, open: false, revealed: true }

test('a first round is what suits the kind of step', () => {
  expect(nextRound(of('ideas'), null, null).method).toBe('dots')
  expect(nextRound(of('opinion'), null, null)).toMatchObject({ method: 'agree', counts: 'live', anonymous: true })
  expect(nextRound(of('pulse'), null, null)).toMatchObject({ method: 'approval', counts: 'live' })
  expect(nextRound(null, null, null).method).toBe('dots')
})

test('what the step was made for comes before that, and the last round before both', () => {
  const preset = { method: 'dots', budget: 5, mostPerIdea: 2 } as const
  expect(nextRound(of('opinion'), preset, null)).toEqual({ method: 'dots', budget: 5, mostPerIdea: 2, counts: 'close', anonymous: true })
  expect(nextRound(of('opinion'), preset, last)).toMatchObject({ method: 'score', counts: 'reveal', anonymous: false })
  // Whoever then chooses dots after all finds a budget that can be given.
  expect(nextRound(of('ideas'), null, last)).toMatchObject({ budget: 3, mostPerIdea: 1 })
})

test('only methods that have a budget say one', () => {
  const round = nextRound(of('ideas'), null, null)
  expect(termsOf({ ...round, budget: 2, mostPerIdea: 5 })).toEqual({ method: 'dots', budget: 2, mostPerIdea: 2, counts: 'close', anonymous: true })
  expect(termsOf({ ...round, method: 'rank', budget: 50 })).toEqual({ method: 'rank', budget: 10, counts: 'close', anonymous: true })
  expect(termsOf({ ...round, method: 'agree' })).toEqual({ method: 'agree', counts: 'close', anonymous: true })
})
