import type { BoardView } from '../boards/view.svelte'
import { Refused } from '../live/http'
import type { Board, Frame, Refusal, ReplayFrames, ReplayView, Time, Timeline } from '../live/wire'

/** H11, as asked by whoever plays. */
export interface Source {
  view(at: Time, signal: AbortSignal): Promise<ReplayView>
  frames(since: number, until: Time, most: number, signal: AbortSignal): Promise<ReplayFrames>
}

/** Time as it passes for who watches; tests have their own. */
export interface Clock {
  now(): number
  later(ms: number, then: () => void): () => void
  /** Before the next picture is drawn. */
  tick(then: () => void): () => void
}

export const speeds = [1, 2, 5, 10, 30, 60] as const
export type Speed = (typeof speeds)[number]

/** So much of a step by arrow key, where no moment is known. */
export const nudgeMs = 5000
const framesAtOnce = 300
const aheadMs = 30_000
/** A board with no more events is fetched whole: then every moment of it is at hand. */
const wholeUpTo = 4000
const mostRuns = 24
const checkpointEvery = 40
const throttleMs = { least: 80, most: 600 }
/** In time of who watches: how long the last thing is looked at before a gap is skipped, what is a gap, what is left of it. */
const idle = { lookMs: 1200, gapMs: 2500, leadMs: 700 }
const longestTickMs = 250

interface Moment {
  at: Time
  frame: Frame
}

/** A stretch of the timeline that is at hand: a view, and what changed after it until `reach`. */
class Run {
  readonly moments: Moment[] = []
  /** The board after so many moments, now and then, so that going back is quick. */
  readonly checkpoints = new Map<number, Board>()

  constructor(
    readonly from: Time,
    public reach: Time,
    base: Board,
  ) {
    this.checkpoints.set(0, base)
  }

  covers(at: Time): boolean {
    return this.from <= at && at <= this.reach
  }

  get version(): number {
    return this.moments.at(-1)?.frame.version ?? this.checkpoints.get(0)!.version
  }

  /** How many of its moments have happened by then. */
  countAt(at: Time): number {
    let [low, high] = [0, this.moments.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if (this.moments[middle]!.at <= at) low = middle + 1
      else high = middle
    }
    return low
  }
}

/** Plays one board's timeline: what is shown at which moment, what is fetched when. It draws nothing, and everything that it
 *  shows goes through `BoardView` as live frames do (F3). */
export class Playback {
  #at: Time = $state(0)
  #playing = $state(false)
  #speed: Speed = $state(1)
  #skipping = $state(true)
  #stalled = $state(false)
  #settling = $state(true)
  #trouble: Refusal | null = $state.raw(null)
  #known = $state(0)
  #skippedMs = $state(0)

  #runs: Run[] = []
  #shown: { run: Run; count: number } | null = null
  #viewing: AbortController | null = null
  #fetching: { run: Run; abort: AbortController } | null = null
  #filling: AbortController | null = null
  #failures = 0
  #askedAt = -Infinity
  #throttle = throttleMs.least
  #cancelAsk: (() => void) | null = null
  #cancelTick: (() => void) | null = null
  #cancelRetry: (() => void) | null = null
  #ticked = 0
  #over = false

  constructor(
    readonly timeline: Timeline,
    readonly view: BoardView,
    private readonly source: Source,
    private readonly clock: Clock,
    at: Time = timeline.to,
  ) {
    this.seek(at)
  }

  get at(): Time {
    return this.#at
  }
  get playing(): boolean {
    return this.#playing
  }
  get speed(): Speed {
    return this.#speed
  }
  get skipping(): boolean {
    return this.#skipping
  }
  /** It plays, but what comes next is not here yet. */
  get stalled(): boolean {
    return this.#stalled
  }
  /** What is shown is not yet what was asked for. */
  get settling(): boolean {
    return this.#settling
  }
  get trouble(): Refusal | null {
    return this.#trouble
  }
  /** How long the gap was that was just skipped, or 0. */
  get skippedMs(): number {
    return this.#skippedMs
  }

  /** When something visible changed, as far as that is known from the start to the end; null until it is. */
  get moments(): readonly Time[] | null {
    void this.#known
    const whole = this.#runs.find((run) => run.from <= this.timeline.from && run.reach >= this.timeline.to)
    return whole ? whole.moments.map((moment) => moment.at) : null
  }

