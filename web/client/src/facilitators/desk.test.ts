import { expect, test } from 'vitest'
import type { Answer, BoardAction } from '../live/wire'
import type { Session } from '../live/session.svelte'
import { Desk } from './desk.svelte'

/** A desk whose commands are answered when the test says so. */
function setUp() {
  const sent: { action: BoardAction; id: string; answer: (answer: Answer) => void }[] = []
  const session = {
    view: { id: 'b1' },
    submit: (action: BoardAction, _guess: unknown, _board: string, id: string) => new Promise<Answer>((answer) => sent.push({ action, id, answer })),
  } as unknown as Session
  return { desk: new Desk(session), sent }
}

const settled = () => new Promise((done) => setTimeout(done))
const shown = (idea: string): BoardAction => ({ type: 'show-idea', idea }) as unknown as BoardAction

test('what is taken back at once is what was just done, also when it is not answered yet', async () => {
  const { desk, sent } = setUp()
  void desk.do('first', [shown('a')])
  sent[0]!.answer({ version: 1 })
  await settled()

  void desk.do('second', [shown('b')])
  void desk.undo()
  await settled()
  expect(sent).toHaveLength(2)

  sent[1]!.answer({ version: 2 })
  await settled()
  expect(sent[2]!.action).toEqual({ type: 'undo', undo: sent[1]!.id })
})

test('taken back twice in a row, the one before comes next', async () => {
  const { desk, sent } = setUp()
  for (const [at, idea] of ['a', 'b'].entries()) {
    void desk.do(idea, [shown(idea)])
    sent[at]!.answer({ version: at + 1 })
    await settled()
  }

  void desk.undo()
  void desk.undo()
  await settled()
  sent[2]!.answer({ version: 3 })
  await settled()
  expect(sent.slice(2).map((one) => one.action)).toEqual([
    { type: 'undo', undo: sent[1]!.id },
    { type: 'undo', undo: sent[0]!.id },
  ])
})
