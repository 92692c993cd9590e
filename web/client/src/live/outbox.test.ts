import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { memoryStore } from './fakes'
import { Outbox, mostFailures, mostUnanswered } from './outbox.svelte'
import type { Answer, Command, Refusal } from './wire'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const command = (n: number): Command => ({ command: `c${n}`, board: 'b', type: 'withdraw-idea', idea: `i${n}` })
const many = (n: number) => Array.from({ length: n }, (_, at) => command(at + 1))

function setUp(kept = new Map<string, string>()) {
  const accepted: string[] = []
  const refused: [string, string][] = []
  const sent: { id: string; answer: (answer: Answer) => void; fail: () => void }[] = []
  const outbox = new Outbox(
    'participant:w',
    memoryStore(kept),
    (one) => accepted.push(one.command),
    (one, refusal: Refusal) => refused.push([one.command, refusal.code]),
  )
  const send = (one: Command) =>
    new Promise<Answer>((answer, fail) => sent.push({ id: one.command, answer, fail: () => fail(new Error('lost')) }))
  const ids = () => sent.map((one) => one.id)
  return { kept, outbox, send, sent, ids, accepted, refused }
}

const settled = () => vi.advanceTimersByTimeAsync(0)

test('commands wait until there is a connection, and go in their order', async () => {
  const { outbox, send, ids, sent, accepted } = setUp()
  many(3).forEach((one) => outbox.add(one))
  expect(ids()).toEqual([])
  outbox.connected(send)
  expect(ids()).toEqual(['c1', 'c2', 'c3'])
  sent.forEach((one, at) => one.answer({ version: at + 1 }))
  await settled()
  expect(accepted).toEqual(['c1', 'c2', 'c3'])
  expect(outbox.waiting).toEqual([])
})

test('L4: at most 64 are unanswered; an answer lets the next one go', async () => {
  const { outbox, send, ids, sent } = setUp()
  outbox.connected(send)
  many(70).forEach((one) => outbox.add(one))
  expect(ids()).toHaveLength(mostUnanswered)
  sent[0]!.answer({ version: 1 })
  await settled()
  expect(ids()).toHaveLength(mostUnanswered + 1)
  expect(ids().at(-1)).toBe('c65')
})

test('L4: what was not answered is sent again, with the same id, after a reconnect', async () => {
  const { outbox, send, ids, sent, accepted } = setUp()
  outbox.connected(send)
  many(2).forEach((one) => outbox.add(one))
  sent[0]!.answer({ version: 1 })
  await settled()
  outbox.disconnected()
  sent[1]!.fail()
  await settled()
  outbox.connected(send)
  expect(ids()).toEqual(['c1', 'c2', 'c2'])
  sent[2]!.answer({ version: 2 })
  await settled()
  expect(accepted).toEqual(['c1', 'c2'])
})

test('an answer of a connection that is gone does not count twice', async () => {
  const { outbox, send, sent, accepted } = setUp()
  outbox.connected(send)
  outbox.add(command(1))
  outbox.disconnected()
  outbox.connected(send)
  sent[0]!.answer({ version: 1 })
  sent[1]!.answer({ version: 1 })
  await settled()
  expect(accepted).toEqual(['c1'])
})

test('a reload loses nothing and keeps the order', async () => {
  const first = setUp()
  many(3).forEach((one) => first.outbox.add(one))
  first.outbox.connected(first.send)
  first.sent[1]!.answer({ version: 1 })
  await settled()

  const second = setUp(first.kept)
  second.outbox.connected(second.send)
  expect(second.ids()).toEqual(['c1', 'c3'])
  second.sent.forEach((one) => one.answer({ version: 2 }))
  await settled()
  expect(first.kept.size).toBe(0)
})

test('two tabs of one seat do not overwrite what the other keeps', () => {
  const first = setUp()
  const second = setUp(first.kept)
  first.outbox.add(command(1))
  second.outbox.add(command(2))
  expect(setUp(first.kept).outbox.waiting.map((one) => one.command.command).sort()).toEqual(['c1', 'c2'])
})

test('what another seat keeps is not ours', () => {
  const { kept } = setUp(new Map([['lcc-out:participant:other:c9', JSON.stringify({ command: command(9), at: 1 })]]))
  expect(setUp(kept).outbox.waiting).toEqual([])
})

test('damaged storage is passed over', () => {
  const { outbox } = setUp(new Map([['lcc-out:participant:w:c9', '{"command":']]))
  expect(outbox.waiting).toEqual([])
})

test('L4: retry and too-fast are sent again after a pause, and nothing new overtakes them', async () => {
  const { outbox, send, ids, sent, refused } = setUp()
  outbox.connected(send)
  outbox.add(command(1))
  sent[0]!.answer({ code: 'too-fast', message: '', retryAfterMs: 2000 })
  await settled()
  outbox.add(command(2))
  expect(ids()).toEqual(['c1'])
  await vi.advanceTimersByTimeAsync(1999)
  expect(ids()).toEqual(['c1'])
  await vi.advanceTimersByTimeAsync(1)
  expect(ids()).toEqual(['c1', 'c1', 'c2'])
  sent[1]!.answer({ code: 'retry', message: '' })
  await vi.advanceTimersByTimeAsync(1000)
  expect(ids()).toEqual(['c1', 'c1', 'c2', 'c1'])
  expect(refused).toEqual([])
})

test('a refusal is told once and is not sent again, the next ones go on', async () => {
  const { outbox, send, ids, sent, refused, accepted } = setUp()
  many(2).forEach((one) => outbox.add(one))
  outbox.connected(send)
  sent[0]!.answer({ code: 'writing-closed', message: '' })
  sent[1]!.answer({ version: 1 })
  await settled()
  outbox.disconnected()
  outbox.connected(send)
  expect(ids()).toEqual(['c1', 'c2'])
  expect(refused).toEqual([['c1', 'writing-closed']])
  expect(accepted).toEqual(['c2'])
})

test('a command that the server never manages to answer does not hold up the others for ever', async () => {
  const { outbox, send, sent, refused } = setUp()
  outbox.connected(send)
  outbox.add(command(1))
  for (let failure = 0; failure < mostFailures; failure++) {
    sent[failure]!.fail()
    await vi.advanceTimersByTimeAsync(60_000)
  }
  expect(refused).toEqual([['c1', 'unanswered']])
  expect(outbox.waiting).toEqual([])
})
