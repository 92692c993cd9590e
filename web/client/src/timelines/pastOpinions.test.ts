import { describe, expect, it } from 'vitest'
import type { Opinions, Time } from '../live/wire'
import { PastOpinions } from './pastOpinions.svelte'

const told = (ballot: string, version: number): Opinions => ({ board: 'b', ballot, version, final: false, people: 14, placed: 14, map: [], groups: [], together: [] })

/** A server that answers when it is told to, and a clock that a test moves on. */
function setUp() {
  const asked: { at: Time; answer: (opinions: Opinions | null) => Promise<void>; fail: () => Promise<void> }[] = []
  let later: (() => void)[] = []
  const past = new PastOpinions(
    (at) =>
      new Promise((answer, fail) => {
        const settle = async (act: () => void) => {
          act()
          await Promise.resolve()
          await Promise.resolve()
        }
        asked.push({ at, answer: (opinions) => settle(() => answer(opinions)), fail: () => settle(() => fail(new Error('away'))) })
      }),
    { later: (_, then) => { later.push(then); return () => (later = later.filter((one) => one !== then)) } },
  )
  const pass = () => {
    const due = later
    later = []
    for (const then of due) then()
  }
  return { past, asked, pass }
}
const open = { id: 'first', open: true }

describe('what a room thought at a moment', () => {
  it('is asked for once for each two seconds of an open round, and once for a round that is over', async () => {
    const { past, asked, pass } = setUp()
    past.look(10_000, open)
    past.look(11_900, open)
    expect(asked.map(({ at }) => at)).toEqual([10_000])
    await asked[0]!.answer(told('first', 5))
    expect(past.shown?.version).toBe(5)
    pass()
    past.look(30_000, { id: 'first', open: false })
    past.look(90_000, { id: 'first', open: false })
    expect(asked.map(({ at }) => at)).toEqual([10_000, 30_000])
    await asked[1]!.answer(told('first', 9))
    pass()
    past.look(10_500, open)
    expect(past.shown?.version).toBe(5)
    expect(asked).toHaveLength(2)
  })

  it('shows the last one while the next is on its way, and never one of another round', async () => {
    const { past, asked, pass } = setUp()
    past.look(10_000, open)
    await asked[0]!.answer(told('first', 5))
    pass()
    past.look(20_000, open)
    expect(past.shown?.version).toBe(5)
    past.look(21_000, { id: 'second', open: true })
    expect(past.shown).toBeNull()
    past.look(5_000, null)
    expect(past.shown).toBeNull()
  })

  it('asks for nothing that was passed by meanwhile', async () => {
    const { past, asked, pass } = setUp()
    for (let at = 10_000; at < 90_000; at += 5_000) past.look(at, open)
    await asked[0]!.answer(told('first', 5))
    pass()
    expect(asked.map(({ at }) => at)).toEqual([10_000, 85_000])
    await asked[1]!.answer(told('first', 8))
    expect(past.shown?.version).toBe(8)
  })

  it('does without it while the server is away, and asks again when one looks again', async () => {
    const { past, asked, pass } = setUp()
    past.look(10_000, open)
    await asked[0]!.fail()
    pass()
    expect(past.shown).toBeNull()
    past.look(10_100, open)
    expect(asked).toHaveLength(2)
  })

  it('asks for nothing where nothing was told', () => {
    const { past, asked } = setUp()
    past.look(10_000, null)
    expect(asked).toHaveLength(0)
  })
})
