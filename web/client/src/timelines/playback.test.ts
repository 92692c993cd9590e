import { expect, test } from 'vitest'
import { emptyBoard, merge } from '../boards/board'
import { BoardView } from '../boards/view.svelte'
import { Refused } from '../live/http'
import type { Board, Frame, Idea, ReplayFrames, ReplayView, Timeline } from '../live/wire'
import { axisOf, labelsThatFit } from './axis'
import type { Clock, Source } from './playback.svelte'
import { Playback } from './playback.svelte'

/** A clock that only moves when told. */
class Hand implements Clock {
  time = 0
  #due: { at: number; then: () => void }[] = []

  now = () => this.time
  later = (ms: number, then: () => void) => {
    const one = { at: this.time + ms, then }
    this.#due.push(one)
    return () => void (this.#due = this.#due.filter((other) => other !== one))
  }
  tick = (then: () => void) => this.later(20, then)

  async pass(ms: number): Promise<void> {
    const until = this.time + ms
    for (;;) {
      await settle()
      const next = this.#due.filter((one) => one.at <= until).sort((one, other) => one.at - other.at)[0]
      if (!next) break
      this.#due = this.#due.filter((one) => one !== next)
      this.time = next.at
      next.then()
    }
    this.time = until
    await settle()
  }
}
const settle = async () => {
  for (let turn = 0; turn < 12; turn++) await Promise.resolve()
}

/** A board on which an idea is written at each of the given times. */
class Past implements Source {
  views: number[] = []
  windows: number[] = []
  aborted = 0
  answers = true
  failing = 0
  #held: (() => void)[] = []

  constructor(readonly times: readonly number[], readonly most = Infinity) {}

