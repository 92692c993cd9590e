import { expect, test } from 'vitest'
import { canBeUndone, noHistory, remember, takeRedo, takeUndo, wasRedone, wasUndone } from './history'

const deed = (words: string, ...commands: string[]) => ({ words, board: 'b', commands })

test('the latest deed is undone first, its last command before its first', () => {
  const history = remember(remember(noHistory, deed('one', 'a')), deed('two', 'b', 'c'))
  const taken = takeUndo(history)
  expect(taken?.commands).toEqual(['c', 'b'])
  expect(taken?.history.done.map(({ words }) => words)).toEqual(['one'])
})

test('a deed can be undone out of turn, but not twice', () => {
  const one = deed('one', 'a')
  const history = remember(remember(noHistory, one), deed('two', 'b'))
  const taken = takeUndo(history, history.done[0])
  expect(taken?.deed.words).toBe('one')
  expect(takeUndo(taken!.history, one)).toBeNull()
})

test('undone is done again by undoing the undo, and so on', () => {
  const undo = takeUndo(remember(noHistory, deed('one', 'a', 'b')))!
  const undone = wasUndone(undo.history, undo.deed, ['ub', 'ua'])
  const redo = takeRedo(undone)!
  expect(redo.commands).toEqual(['ua', 'ub'])
  const again = wasRedone(redo.history, redo.deed, ['ra', 'rb'])
  expect(takeUndo(again)?.commands).toEqual(['rb', 'ra'])
})

test('something new forgets what could be done again; a deed that changed nothing is none', () => {
  const undo = takeUndo(remember(noHistory, deed('one', 'a')))!
  const undone = wasUndone(undo.history, undo.deed, ['u'])
  expect(remember(undone, deed('two', 'b')).undone).toEqual([])
  expect(remember(undone, deed('nothing'))).toBe(undone)
})

test('a refused undo leaves nothing to do again', () => {
  const undo = takeUndo(remember(noHistory, deed('one', 'a')))!
  expect(wasUndone(undo.history, undo.deed, [])).toEqual(noHistory)
})

test('what was seen cannot be unseen', () => {
  expect(canBeUndone({ type: 'hide-idea' })).toBe(true)
  expect(canBeUndone({ type: 'close-writing' })).toBe(true)
  expect(canBeUndone({ type: 'reveal-ideas' })).toBe(false)
  expect(canBeUndone({ type: 'open-ballot' })).toBe(false)
})
