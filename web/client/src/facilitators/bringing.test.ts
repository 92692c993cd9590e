import { expect, test } from 'vitest'
import { emptyBoard } from '../boards/board'
import type { Ballot, Board, Idea, Step } from '../live/wire'
import { bringing, candidatesOf, offersBringing, sourcesFor } from './bringing'

const idea = (at: number, more: Partial<Idea> = {}): Idea => ({ lane: 'lane', text: `idea ${at}`, rank: String(at).padStart(4, '0'), at, state: 'shown', ...more })
const board = (id: string, ideas: Record<string, Idea>, more: Partial<Board> = {}, facts: Partial<Board['facts']> = {}): Board => {
  const empty = emptyBoard(id)
  return { ...empty, lanes: { lane: { title: 'Lane', rank: 'a' } }, ideas, ...more, facts: { ...empty.facts, kind: 'ideas', ...facts } }
}
const steps = ['one', 'two', 'three'].map((id) => ({ step: `step-${id}`, board: id, title: id, kind: 'ideas' })) as Step[]
const ballot: Ballot = { method: 'dots', round: 1, budget: 3, mostPerIdea: 3, counts: 'close', anonymous: true, open: false, revealed: false, voters: 3 }

test('one brings from what comes before, and into a plan from every other step', () => {
  expect(sourcesFor(steps, board('two', {})).map((step) => step.board)).toEqual(['one'])
  expect(sourcesFor(steps, board('two', {}, {}, { kind: 'plan' })).map((step) => step.board)).toEqual(['one', 'three'])
  expect(sourcesFor(steps, board('one', {}))).toEqual([])
  expect(sourcesFor([{ ...steps[0]!, kind: 'charter' }, ...steps.slice(1)], board('three', {})).map((step) => step.board)).toEqual(['two'])
})

test('it is offered where nothing is yet, where only facilitators write, and where something was brought', () => {
  const open = { writing: true }
  expect(offersBringing(steps, board('two', {}, {}, open))).toBe(true)
  expect(offersBringing(steps, board('two', { a: idea(1) }, {}, open))).toBe(false)
  expect(offersBringing(steps, board('two', { a: idea(1) }, {}, { writing: false }))).toBe(true)
  expect(offersBringing(steps, board('two', { a: idea(1, { from: [{ board: 'one', idea: 'x' }] }) }, {}, open))).toBe(true)
  expect(offersBringing(steps, board('two', {}, {}, { ...open, unrevealed: 3 }))).toBe(false)
  expect(offersBringing(steps, board('one', {}, {}, open))).toBe(false)
  for (const kind of ['opinion', 'pilot', 'journey']) expect(offersBringing(steps, board('two', {}, {}, { ...open, kind }))).toBe(true)
  for (const kind of ['charter', 'pulse', 'plan']) expect(offersBringing(steps, board('two', {}, {}, { ...open, kind }))).toBe(false)
})

test('the best by votes come first where they were counted, else the newest', () => {
  const ideas = { old: idea(1), middle: idea(2), late: idea(3) }
  expect(candidatesOf(board('one', ideas), null).ideas.map(({ id }) => id)).toEqual(['late', 'middle', 'old'])
  const voted = candidatesOf(board('one', ideas, { ballots: { b: ballot }, tallies: { b: { middle: 4, old: 1 } } }), null)
  expect(voted.isVoted).toBe(true)
  expect(voted.ideas.map(({ id }) => id)[0]).toBe('middle')
})

test('only what all may see is there, and what went on is marked', () => {
  const there = board(
    'one',
    { a: idea(1, { theme: 't' }), b: idea(2, { theme: 't' }), into: idea(3, { into: 'a' }), secret: idea(4, { state: 'unrevealed', theme: 'u' }), waits: idea(5, { state: 'waiting' }), gone: idea(6, { state: 'hidden' }) },
    { themes: { t: { title: 'Theme', colour: 2, rank: 'a' }, u: { title: 'Empty', colour: 3, rank: 'b' } } },
  )
  const from = (id: string) => ({ from: [{ board: 'one', idea: id }] })
  const found = candidatesOf(there, board('two', { x: idea(1, from('a')), y: idea(2, { ...from('b'), state: 'hidden' }) }))
  expect(found.ideas.map(({ id, isIn }) => [id, isIn])).toEqual([['b', false], ['a', true]])
  expect(found.themes.map(({ id, ideas, isIn }) => [id, ideas, isIn])).toEqual([['t', ['a', 'b'], false]])
})

test('all of it is one command', () => {
  const { themes, ideas } = candidatesOf(board('one', { a: idea(1, { theme: 't' }) }, { themes: { t: { title: 'Theme', colour: 2, rank: 'a' } } }), null)
  const [action, more] = bringing('lane', 'one', [...themes, ...ideas])
  expect(action).toMatchObject({ type: 'bring-ideas', lane: 'lane', source: 'one', ideas: [{ theme: 't' }, { from: 'a' }] })
  expect(more).toBeUndefined()
  expect(bringing('lane', 'one', Array.from({ length: 501 }, () => ideas[0]!))).toHaveLength(2)
})
