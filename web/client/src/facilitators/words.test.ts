import { expect, test } from 'vitest'
import fixture from '../../../../tests/Fast/Boards/words-fixture.json'
import { find, partsOf } from './words'

for (const { words, text, found } of fixture)
  test(`C7: ${words.join(', ')} in: ${text}`, () => {
    expect(find(words, text).map(({ from, to }) => text.slice(from, to))).toEqual(found)
  })

test('what was found is marked and nothing is lost', () => {
  const parts = partsOf('One said: לדני, one', find(['one', 'דני'], 'One said: לדני, one'))
  expect(parts.map((part) => part.text).join('')).toBe('One said: לדני, one')
  expect(parts.filter((part) => part.marked).map((part) => part.text)).toEqual(['One', 'לדני', 'one'])
})