  play(): void {
    if (this.#playing || this.#over) return
    if (this.#at >= this.timeline.to) this.seek(this.timeline.from)
    this.#playing = true
    this.#ticked = this.clock.now()
    this.#next()
    this.#fetchAhead()
  }

  pause(): void {
    this.#playing = false
    this.#stalled = false
    this.#cancelTick?.()
    this.#cancelTick = null
  }

  toggle(): void {
    if (this.#playing) this.pause()
    else this.play()
  }

  choose(speed: Speed): void {
    this.#speed = speed
    this.#fetchAhead()
  }

  skip(gaps: boolean): void {
    this.#skipping = gaps
  }

  /** Goes to a moment: at once where it is at hand, else as soon as it is fetched. The last one asked for wins. */
  seek(to: Time): void {
    if (this.#over) return
    this.#at = Math.max(this.timeline.from, Math.min(this.timeline.to, to))
    this.#skippedMs = 0
    if (this.#show()) this.#settled()
    else this.#want()
  }

  /** To the next or previous moment in which something changed; 5 s where none is known. */
  step(direction: 1 | -1): void {
    const moment = direction > 0 ? this.#nextMoment() : this.#previousMoment()
    this.seek(moment ?? this.#at + direction * nudgeMs)
  }

  chapter(direction: 1 | -1): void {
    const times = this.timeline.chapters.map((chapter) => chapter.at)
    // While it plays, the chapter that has just begun is not the previous one.
    const here = this.#at - (direction < 0 && this.#playing ? 1500 * this.#speed : 0)
    const to = direction > 0 ? times.find((at) => at > here) : times.findLast((at) => at < here)
    this.seek(to ?? (direction > 0 ? this.timeline.to : this.timeline.from))
  }

  close(): void {
    this.pause()
    this.#over = true
    this.#viewing?.abort()
    this.#fetching?.abort.abort()
    this.#filling?.abort()
    this.#cancelAsk?.()
    this.#cancelRetry?.()
  }

  // Showing

  #show(): boolean {
    const run = this.#runCovering(this.#at)
    if (!run) return false
    const count = run.countAt(this.#at)
    let shown = this.#shown
    if (shown?.run !== run || shown.count > count) {
      const start = Math.max(...[...run.checkpoints.keys()].filter((checkpoint) => checkpoint <= count))
      this.view.load(run.checkpoints.get(start)!, true)
      shown = { run, count: start }
    }
    for (let next = shown.count; next < count; next++) {
      if (!this.view.show(run.moments[next]!.frame)) return this.#drop(run)
      if ((next + 1) % checkpointEvery === 0) run.checkpoints.set(next + 1, this.view.board)
    }
    this.#shown = { run, count }
    return true
  }

  /** Its frames do not belong together: what it holds is not to be trusted. */
  #drop(run: Run): false {
    this.#runs = this.#runs.filter((other) => other !== run)
    this.#shown = null
    return false
  }

  #settled(): void {
    this.#settling = false
    this.#viewing?.abort()
    this.#viewing = null
    this.#cancelAsk?.()
    this.#cancelAsk = null
    this.#fetchAhead()
  }

  #runCovering(at: Time): Run | undefined {
    // The one that is on show first: to stay in it costs least.
    if (this.#shown?.run.covers(at) && this.#runs.includes(this.#shown.run)) return this.#shown.run
    return this.#runs.find((run) => run.covers(at))
  }

  // Playing

  #next(): void {
    this.#cancelTick = this.clock.tick(() => {
      this.#cancelTick = null
      if (!this.#playing) return
      const now = this.clock.now()
      this.#advance(Math.min(longestTickMs, now - this.#ticked))
      this.#ticked = now
      if (this.#playing) this.#next()
    })
  }

  #advance(ms: number): void {
    // Where it was sent to is on its way; time stands until it is there.
    if (this.#settling) {
      this.#stalled = true
      return
    }
    const covered = this.#coveredUntil(this.#at).until
    const before = this.#at
    let at = Math.min(before + ms * this.#speed, covered, this.timeline.to)
    this.#stalled = at <= before && covered < this.timeline.to
    if (this.#skipping) at = this.#pastTheGap(at, covered)
    this.#at = at
    this.#show()
    if (at >= this.timeline.to) this.pause()
    else this.#fetchAhead()
  }

  #pastTheGap(at: Time, covered: Time): Time {
    const next = this.#nextMoment() ?? (covered >= this.timeline.to ? this.timeline.to : null)
    if (next === null) return at
    const last = this.#previousMoment(true)
    const looked = last === null || (at - last) / this.#speed >= idle.lookMs
    const gap = (next - at) / this.#speed
    if (!looked || gap <= idle.gapMs) return at
    const to = next - idle.leadMs * this.#speed
    this.#skippedMs = to - at
    return to
  }

  #nextMoment(): Time | null {
    for (let run = this.#runCovering(this.#at); run; ) {
      const next = run.moments[run.countAt(this.#at)]
      if (next) return next.at
      run = this.#runAfter(run)
    }
    return null
  }

  #previousMoment(orNow = false): Time | null {
    const run = this.#runCovering(this.#at)
    if (!run) return null
    let count = run.countAt(this.#at)
    while (!orNow && count > 0 && run.moments[count - 1]!.at >= this.#at) count--
    if (count > 0) return run.moments[count - 1]!.at
    return run.from < this.#at && run.from <= this.timeline.from ? run.from : null
  }

  // Fetching

  #runAfter(run: Run): Run | undefined {
    return this.#runs.find((other) => other !== run && other.from <= run.reach && other.reach > run.reach)
  }

  #coveredUntil(at: Time): { until: Time; run: Run | null } {
    let run = this.#runCovering(at) ?? null
    for (let next = run; next; ) {
      run = next
      next = this.#runAfter(run) ?? null
    }
    return { until: run?.reach ?? at, run }
  }

  /** Asks for the view of where we are; while someone scrubs, not more often than answers come. */
  #want(): void {
    this.#settling = true
    if (this.#cancelAsk) return
    const waitMs = this.#askedAt + this.#throttle - this.clock.now()
    const ask = () => {
      this.#cancelAsk = null
      if (!this.#over && this.#settling) void this.#ask()
    }
    if (waitMs > 0) this.#cancelAsk = this.clock.later(waitMs, ask)
    else ask()
  }

  async #ask(): Promise<void> {
    const at = this.#at
    this.#viewing?.abort()
    if (this.#fetching && !this.#fetching.run.covers(at)) this.#fetching.abort.abort()
    const abort = new AbortController()
    this.#viewing = abort
    this.#askedAt = this.clock.now()
    try {
      const { view } = await this.source.view(at, abort.signal)
      if (abort.signal.aborted) return
      this.#throttle = Math.max(throttleMs.least, Math.min(throttleMs.most, (this.clock.now() - this.#askedAt) * 1.5))
      this.#recovered()
      this.#keep(new Run(at, at, view))
      if (this.#at === at && this.#show()) this.#settled()
      else if (this.#settling) this.#want()
    } catch (error) {
      if (!abort.signal.aborted) this.#failed(error, () => this.#settling && void this.#want())
    }
  }

  #keep(run: Run): void {
    // A run of one moment within another has nothing to add.
    if (this.#runs.some((other) => other.covers(run.from) && other.covers(run.reach))) return
    this.#runs.push(run)
    const oldest = this.#runs.findIndex((other) => other !== this.#shown?.run && other !== this.#fetching?.run && other !== run)
    if (this.#runs.length > mostRuns && oldest >= 0) this.#runs.splice(oldest, 1)
  }

  /** Windows of so many changes, whatever time they span: a quiet hour costs one answer. */
  #fetchAhead(): void {
    if (this.#over || this.#fetching || this.#cancelRetry || this.#settling) return
    const { until, run } = this.#coveredUntil(this.#at)
    const enough = Math.min(this.timeline.to, this.#at + aheadMs * this.#speed)
    const knowsNext = this.#nextMoment() !== null
    if (run && until < this.timeline.to && (until < enough || !knowsNext)) void this.#extend(run)
    else if (this.timeline.events <= wholeUpTo) void this.#fill()
  }

  async #extend(run: Run): Promise<void> {
    const abort = new AbortController()
    this.#fetching = { run, abort }
    try {
      const reach = run.reach
      await this.#append(run, abort.signal)
      this.#fetching = null
      this.#recovered()
      if (run.reach > reach || abort.signal.aborted) this.#fetchAhead()
    } catch (error) {
      this.#fetching = null
      if (!abort.signal.aborted) this.#failed(error, () => this.#fetchAhead())
      else if (!this.#settling) this.#fetchAhead()
    }
  }

  async #append(run: Run, signal: AbortSignal): Promise<void> {
    const { version, reach } = run
    const { frames, done, at } = await this.source.frames(version, this.timeline.to, framesAtOnce, signal)
    // While the whole is being fetched, what comes next may be as well: who is first appends it.
    if (signal.aborted || run.version !== version || run.reach !== reach) return
    run.moments.push(...frames)
    run.reach = done ? this.timeline.to : Math.max(at, run.moments.at(-1)?.at ?? at)
    this.#known++
  }

  /** The whole of a small board, from its start, in the background. */
  async #fill(): Promise<void> {
    if (this.#filling || this.moments) return
    const abort = (this.#filling = new AbortController())
    try {
      const { from, to } = this.timeline
      let run = this.#runs.find((other) => other.covers(from))
      if (!run) {
        const { view } = await this.source.view(from, abort.signal)
        if (abort.signal.aborted) return
        run = new Run(from, from, view)
        this.#runs.push(run)
      }
      while (run.reach < to && !abort.signal.aborted) {
        const reach = run.reach
        const count = run.moments.length
        await this.#append(run, abort.signal)
        if (run.reach === reach && run.moments.length === count) return
      }
      if (abort.signal.aborted) return
      // Everything is in one run now, and stepping back from anywhere finds what was before.
      this.#runs = [run]
      this.#known++
      if (!this.#settling) this.#show()
    } catch {
      // It was only for comfort; the next look ahead tries again.
      if (!abort.signal.aborted) this.clock.later(3000, () => (this.#filling = null))
    }
  }

  #failed(error: unknown, again: () => void): void {
    const refusal = error instanceof Refused ? error.refusal : { code: 'unreachable', message: String(error) }
    this.#trouble = refusal
    const hopeless = error instanceof Refused && error.status >= 400 && error.status < 500 && error.status !== 429
    if (hopeless) {
      this.pause()
      return
    }
    this.#failures++
    this.#cancelRetry?.()
    this.#cancelRetry = this.clock.later(Math.min(8000, 400 * 2 ** this.#failures), () => {
      this.#cancelRetry = null
      again()
    })
  }

  #recovered(): void {
    this.#failures = 0
    this.#trouble = null
  }
}
