import { expect, test } from 'vitest'
import { emptyBoard } from '../boards/board'
import { searchFor } from '../boards/search'
import type { Board, Idea } from '../live/wire'
import { columnsOf } from './columns'
import type { Filter } from './filter'
import { isFiltering, shownBy } from './filter'

const idea = (text: string, more: Partial<Idea> = {}): Idea => ({ lane: 'now', text, rank: text, at: 1, state: 'shown', ...more })
const board: Board = {
  ...emptyBoard('b'),
  lanes: { now: { title: 'Now', rank: 'a' }, later: { title: 'Later', rank: 'b' } },
  themes: { shade: { title: 'Shade', rank: 'a', colour: 1 } },
  ideas: {
    tree: idea('Trees', { theme: 'shade', status: 'planned' }),
    bench: idea('Benches', { lane: 'later', theme: 'shade' }),
    tap: idea('A tap', { theme: 'gone' }),
    fountain: idea('A fountain', { into: 'tap' }),
  },
}
const all: Filter = { search: null, theme: null, lane: null, status: null, ideas: null }
const shown = (filter: Partial<Filter>) =>
  columnsOf(board, 'lanes', shownBy({ ...all, ...filter }, board, new Map([['tap', ['fountain']]]))).flatMap((column) => column.ideas)

test('without a filter everything is there', () => {
  expect(isFiltering(all)).toBe(false)
  expect(shown({}).sort()).toEqual(['bench', 'tap', 'tree'])
})

test('an idea is found by its words, and by those of what was merged into it', () => {
  expect(shown({ search: searchFor('tree') })).toEqual(['tree'])
  expect(shown({ search: searchFor('fountain') })).toEqual(['tap'])
})

test('by theme, and what has none, also where its theme is gone', () => {
  expect(shown({ theme: 'shade' }).sort()).toEqual(['bench', 'tree'])
  expect(shown({ theme: '' })).toEqual(['tap'])
})

test('by lane and by where it stands; what nobody decided about is received', () => {
  expect(shown({ lane: 'later' })).toEqual(['bench'])
  expect(shown({ status: 'planned' })).toEqual(['tree'])
  expect(shown({ status: 'received' }).sort()).toEqual(['bench', 'tap'])
})

test('all that is asked for must hold', () => {
  expect(shown({ theme: 'shade', status: 'received' })).toEqual(['bench'])
  expect(isFiltering({ ...all, theme: '' })).toBe(true)
})
