import { beforeEach, expect, test, vi } from 'vitest'

const kept = new Map<string, string>()
vi.stubGlobal('localStorage', {
  getItem: (key: string) => kept.get(key) ?? null,
  setItem: (key: string, value: string) => void kept.set(key, value),
  removeItem: (key: string) => void kept.delete(key),
  key: (at: number) => [...kept.keys()][at] ?? null,
  get length() {
    return kept.size
  },
})
const { drafts, giveBack, isComment, letGo, readReturned, returnedTo } = await import('./writing.svelte')

beforeEach(() => kept.clear())

const add = (command: string, text: string) => ({ command, board: 'b', type: 'add-idea' as const, idea: command, lane: 'l', text })

test('a draft is kept for each board until it is sent', () => {
  drafts.keep('w', 'b1', 'half an id')
  expect(drafts.read('w', 'b1')).toBe('half an id')
  expect(drafts.read('w', 'b2')).toBe('')
  drafts.keep('w', 'b1', '')
  expect(kept.size).toBe(0)
})

test('a text that was not taken is there after a reload, until its writer lets it go', () => {
  giveBack('w1', add('c1', 'first'), { code: 'writing-closed', message: '' })
  giveBack('w1', add('c2', 'second'), { code: 'writing-closed', message: '' })
  const later = 'w1-later'
  kept.set(`lcc-returned:${later}`, kept.get('lcc-returned:w1')!)
  readReturned(later)
  expect(returnedTo(later).map((one) => one.text)).toEqual(['first', 'second'])
  letGo(later, 'c1')
  letGo(later, 'c2')
  expect(returnedTo(later)).toEqual([])
  expect(kept.has(`lcc-returned:${later}`)).toBe(false)
})

test('a comment comes back to where it was written', () => {
  giveBack('w4', { command: 'c1', board: 'b', type: 'add-comment', comment: 'one', idea: 'i', text: 'why?' }, { code: 'too-large', message: '' })
  giveBack('w4', { command: 'c2', board: 'b', type: 'edit-comment', comment: 'two', text: 'why not?' }, { code: 'too-large', message: '' })
  giveBack('w4', add('c3', 'an idea'), { code: 'too-large', message: '' })
  expect(returnedTo('w4').map(({ idea, comment }) => [idea, comment])).toEqual([['i', undefined], [undefined, 'two'], [undefined, undefined]])
  expect(returnedTo('w4').map(isComment)).toEqual([true, true, false])
})

test('what was taken before is not given back', () => {
  giveBack('w2', add('c1', 'there already'), { code: 'id-taken', message: '' })
  expect(returnedTo('w2')).toEqual([])
})

test('damaged storage is thrown away', () => {
  kept.set('lcc-returned:w3', '{')
  readReturned('w3')
  expect(returnedTo('w3')).toEqual([])
  expect(kept.size).toBe(0)
})
