import { expect, test } from 'vitest'
import type { Idea, Mine } from '../live/wire'
import { changesBetween, principlesAt, proposalsIn, withProposal } from './charter'

const kind = { id: 'p1', text: 'Be kind' }
const brief = { id: 'p2', text: 'Be brief' }
const here = { id: 'p3', text: 'Be here' }
const idea = (at: number, more: Partial<Idea> = {}): Idea => ({ lane: 'l', text: 'x', rank: '1', at, state: 'shown', ...more })

test('what changed is told by the ids: reworded, added, and removed where it stood', () => {
  const changes = changesBetween([kind, brief, here], [{ ...kind, text: 'Be kind to all' }, here, { id: 'n', text: 'Be curious' }])
  expect(changes.map(({ id, kind }) => `${id} ${kind}`)).toEqual(['p1 reworded', 'p2 removed', 'p3 same', 'n added'])
  expect(changes[0]!.was).toBe('Be kind')
})

test('what was removed first stands first, and several keep their order', () =>
  expect(changesBetween([kind, brief, here], [here]).map(({ id }) => id)).toEqual(['p1', 'p2', 'p3']))

test('the same words under another id are no change', () =>
  expect(changesBetween([kind, brief], [kind, { id: 'n', text: 'Be brief' }]).map(({ kind }) => kind)).toEqual(['same', 'same']))

test('proposals stand with their principle, and with the others where it has gone', () => {
  const ideas = {
    a: idea(2, { proposal: { principle: 'p1' } }),
    b: idea(1, { proposal: { principle: 'p1', remove: true } }),
    c: idea(3),
    d: idea(4, { proposal: { principle: 'gone' } }),
    e: idea(5, { into: 'a' }),
    f: idea(6),
  }
  const mine = { ideas: { w: { lane: 'l', text: 'x', state: 'waiting', at: 7, proposal: { principle: 'p2' } }, f: { lane: 'l', text: 'x', state: 'withdrawn', at: 6 } } } as unknown as Mine
  expect([...proposalsIn({ ideas }, mine, [kind, brief])]).toEqual([['p1', ['b', 'a']], ['p2', ['w']], [null, ['c', 'd']]])
})

test('a proposal put into a charter rewords, removes or adds', () => {
  expect(withProposal([kind, brief], idea(1, { text: 'Kindly', proposal: { principle: 'p1' } }), 'n')).toEqual([{ id: 'p1', text: 'Kindly' }, brief])
  expect(withProposal([kind, brief], idea(1, { proposal: { principle: 'p1', remove: true } }), 'n')).toEqual([brief])
  expect(withProposal([kind], idea(1, { text: 'Be here' }), 'n')).toEqual([kind, { id: 'n', text: 'Be here' }])
  // Its principle has gone: in other words it is a new one, and there is nothing left to remove.
  expect(withProposal([kind], idea(1, { text: 'Short', proposal: { principle: 'p2' } }), 'n')).toEqual([kind, { id: 'n', text: 'Short' }])
  expect(withProposal([kind], idea(1, { proposal: { principle: 'p2', remove: true } }), 'n')).toEqual([kind])
})

test('a moment has the principles that were in force then', () => {
  const charter = { version: 2, versions: [{ version: 1, at: 10, principles: [kind] }, { version: 2, at: 20, principles: [brief] }] }
  expect([5, 10, 19, 20].map((at) => principlesAt(charter, at)[0]!.id)).toEqual(['p1', 'p1', 'p1', 'p2'])
})