  boardAt(at: number): Board {
    return this.times.reduce((board, time, n) => (time <= at ? merge(board, this.#frame(n)) : board), { ...emptyBoard('b'), version: 1 })
  }
  #frame = (n: number): Frame => ({ board: 'b', since: n + 1, version: n + 2, ideas: { [`i${n}`]: idea(n, this.times[n]!) } })

  view = (at: number, signal: AbortSignal): Promise<ReplayView> => {
    this.views.push(at)
    return this.#answer(signal, () => ({ at, view: this.boardAt(at) }))
  }
  frames = (since: number, until: number, most: number, signal: AbortSignal): Promise<ReplayFrames> => {
    this.windows.push(since)
    return this.#answer(signal, () => {
      const all = this.times.flatMap((at, n) => (n + 2 > since && at <= until ? [{ at, frame: this.#frame(n) }] : []))
      const frames = all.slice(0, Math.min(most, this.most))
      const done = frames.length === all.length
      return { frames, done, at: done ? until : frames.at(-1)!.at }
    })
  }
  release(): void {
    for (const go of this.#held.splice(0)) go()
  }
  #answer<T>(signal: AbortSignal, make: () => T): Promise<T> {
    signal.addEventListener('abort', () => this.aborted++)
    if (this.failing > 0) {
      this.failing--
      return Promise.reject(new Refused({ code: 'unreachable', message: '' }, 0))
    }
    const answer = make()
    return this.answers ? Promise.resolve(answer) : new Promise((resolve) => this.#held.push(() => resolve(answer)))
  }
}
const idea = (n: number, at: number): Idea => ({ lane: 'a', text: `${n}`, rank: String(n).padStart(5, '0'), at, state: 'shown' })

const timelineOf = (times: readonly number[], more: Partial<Timeline> = {}): Timeline => ({
  board: 'b', from: 0, to: times.at(-1) ?? 0, version: times.length + 1, events: times.length + 1,
  density: Array.from({ length: 200 }, () => 1), chapters: [], ...more,
})

interface Opened {
  playback: Playback
  past: Past
  clock: Hand
  ideas: () => number
}
async function open(times: readonly number[], how: { at?: number; most?: number; answers?: boolean; timeline?: Partial<Timeline> } = {}): Promise<Opened> {
  const [past, clock, view] = [new Past(times, how.most), new Hand(), new BoardView('b')]
  past.answers = how.answers ?? true
  const playback = new Playback(timelineOf(times, how.timeline), view, past, clock, how.at)
  await settle()
  return { playback, past, clock, ideas: () => Object.keys(view.board.ideas).length }
}
const big = { events: 100_000 }
const everySecond = Array.from({ length: 600 }, (_, n) => (n + 1) * 1000)

test('it opens exactly at the moment it was linked to', async () => {
  const { playback, past, ideas } = await open(everySecond, { at: 42_500, timeline: big })
  expect(past.views).toEqual([42_500])
  expect(playback.at).toBe(42_500)
  expect(ideas()).toBe(42)
  expect(playback.settling).toBe(false)
})

test('it plays in real time and faster, and pauses where it is', async () => {
  const { playback, clock, ideas } = await open(everySecond, { at: 0 })
  playback.play()
  await clock.pass(3500)
  expect(ideas()).toBe(3)
  playback.choose(10)
  await clock.pass(1000)
  expect(ideas()).toBe(13)
  playback.pause()
  const at = playback.at
  await clock.pass(5000)
  expect(playback.at).toBe(at)
})

test('it stops at the end, and playing again begins at the start', async () => {
  const { playback, clock, ideas } = await open([1000, 2000], { at: 0 })
  playback.play()
  await clock.pass(2500)
  expect(playback.playing).toBe(false)
  expect(playback.at).toBe(2000)
  expect(ideas()).toBe(2)
  playback.play()
  expect(playback.at).toBe(0)
  expect(ideas()).toBe(0)
})

test('going to the start while all of it is being fetched holds nothing twice', async () => {
  const times = [1000, 2000, 3000, 4000, 5000]
  const { playback, past, clock, ideas } = await open(times, { answers: false })
  for (let turn = 0; turn < 8; turn++) {
    past.release()
    await clock.pass(100)
    if (turn === 1) playback.seek(0)
  }
  expect(playback.moments).toEqual(times)
  for (const [before, at] of times.entries()) {
    playback.seek(at)
    expect(ideas()).toBe(before + 1)
    playback.step(-1)
    expect(ideas()).toBe(before)
  }
})

test('frames are fetched ahead in windows, and play never waits for them', async () => {
  const { playback, past, clock } = await open(everySecond, { at: 0, most: 50, timeline: big })
  expect(past.windows.length).toBeGreaterThan(0)
  playback.choose(10)
  playback.play()
  for (let second = 0; second < 40; second++) {
    await clock.pass(1000)
    expect(playback.stalled).toBe(false)
  }
  expect(playback.at).toBeGreaterThan(390_000)
  expect(new Set(past.windows).size).toBe(past.windows.length)
})

test('what is not here yet is waited for, without running past it', async () => {
  const { playback, past, clock, ideas } = await open(everySecond, { at: 0, most: 5, timeline: big })
  await clock.pass(0)
  past.answers = false
  playback.choose(60)
  playback.play()
  await clock.pass(9000)
  expect(playback.stalled).toBe(true)
  const stood = playback.at
  await clock.pass(1000)
  expect(playback.at).toBe(stood)
  expect(ideas()).toBe(Math.floor(stood / 1000))
  past.answers = true
  past.release()
  await clock.pass(500)
  expect(playback.at).toBeGreaterThan(stood)
})

test('a long gap is skipped after a look, and is not where skipping is off', async () => {
  const times = [1000, 3_600_000, 3_601_000]
  const one = await open(times, { at: 0 })
  one.playback.play()
  await one.clock.pass(1500)
  expect(one.playback.at).toBeLessThan(3000)
  await one.clock.pass(2500)
  expect(one.ideas()).toBeGreaterThanOrEqual(2)
  expect(one.playback.skippedMs).toBeGreaterThan(3_500_000)

  const other = await open(times, { at: 0 })
  other.playback.skip(false)
  other.playback.play()
  await other.clock.pass(10_000)
  expect(other.playback.at).toBeCloseTo(10_000, -2)
})

test('seeking within what is at hand asks nobody, in both directions', async () => {
  const { playback, past, clock, ideas } = await open(everySecond, { at: 0 })
  await clock.pass(100)
  const asked = past.views.length
  for (const at of [500_000, 20_000, 599_000, 1000, 333_333]) {
    playback.seek(at)
    expect(ideas()).toBe(Math.floor(at / 1000))
  }
  expect(past.views.length).toBe(asked)
})

test('while scrubbing few are asked, older requests are cancelled, and the last scrub wins', async () => {
  const { playback, past, clock, ideas } = await open(everySecond, { at: 0, most: 5, timeline: big })
  await clock.pass(500)
  past.answers = false
  const before = past.views.length
  for (let at = 100_000; at <= 500_000; at += 10_000) {
    playback.seek(at)
    await clock.pass(10)
  }
  await clock.pass(200)
  expect(past.views.length - before).toBeLessThan(10)
  expect(past.views.at(-1)).toBe(500_000)
  expect(past.aborted).toBeGreaterThan(0)
  past.release()
  await settle()
  expect(playback.at).toBe(500_000)
  expect(ideas()).toBe(500)
  expect(playback.settling).toBe(false)
})

test('a stale answer changes nothing', async () => {
  const { playback, past, clock, ideas } = await open(everySecond, { at: 0, most: 5, timeline: big })
  await clock.pass(500)
  past.answers = false
  playback.seek(400_000)
  await settle()
  playback.seek(2000)
  expect(ideas()).toBe(2)
  past.release()
  await settle()
  expect(ideas()).toBe(2)
  expect(playback.at).toBe(2000)
})

test('arrows go from moment to moment, and by five seconds where none is known', async () => {
  const { playback, clock } = await open([1000, 1700, 9000], { at: 0 })
  await clock.pass(100)
  playback.step(1)
  expect(playback.at).toBe(1000)
  playback.step(1)
  expect(playback.at).toBe(1700)
  playback.step(-1)
  expect(playback.at).toBe(1000)
  const far = await open(everySecond, { at: 300_500, timeline: big })
  far.playback.step(-1)
  expect(far.playback.at).toBe(295_500)
})

test('chapters are gone to in turn, and the ends after them', async () => {
  const chapters = [{ at: 2000, version: 3, kind: 'revealed' as const }, { at: 5000, version: 6, kind: 'closed' as const }]
  const { playback } = await open(everySecond, { at: 0, timeline: { chapters } })
  const visited = [1, 1, 1, -1, -1, -1].map((direction) => {
    playback.chapter(direction as 1 | -1)
    return playback.at
  })
  expect(visited).toEqual([2000, 5000, 600_000, 5000, 2000, 0])
})

test('when the server does not answer it says so, and goes on when it does', async () => {
  const { playback, past, clock, ideas } = await open(everySecond, { at: 0, most: 5, timeline: big })
  await clock.pass(500)
  past.failing = 2
  playback.seek(300_000)
  await clock.pass(100)
  expect(playback.trouble?.code).toBe('unreachable')
  await clock.pass(5000)
  expect(playback.trouble).toBeNull()
  expect(ideas()).toBe(300)
})

test('after it is closed nothing is asked any more', async () => {
  const { playback, past, clock } = await open(everySecond, { at: 0, most: 5, timeline: big })
  playback.close()
  const asked = past.windows.length + past.views.length
  playback.seek(300_000)
  playback.play()
  await clock.pass(5000)
  expect(past.windows.length + past.views.length).toBe(asked)
})

test('a small board is fetched whole, so that its moments are known', async () => {
  const { playback, clock } = await open([1000, 2000, 9000], { at: 9000 })
  await clock.pass(100)
  expect(playback.moments).toEqual([1000, 2000, 9000])
})

const day = 86_400_000
test('days of waiting take little of the line, and both ways of reading it agree', () => {
  const moments = Array.from({ length: 100 }, (_, n) => 2 * day + n * 10_000)
  const timeline = timelineOf(moments)
  const axis = axisOf(timeline, moments)
  expect(axis.shareOf(2 * day)).toBeLessThan(0.12)
  expect(axis.breaks.length).toBe(1)
  expect([axis.shareOf(0), axis.shareOf(timeline.to)]).toEqual([0, 1])
  for (const share of [0.2, 0.5, 0.9]) expect(axis.shareOf(axis.timeAt(share))).toBeCloseTo(share, 3)
  expect(axis.bars.length).toBe(200)
  expect(Math.max(...axis.bars)).toBe(1)
})

test('without the moments the density stands in for them', () => {
  const density = Array.from({ length: 200 }, (_, n) => (n >= 195 ? 30 : 0))
  const axis = axisOf(timelineOf([2 * day], { density }), null)
  expect(axis.shareOf(2 * day * 0.97)).toBeLessThan(0.1)
})

test('a board on which nothing happened has a line as well', () => {
  const axis = axisOf(timelineOf([], { from: 5, to: 5 }), [])
  expect(axis.shareOf(5)).toBe(0)
  expect(axis.timeAt(0)).toBe(5)
})

test('labels that would lie over each other give way', () => {
  expect(labelsThatFit([0, 0.05, 0.3, 0.95], () => 0.2)).toEqual([0, 2, 3])
  expect(labelsThatFit([0.5], () => 2)).toEqual([])
})
