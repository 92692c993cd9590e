import { expect, test } from 'vitest'
import { emptyBoard } from '../boards/board'
import type { Ballot, Board, Idea, Workshop } from '../live/wire'
import { grouped } from './groups'
import { clock, nextPage, remaining, stageOf } from './stage'
import { standingsOf } from '../boards/standings'
import { drumRoll, rowsThatFit } from './standings'

const workshop: Workshop = {
  workshop: 'w', version: 1, now: 0, title: 'T', purpose: 'P', language: 'en', code: 'ABC234', anonymous: true, closed: false,
  charter: [], charterVersion: 1, principles: [], roles: [], questions: [], current: 'one',
  steps: [{ step: 'one', board: 'b', kind: 'ideas', title: 'One' }, { step: 'two', board: 'c', kind: 'ideas', title: 'Two' }],
}
const idea = (text: string, more: Partial<Idea> = {}): Idea => ({ lane: 'a', text, rank: text, at: 0, state: 'shown', ...more })
const ballot = (more: Partial<Ballot> = {}): Ballot => ({
  method: 'dots', round: 1, budget: 5, mostPerIdea: 2, counts: 'reveal', anonymous: true, open: true, revealed: false, ...more,
})
const board = (more: Partial<Board> = {}): Board => ({ ...emptyBoard('b'), ...more })
const facts = (more: Partial<Board['facts']>): Board['facts'] => ({ ...emptyBoard('b').facts, ...more })
const ideas = { x: idea('x'), y: idea('y'), z: idea('z') }

test('the lobby lasts until something was written in the first step', () => {
  expect(stageOf(null, null)).toBe('opening')
  expect(stageOf(workshop, board())).toBe('lobby')
  expect(stageOf(workshop, board({ facts: facts({ private: true, unrevealed: 1 }) }))).toBe('private')
  expect(stageOf(workshop, board({ ideas }))).toBe('ideas')
  expect(stageOf({ ...workshop, current: 'two' }, board())).toBe('empty')
})

test('what was written privately is shown once it is revealed', () => {
  expect(stageOf(workshop, board({ ideas, facts: facts({ private: true }) }))).toBe('private')
  expect(stageOf(workshop, board({ ideas, facts: facts({ private: true, revealed: true }) }))).toBe('ideas')
})

test('a ballot is voting, then counting, then results, until writing goes on', () => {
  expect(stageOf(workshop, board({ ideas, ballots: { v: ballot() } }))).toBe('voting')
  const closed = board({ ideas, ballots: { v: ballot({ open: false }) } })
  expect(stageOf(workshop, closed)).toBe('counting')
  expect(stageOf(workshop, { ...closed, tallies: { v: { x: 1 } } })).toBe('results')
  expect(stageOf(workshop, closed, new Set(['v']))).toBe('ideas')
  expect(stageOf({ ...workshop, closed: true }, closed)).toBe('thanks')
})

test('what facilitators turned it to comes first, where it is there to be seen', () => {
  const turned = (screen: Board['facts']['screen'], more: Partial<Board> = {}) => stageOf(workshop, board({ ideas, facts: facts({ screen: screen ?? null }), ...more }))
  expect(turned({ view: 'idea', idea: 'x' })).toBe('spotlight')
  expect(turned({ view: 'idea', idea: 'gone' })).toBe('ideas')
  expect(turned({ view: 'cloud' })).toBe('cloud')
  expect(turned({ view: 'map' })).toBe('map')
  expect(turned({ view: 'cloud' }, { ballots: { v: ballot() } })).toBe('cloud')
  expect(turned({ view: 'board' }, { ballots: { v: ballot({ open: false }) } })).toBe('ideas')
  expect(turned({ view: 'results' })).toBe('ideas')
  expect(turned({ view: 'results' }, { ballots: { v: ballot({ open: false }) }, tallies: { v: { x: 1 } } })).toBe('results')
  expect(stageOf({ ...workshop, closed: true }, board({ ideas, facts: facts({ screen: { view: 'cloud' } }) }))).toBe('thanks')
})

test('a running timer runs by the server’s clock, a paused one stands', () => {
  expect(remaining({ endsAt: 5000, durationMs: 9000 }, 2000)).toEqual({ ms: 3000, paused: false })
  expect(remaining({ endsAt: 5000, durationMs: 9000 }, 9000)).toEqual({ ms: 0, paused: false })
  expect(remaining({ remainingMs: 4000, durationMs: 9000 }, 9000)).toEqual({ ms: 4000, paused: true })
  expect(remaining(null, 0)).toBeNull()
})

test('times read as clocks do', () => {
  expect([0, 1, 59_001, 245_000, 3_845_000].map(clock)).toEqual(['0:00', '0:01', '1:00', '4:05', '1:04:05'])
})

test('pages go round, and to what is new first', () => {
  expect(nextPage(0, 1, null)).toBe(0)
  expect(nextPage(2, 3, null)).toBe(0)
  expect(nextPage(0, 4, 3)).toBe(3)
  expect(nextPage(3, 4, 3)).toBe(0)
})

test('who has as many dots shares the place', () => {
  const standings = standingsOf(board({ ideas, tallies: { v: { x: 2, y: 5, z: 2 } } }), 'v')
  expect(standings.map(({ idea, place, tied }) => [idea, place, tied])).toEqual([['y', 1, false], ['x', 2, true], ['z', 2, true]])
  expect(standings[1]!.share).toBeCloseTo(0.4)
  expect(standingsOf(board({ ideas }), 'v')).toEqual([])
})

test('those who share a place are not parted by the edge of the screen', () => {
  const standings = standingsOf(board({ ideas, tallies: { v: { x: 2, y: 5, z: 2 } } }), 'v')
  expect([1, 2, 3, 9].map((room) => rowsThatFit(standings, room))).toEqual([1, 1, 3, 3])
})

test('the roll goes from the last place to the first, ties together, and holds its breath before the first', () => {
  const [first, second, tied, last] = drumRoll([1, 2, 2, 4]) as [number, number, number, number]
  expect(last).toBe(0)
  expect(second).toBe(tied)
  expect(second).toBeGreaterThan(last)
  expect(first - second).toBeGreaterThan(second - last)
  expect(Math.max(...drumRoll(Array.from({ length: 20 }, (_, n) => n + 1)))).toBeLessThan(8000)
  expect(drumRoll([1, 1])).toEqual([0, 0])
})

test('ideas stand by lanes where there are several, else by themes, else on the wall', () => {
  const one = { a: { title: 'A', rank: '1' } }
  expect(grouped(board({ ideas, lanes: one }), { rest: '' }).groups.map((group) => group.kind)).toEqual(['wall'])
  const themes = { t: { title: 'T', rank: '1', colour: 3 } }
  const themed = { ...ideas, x: idea('x', { theme: 't' }), y: idea('y', { into: 'x' }) }
  const byThemes = grouped(board({ ideas: themed, lanes: one, themes }), { rest: 'Others' })
  expect(byThemes.groups.map((group) => [group.title, group.cards.map((card) => card.id)])).toEqual([['T', ['x']], ['Others', ['z']]])
  expect(byThemes.groups[0]!.cards[0]!.merged).toBe(1)
  const lanes = { ...one, b: { title: 'B', rank: '2' } }
  const byLanes = grouped(board({ ideas: themed, lanes, themes }), { rest: '' })
  expect(byLanes.groups.map((group) => [group.title, group.cards.length])).toEqual([['A', 2], ['B', 0]])
  expect(byLanes.groups[0]!.cards[0]!.theme).toBe('T')
})
