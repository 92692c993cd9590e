import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { Connection } from './connection.svelte'
import { FakeHub } from './fakes'
import type { Refusal } from './wire'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

function setUp(starts: (attempt: number) => Promise<void>, why: () => Promise<Refusal | null | undefined> = () => Promise.resolve(null)) {
  const hubs: FakeHub[] = []
  const direct: boolean[] = []
  const events: string[] = []
  let probe: () => Promise<unknown> = () => Promise.resolve()
  const connection = new Connection(
    '/live',
    (_, isDirect) => {
      direct.push(isDirect)
      const hub = new FakeHub(() => starts(hubs.length))
      hubs.push(hub)
      return Promise.resolve(hub)
    },
    {
      prepare: () => events.push('prepare'),
      connected: () => events.push('connected'),
      disconnected: () => events.push('disconnected'),
      probe: () => probe(),
      why,
    },
    () => 0.5,
  )
  return { connection, hubs, direct, events, probeWith: (next: typeof probe) => (probe = next) }
}

const fine = () => Promise.resolve()
const down = () => Promise.reject(new Error('down'))
const settled = () => vi.advanceTimersByTimeAsync(0)

test('it connects straight by WebSocket', async () => {
  const { connection, direct, events } = setUp(fine)
  expect(connection.state).toBe('connecting')
  connection.start()
  await settled()
  expect(connection.state).toBe('connected')
  expect(direct).toEqual([true])
  expect(events).toEqual(['prepare', 'connected'])
})

test('when WebSockets do not get through it asks for another transport', async () => {
  const { connection, direct } = setUp((attempt) => (attempt === 1 ? down() : fine()))
  connection.start()
  await vi.advanceTimersByTimeAsync(600)
  expect(direct).toEqual([true, false])
  expect(connection.state).toBe('connected')
})

test('it tries for ever, with pauses that grow to five seconds', async () => {
  const { connection, hubs } = setUp(down)
  connection.start()
  await vi.advanceTimersByTimeAsync(20_000)
  const before = hubs.length
  await vi.advanceTimersByTimeAsync(50_000)
  expect(hubs.length - before).toBe(10)
})

test('a lost connection comes back', async () => {
  const { connection, hubs, events } = setUp(fine)
  connection.start()
  await settled()
  hubs[0]!.lose()
  expect(connection.state).toBe('reconnecting')
  await vi.advanceTimersByTimeAsync(300)
  expect(connection.state).toBe('connected')
  expect(events).toEqual(['prepare', 'connected', 'disconnected', 'prepare', 'connected'])
})

test('when nobody answers it is offline', async () => {
  const { connection } = setUp(down, () => Promise.resolve(undefined))
  connection.start()
  await settled()
  expect(connection.state).toBe('offline')
})

test('S3: a seat that is refused ends it for good', async () => {
  const { connection, hubs } = setUp(down, () => Promise.resolve({ code: 'seat-revoked', message: '' }))
  connection.start()
  await vi.advanceTimersByTimeAsync(60_000)
  expect(connection.state).toBe('ended')
  expect(connection.ended?.code).toBe('seat-revoked')
  expect(hubs).toHaveLength(1)
})

test('waking tries at once instead of waiting for its turn', async () => {
  let isUp = false
  const { connection } = setUp(() => (isUp ? fine() : down()))
  connection.start()
  await vi.advanceTimersByTimeAsync(10_000)
  isUp = true
  connection.wake()
  await settled()
  expect(connection.state).toBe('connected')
})

test('waking finds out when a connection died unnoticed', async () => {
  const { connection, hubs, probeWith } = setUp(fine)
  connection.start()
  await settled()
  probeWith(() => new Promise(() => undefined))
  connection.wake()
  await vi.advanceTimersByTimeAsync(4000)
  expect(hubs).toHaveLength(2)
  expect(hubs[0]!.stopped).toBe(true)
  expect(connection.state).toBe('connected')
})

test('an attempt that hangs is given up', async () => {
  const { connection, hubs } = setUp((attempt) => (attempt === 1 ? new Promise(() => undefined) : fine()))
  connection.start()
  await vi.advanceTimersByTimeAsync(9000)
  expect(hubs).toHaveLength(2)
  expect(connection.state).toBe('connected')
})

test('what was stopped stays stopped', async () => {
  const { connection, hubs } = setUp(fine)
  connection.start()
  await settled()
  connection.stop()
  await vi.advanceTimersByTimeAsync(60_000)
  expect(hubs).toHaveLength(1)
  expect(hubs[0]!.stopped).toBe(true)
})
