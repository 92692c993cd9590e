import { expect, test } from 'vitest'
import { emptyBoard } from '../../boards/board'
import type { Board, Idea, ThemesTold } from '../../live/wire'
import { ghostsOf, pictureOf, sameOf } from './ghosts'

const idea = (rank: string, more: Partial<Idea> = {}): Idea => ({ lane: 'l', text: rank, rank, at: 1, state: 'shown', ...more })
const board: Board = {
  ...emptyBoard('b'),
  themes: { known: { title: 'Ours', rank: 'a', colour: 7 } },
  ideas: { a: idea('a'), b: idea('b'), c: idea('c', { state: 'waiting' }), d: idea('d', { theme: 'known' }), e: idea('e'), f: idea('f', { into: 'a' }), g: idea('g', { state: 'hidden' }), h: idea('h'), i: idea('i'), j: idea('j', { at: 0 }) },
}
const told: ThemesTold = {
  board: 'b', run: 1, state: 'done', whole: true,
  themes: [{ theme: 'known', title: 'Old name', colour: 1, kept: true }, { theme: 'new', title: 'benches', colour: 2, example: 'b' }, { theme: 'lonely', title: 'x', colour: 3 }, { theme: 'wordless', title: '', colour: 4 }],
  places: { a: [0, 0, 1], b: [0, 0, 1], c: [0, 0, 1], d: [0, 0, 1], e: [1, 1, 0], f: [0, 0, 1], g: [0, 0, 1], h: [2, 2, 2], i: [3, 3, -1] },
  same: [['a', 'b', 'j'], ['a', 'c'], ['d', 'g']],
}
const ghosts = (more: Partial<ThemesTold> = {}, on = board) => ghostsOf(on, { ...told, ...more }, (n) => `Theme ${n}`)

test('what was placed, hidden or merged meanwhile is proposed no more, and the example comes first', () =>
  expect(ghosts().fresh).toEqual([{ theme: 'new', title: 'benches', colour: 2, ideas: ['b', 'a', 'c'] }]))
test('for a theme of the board there are more ideas, under the name it has now', () => expect(ghosts().more).toEqual([{ theme: 'known', title: 'Ours', colour: 7, ideas: ['e'] }]))
test('one alone is no theme, and what has no place is loose', () => expect(ghosts().loose).toBe(3))
test('what was put aside is out of the way', () => expect([ghosts({ aside: ['new'] }).fresh, ghosts({ aside: ['new'] }).aside.map(({ theme }) => theme)]).toEqual([[], ['new']]))
test('a theme without words is numbered', () => expect(ghosts({ places: { a: [0, 0, 3], b: [0, 0, 3] } }).fresh[0]?.title).toBe('Theme 4'))
test('a theme that was removed frees its ideas', () => expect(ghosts({}, { ...board, themes: {} }).fresh.map(({ theme, ideas }) => [theme, ideas.length])).toEqual([['new', 4]]))
test('near duplicates of which one waits are offered in the queue alone', () => expect(sameOf(board, told)).toEqual([{ into: 'j', waiting: [], shown: ['j', 'a', 'b'] }]))
test('the map has what can be grouped, ghosts apart from what is placed', () => {
  const { points, groups } = pictureOf(board, told, ghosts())
  expect(points.map(({ id, group, ghost }) => `${id} ${group} ${ghost}`)).toEqual(['a new true', 'b new true', 'c new true', 'd known false', 'e known true', 'h null true', 'i null true'])
  expect(groups.map(({ id, ghost }) => [id, ghost])).toEqual([['known', false], ['new', true]])
})
