import { expect, test } from 'vitest'
import type { Board, Comment, Idea, MyComment } from '../live/wire'
import { emptyBoard } from './board'
import { commentCounts, saidOf, teamOn } from './dialogue'
import { participantGuess } from './guesses'
import { emptyMine } from './mine'

const idea = (more: Partial<Idea> = {}): Idea => ({ lane: 'l', text: 'x', rank: 'a', at: 1, state: 'shown', ...more })
const comment = (of: string, at: number, more: Partial<Comment> = {}): Comment => ({ idea: of, text: `${of} ${at}`, at, state: 'shown', ...more })
const my = (of: string, at: number, state: MyComment['state']): MyComment => ({ idea: of, text: `my ${at}`, at, state })
const board: Board = {
  ...emptyBoard('b'),
  ideas: { one: idea({ status: 'chosen' }), two: idea({ into: 'one', status: 'not-now' }), three: idea() },
  comments: { c: comment('two', 3), a: comment('one', 1), w: comment('one', 2, { state: 'waiting' }), z: comment('three', 1) },
}

test('F10: what was said of merged ideas is read together, first to last', () => {
  expect(saidOf(board, null, ['one', 'two']).map(({ id }) => id)).toEqual(['a', 'w', 'c'])
})

test('comments count where their idea is shown, and only those that everyone reads', () => {
  expect([...commentCounts(board.comments, board.ideas)]).toEqual([['one', 2], ['three', 1]])
})

test('one reads one’s own comments also while nobody else does, and no longer once withdrawn', () => {
  const mine = { ...emptyMine('b'), comments: { h: my('one', 5, 'hidden'), a: my('one', 1, 'withdrawn'), o: my('three', 6, 'waiting') } }
  expect(saidOf(board, mine, ['one']).map(({ id, mine, state }) => [id, mine, state])).toEqual([['w', false, 'waiting'], ['h', true, 'hidden']])
})

test('F12: what became one idea stands where that one stands', () => {
  expect(teamOn(board, 'two').status).toBe('chosen')
  expect(teamOn(board, 'gone')).toEqual({})
})

test('a reaction counts at once and is one’s own, also while others react', () => {
  const guess = participantGuess({ type: 'react', idea: 'one', reaction: 'heart', on: true, command: 'c1', board: 'b' }, 0)!
  const reacted = { ...board, reactions: { one: { heart: 4 } } }
  expect(guess.board!(reacted).reactions['one']).toEqual({ heart: 5 })
  expect(guess.mine!(emptyMine('b'), board).reactions['one']).toEqual({ heart: 1 })
})

test('under approval only its writer sees a new comment at once', () => {
  const guess = participantGuess({ type: 'add-comment', comment: 'n', idea: 'one', text: 'New', command: 'c1', board: 'b' }, 9)!
  const careful = { ...board, facts: { ...board.facts, moderation: 'approve' as const } }
  expect(guess.board!(careful).comments).not.toHaveProperty('n')
  expect(guess.mine!(emptyMine('b'), careful).comments['n']?.state).toBe('waiting')
  expect(guess.board!(board).comments['n']?.text).toBe('New')
})
