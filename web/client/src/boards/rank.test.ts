import { expect, test } from 'vitest'
import { rankBetween } from './rank'

test('a rank lies strictly between its neighbours, however often one asks', () => {
  const ranks = ['0000010A', '0000020A']
  for (let turn = 0; turn < 300; turn++) {
    const at = (turn * 7) % (ranks.length + 1)
    const rank = rankBetween(ranks[at - 1] ?? null, ranks[at] ?? null)
    if (at > 0) expect(rank > ranks[at - 1]!).toBe(true)
    if (at < ranks.length) expect(rank < ranks[at]!).toBe(true)
    ranks.splice(at, 0, rank)
  }
})

test('the last stays behind what the server appends meanwhile', () => expect(rankBetween('0000010A', null) > '0000020A').toBe(true))
test('two that leave no room give one behind all', () => expect(rankBetween('B', 'B') > 'B').toBe(true))
