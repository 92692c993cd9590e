import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { emptyBoard } from '../boards/board'
import { participantGuess } from '../boards/guesses'
import { FakeHub, memoryStore } from './fakes'
import { Session } from './session.svelte'
import type { Board, Command, Workshop } from './wire'

const facts = { ...emptyBoard('b').facts, writing: true }
const board: Board = { ...emptyBoard('b1'), version: 4, facts, lanes: { l: { title: 'L', rank: 'a' } } }
const workshop: Workshop = {
  workshop: 'w', version: 1, now: 0, title: 'T', purpose: 'P', language: 'he', code: 'K7M2QX', anonymous: true, closed: false,
  charter: [], charterVersion: 1, principles: [], roles: [], questions: [], current: 's1', timer: null,
  steps: [{ step: 's1', board: 'b1', kind: 'ideas', title: 'One' }, { step: 's2', board: 'b2', kind: 'ideas', title: 'Two' }],
}
const idea = (text: string) => ({ lane: 'l', text, rank: 'a', at: 1, state: 'shown' as const })

const asked: string[] = []
let answers: Record<string, unknown> = {}

beforeEach(() => {
  vi.useFakeTimers()
  asked.length = 0
  answers = {}
  vi.stubGlobal('fetch', (path: string) => {
    asked.push(path)
    const body = answers[path.split('?')[0]!]
    return Promise.resolve(new Response(JSON.stringify(body ?? { code: 'board-missing', message: '' }), { status: body ? 200 : 404 }))
  })
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

const settled = () => vi.advanceTimersByTimeAsync(0)

function setUp(kept = new Map<string, string>()) {
  const hubs: FakeHub[] = []
  const refused: string[] = []
  const session = new Session('w', 'participant', {
    seed: { workshop, board, mine: { board: 'b1', version: 4, ideas: {}, ballots: {}, comments: {}, reactions: {} } },
    guessOf: participantGuess,
    onrefused: (refusal) => refused.push(refusal.code),
    onslow: (refusal) => refused.push(refusal.code),
    store: memoryStore(kept),
    openHub: () => {
      const hub = new FakeHub()
      hubs.push(hub)
      return Promise.resolve(hub)
    },
  })
  return { session, hubs, refused, hub: () => hubs.at(-1)! }
}

const watched = (more = {}) => ({ now: 0, version: 4, resync: false, ...more })

test('H4: what joining answered is the room, before anything else is asked', () => {
  const { session } = setUp()
  expect(session.board).toEqual(board)
  expect(asked).toEqual([])
})

test('what is written before the connection shows at once and is sent when it stands', async () => {
  const { session, hub } = setUp()
  void session.submit({ type: 'add-idea', idea: 'i1', lane: 'l', text: 'early' })
  expect(session.board?.ideas['i1']?.text).toBe('early')
  await settled()
  expect(hub().callsOf('Submit')[0]?.what[0]).toMatchObject({ type: 'add-idea', board: 'b1', text: 'early' })
})

test('L2: it watches from the versions it holds', async () => {
  const { hub } = setUp()
  await settled()
  expect(hub().callsOf('Watch')[0]?.what).toEqual(['b1', 4, 4])
})

test('a refusal drops the guess, tells why, and resolves', async () => {
  const { session, hub, refused } = setUp()
  await settled()
  const answer = session.submit({ type: 'add-idea', idea: 'i1', lane: 'l', text: 'late' })
  hub().callsOf('Submit')[0]!.answer({ code: 'writing-closed', message: '' })
  expect(await answer).toMatchObject({ code: 'writing-closed' })
  expect(session.board?.ideas['i1']).toBeUndefined()
  expect(refused).toEqual(['writing-closed'])
})

test('frames that come while catching up are kept and merged after it', async () => {
  const { session, hub } = setUp()
  await settled()
  hub().send('board', { board: 'b1', since: 4, version: 6, ideas: { i1: idea('first') } })
  hub().send('board', { board: 'b1', since: 6, version: 7, ideas: { i2: idea('second') } })
  expect(session.board?.version).toBe(4)
  hub().callsOf('Watch')[0]!.answer(watched({ version: 7 }))
  await settled()
  expect(session.board?.version).toBe(7)
  expect(Object.keys(session.board!.ideas)).toEqual(['i1', 'i2'])
})

test('L2: resync fetches the board and merges what came since', async () => {
  const { session, hub } = setUp()
  await settled()
  answers['/api/boards/b1'] = { ...board, version: 20, ideas: { i1: idea('whole') } }
  hub().send('board', { board: 'b1', since: 20, version: 21, ideas: { i2: idea('since') } })
  hub().callsOf('Watch')[0]!.answer(watched({ version: 20, resync: true }))
  await settled()
  expect(session.board?.version).toBe(21)
})

test('F2: a gap watches again from what is held', async () => {
  const { hub } = setUp()
  await settled()
  hub().callsOf('Watch')[0]!.answer(watched())
  await settled()
  hub().send('board', { board: 'b1', since: 9, version: 10 })
  await settled()
  expect(hub().callsOf('Watch')).toHaveLength(2)
})

test('F2: a frame that begins before what is held and ends after it is a gap too', async () => {
  const { session, hub } = setUp()
  await settled()
  hub().callsOf('Watch')[0]!.answer(watched())
  await settled()
  hub().send('board', { board: 'b1', since: 2, version: 6, ideas: { i1: idea('half of it') } })
  await settled()
  expect(session.board?.version).toBe(4)
  expect(hub().callsOf('Watch').map((call) => call.what)).toEqual([['b1', 4, 4], ['b1', 4, 4]])
  hub().send('board', { board: 'b1', since: 4, version: 6, ideas: { i1: idea('all of it') } })
  hub().callsOf('Watch')[1]!.answer(watched({ version: 6 }))
  await settled()
  expect(session.board?.ideas['i1']?.text).toBe('all of it')
  expect(hub().callsOf('Watch')).toHaveLength(2)
})

test('L2: frames still under way from an earlier watching leave no gap to those that begin at what is held', async () => {
  const { session, hub } = setUp()
  await settled()
  hub().callsOf('Watch')[0]!.answer(watched())
  await settled()
  hub().send('board', { board: 'b1', since: 9, version: 10 })
  await settled()
  hub().send('board', { board: 'b1', since: 4, version: 5, ideas: { i1: idea('under way') } })
  hub().callsOf('Watch')[1]!.answer(watched({ version: 12 }))
  await settled()
  hub().send('board', { board: 'b1', since: 4, version: 12, ideas: { i1: idea('all') } })
  await settled()
  expect(session.board?.version).toBe(12)
  expect(hub().callsOf('Watch')).toHaveLength(2)
})

test('L2: a view fetched in the middle of a frame asks for the difference, at once and without fetching again', async () => {
  const { session, hub } = setUp()
  await settled()
  answers['/api/boards/b1'] = { ...board, version: 21, ideas: { i1: idea('fetched') } }
  hub().send('board', { board: 'b1', since: 20, version: 22, ideas: { i2: idea('since') } })
  hub().callsOf('Watch')[0]!.answer(watched({ version: 20, resync: true }))
  await settled()
  expect(hub().callsOf('Watch').at(-1)?.what).toEqual(['b1', 21, 4])
  hub().callsOf('Watch')[1]!.answer(watched({ version: 22 }))
  hub().send('board', { board: 'b1', since: 21, version: 22, ideas: { i2: idea('since') } })
  await settled()
  expect(session.board?.version).toBe(22)
  expect(asked).toHaveLength(1)
  expect(hub().callsOf('Watch')).toHaveLength(2)
})

test('it follows the facilitator to the next step', async () => {
  const { session, hub } = setUp()
  await settled()
  answers['/api/boards/b2'] = { ...board, board: 'b2', version: 1 }
  hub().send('workshop', { ...workshop, version: 2, current: 's2' })
  await settled()
  expect(session.view?.id).toBe('b2')
  expect(session.board?.board).toBe('b2')
  expect(hub().callsOf('Watch').at(-1)?.what).toEqual(['b2', 1, 0])
})

test('an old workshop does not undo a newer one', async () => {
  const { session, hub } = setUp()
  await settled()
  hub().send('workshop', { ...workshop, version: 5, title: 'new' })
  hub().send('workshop', { ...workshop, version: 3, title: 'old' })
  expect(session.workshop?.title).toBe('new')
})

test('after a reload, what was not answered shows again and is sent with its id', async () => {
  const kept = new Map<string, string>()
  const before = setUp(kept)
  void before.session.submit({ type: 'add-idea', idea: 'i1', lane: 'l', text: 'kept' })
  await settled()
  const first = before.hub().callsOf('Submit')[0]!.what[0] as Command

  const after = setUp(kept)
  expect(after.session.board?.ideas['i1']?.text).toBe('kept')
  await settled()
  expect(after.hub().callsOf('Submit')[0]!.what[0]).toEqual(first)
})

test('after a lost connection it watches again and sends again', async () => {
  const { session, hub, hubs } = setUp()
  await settled()
  void session.submit({ type: 'withdraw-idea', idea: 'i1' })
  hub().lose()
  await vi.advanceTimersByTimeAsync(1000)
  expect(hubs).toHaveLength(2)
  expect(hub().callsOf('Watch')).toHaveLength(1)
  expect(hub().callsOf('Submit')).toHaveLength(1)
})

test('L5: who was cut off for reading too slowly is told so, and goes on', async () => {
  const { session, hub, refused } = setUp()
  await settled()
  hub().send('slow', { code: 'too-slow', message: '' })
  expect(refused).toEqual(['too-slow'])
  expect(session.refusal).toBeNull()
})

test('L5: ended is the end, and says why', async () => {
  const { session, hub, hubs } = setUp()
  await settled()
  hub().send('ended', { code: 'seat-revoked', message: '' })
  await vi.advanceTimersByTimeAsync(60_000)
  expect(session.refusal?.code).toBe('seat-revoked')
  expect(hubs).toHaveLength(1)
})

test('O1, O5: what the room thinks and where one stands are those of the board that is watched', async () => {
  const { session, hub } = setUp()
  await settled()
  const opinions = { board: 'b1', ballot: 'v', version: 4, final: false, people: 0, placed: 0, map: [], groups: [], together: [] }
  hub().send('opinions', opinions)
  hub().send('here', { board: 'b1', ballot: 'v', next: ['i'] })
  expect(session.opinions).toEqual(opinions)
  expect(session.here?.next).toEqual(['i'])
  session.watch('b2')
  expect([session.opinions, session.here]).toEqual([null, null])
})

test('TH2: proposals stay in sight while the line is down, until the next connection tells of them', async () => {
  const { session, hub, hubs } = setUp()
  await settled()
  hub().send('themes', { board: 'b1', run: 2, state: 'done', whole: true, places: { i: [0, 0, 0] } })
  hub().lose()
  await vi.advanceTimersByTimeAsync(10_000)
  expect(hubs.length).toBeGreaterThan(1)
  expect(session.themes).toMatchObject({ run: 2, places: { i: [0, 0, 0] } })
  hub().send('themes', { board: 'b1', run: 0, state: 'none', whole: true, places: {} })
  expect(session.themes).toMatchObject({ run: 0, places: {} })
})
