import type { Guess } from '../boards/view.svelte'
import { BoardView } from '../boards/view.svelte'
import type { Hub, OpenHub } from './connection.svelte'
import { Connection } from './connection.svelte'
import { Refused, get, underSeat } from './http'
import { newId } from './ids'
import { Outbox } from './outbox.svelte'
import { endsTheSeat } from './refusals'
import type { Store } from './store'
import { browserStore } from './store'
import type { Action, Answer, Board, Command, Frame, Held, Id, Joined, Me, MineFrame, OpinionHere, Opinions, OwnSignals, Presence, Refusal, SeatKind, Signal, Source, ThemesTold, Watched, Workshop } from './wire'
import { isOfWorkshop } from './wire'

export interface SessionOptions {
  /** What joining already answered (H4): the room is there without asking again. */
  seed?: Pick<Joined, 'workshop' | 'board' | 'mine'>
  /** Watch the board of the workshop's current step, also when it changes. True unless said otherwise. */
  follow?: boolean
  /** What a command will most likely do; also used to lay guesses again after a reload. */
  guessOf?: (command: Command, at: number) => Guess | undefined
  /** A command was refused and its guess dropped. */
  onrefused?: (refusal: Refusal, command: Command) => void
  /** This device read too slowly and was cut off for a while. */
  onslow?: (refusal: Refusal) => void
  openHub?: OpenHub
  store?: Store
}

/** The code of the hub arrives in a chunk of its own; a page that will need it soon calls this first. */
export const fetchHub = (): Promise<unknown> => import('./hub')

const openHubLazily: OpenHub = async (url, direct) => (await import('./hub')).openHub(url, direct)

const nothingSignalled: OwnSignals = { ready: false, floor: false }

/** One seat in one workshop, live: what it sees, and the way to say something. Everything in it is reactive. */
export class Session {
  #workshop: Workshop | null = $state.raw(null)
  #presence: Presence | null = $state.raw(null)
  #own: OwnSignals = $state.raw(nothingSignalled)
  #invited: Id | null = $state(null)
  #held: readonly Held[] = $state.raw([])
  #themes: ThemesTold | null = $state.raw(null)
  #opinions: Opinions | null = $state.raw(null)
  #here: OpinionHere | null = $state.raw(null)
  #view: BoardView | null = $state.raw(null)
  #refusal: Refusal | null = $state.raw(null)
  #aheadMs = $state(0)

  readonly board: Board | null = $derived(this.#view?.loaded ? this.#view.board : null)

  readonly #views = new Map<Id, BoardView>()
  readonly #answers = new Map<Id, (answer: Answer) => void>()
  readonly #outbox: Outbox
  readonly #connection: Connection
  readonly #follow: boolean
  #hub: Hub | null = null
  #loading: Promise<unknown> | null = null
  /** Frames that came while the board is being caught up with; null when it is not. */
  #early: Frame[] | null = null
  #listening = 0

  constructor(
    readonly id: Id,
    readonly kind: SeatKind,
    private readonly options: SessionOptions = {},
  ) {
    this.#follow = options.follow ?? true
    this.#outbox = new Outbox(
      `${kind}:${id}`,
      options.store ?? browserStore,
      (command, version) => this.#accepted(command, version),
      (command, refusal) => this.#refused(command, refusal),
    )
    this.#connection = new Connection(`/live${underSeat(id, kind)}`, options.openHub ?? openHubLazily, {
      prepare: (hub) => this.#prepare(hub),
      connected: (hub) => this.#connected(hub),
      disconnected: () => this.#disconnected(),
      probe: () => this.#listen(),
      why: () => this.#why(),
    })
    const seed = options.seed
    if (seed) this.#seed(seed)
    else void this.#load()
    this.#connection.start()
  }

  get workshop(): Workshop | null {
    return this.#workshop
  }

  get presence(): Presence | null {
    return this.#presence
  }

  /** What this person has signalled. */
  get own(): OwnSignals {
    return this.#own
  }

  /** What facilitators have in hand; told to them alone. */
  get held(): readonly Held[] {
    return this.#held
  }

  /** Themes that are proposed for the board, with all that was told of them; for facilitators alone. */
  get themes(): ThemesTold | null {
    return this.#themes
  }

  /** What the room thinks, as far as this board's counts are due. */
  get opinions(): Opinions | null {
    return this.#opinions?.board === this.#view?.id ? this.#opinions : null
  }

  /** Where this person stands in it, and what they are asked next. */
  get here(): OpinionHere | null {
    return this.#here?.board === this.#view?.id ? this.#here : null
  }

  /** The board on which those who wrote nothing yet are asked to. */
  get invited(): Id | null {
    return this.#invited
  }

  /** The invitation was read. */
  uninvite(): void {
    this.#invited = null
  }

  /** The board being watched, with its guesses; `board` is what it shows. */
  get view(): BoardView | null {
    return this.#view
  }

  get mine() {
    return this.#view?.mine ?? null
  }

  get state() {
    return this.#connection.state
  }

  get connected(): boolean {
    return this.#connection.state === 'connected'
  }

  /** Why nothing more will come: the seat is missing, revoked, the workshop is not there. */
  get refusal(): Refusal | null {
    return this.#refusal ?? this.#connection.ended
  }

  /** What was said and is not answered yet. */
  get waiting() {
    return this.#outbox.waiting
  }

  isWaiting(command: (command: Command) => boolean): boolean {
    return this.#outbox.waiting.some((waiting) => command(waiting.command))
  }

  /** The server's time, as well as we know it. */
  now(): number {
    return Date.now() + this.#aheadMs
  }

  /** Says something: its guess shows at once, and it is sent until it is answered. A refusal resolves as well.
   *  `id`: for who wants to name the command later, to undo it. */
  submit(action: Action, guess?: Guess, board: Id | undefined = this.#view?.id, id: Id = newId()): Promise<Answer> {
    const command: Command = { ...action, command: id, ...(isOfWorkshop(action) || !board ? {} : { board }) }
    const answer = new Promise<Answer>((resolve) => this.#answers.set(command.command, resolve))
    const laid = guess ?? this.options.guessOf?.(command, this.now())
    if (laid && command.board) this.#views.get(command.board)?.guess(command.command, laid)
    this.#outbox.add(command)
    return answer
  }

  /** Signals something; it shows at once, and is gone again where it was refused. */
  async signal(signal: Signal): Promise<Refusal | null> {
    const before = this.#own
    if ('ready' in signal) this.#own = { ...before, ready: signal.ready }
    if ('hand' in signal) this.#own = { ...before, floor: false, hand: signal.hand ? (before.hand ?? 0) : null }
    try {
      const answer = await this.#hub?.invoke<Partial<Refusal>>('Signal', signal)
      if (answer && !answer.code) return null
      this.#own = before
      return answer?.code ? (answer as Refusal) : { code: 'unreachable', message: '' }
    } catch {
      this.#own = before
      return { code: 'unreachable', message: '' }
    }
  }

  /** Watches this board from now on. One that was watched before is there at once and catches up. */
  watch(board: Id): BoardView {
    if (this.#view?.id === board) return this.#view
    const view = this.#viewOf(board)
    this.#view = view
    this.#loading = view.loaded ? null : this.#fetchBoard(view)
    void this.#listen()
    return view
  }

  /** Whether this person wrote that idea of another step, as far as this page has seen. */
  wrote({ board, idea }: Source): boolean {
    return !!this.#views.get(board)?.mine.ideas[idea]
  }

  close(): void {
    this.#connection.stop()
    sessions.delete(keyOf(this.id, this.kind))
  }

  #viewOf(board: Id): BoardView {
    const known = this.#views.get(board)
    if (known) return known
    const view = new BoardView(board)
    this.#views.set(board, view)
    for (const { command, at } of this.#outbox.waiting) {
      const guess = command.board === board ? this.options.guessOf?.(command, at) : undefined
      if (guess) view.guess(command.command, guess)
    }
    return view
  }

  #seed({ workshop, board, mine }: NonNullable<SessionOptions['seed']>): void {
    if (board) {
      const view = this.#viewOf(board.board)
      view.load(board)
      if (mine) view.loadMine(mine)
    }
    this.#learn(workshop)
  }

  async #load(): Promise<void> {
    try {
      this.#learn(await get<Workshop>(`/api/workshops/${this.id}?as=${this.kind}`))
    } catch (error) {
      // Out of reach: the connection goes on trying, and brings the workshop when it is there.
      if (error instanceof Refused && error.status >= 400 && error.status < 500 && error.status !== 429)
        this.#connection.end(error.refusal)
    }
  }

  #learn(workshop: Workshop): void {
    this.#aheadMs = workshop.now - Date.now()
    if (this.#workshop && workshop.version < this.#workshop.version) return
    this.#workshop = workshop
    const step = workshop.steps.find((one) => one.step === workshop.current)
    if (this.#follow && step) this.watch(step.board)
  }

  async #fetchBoard(view: BoardView): Promise<boolean> {
    try {
      view.load(await get<Board>(`/api/boards/${view.id}${underSeat(this.id, this.kind)}`))
      return true
    } catch {
      // Watching says to fetch again.
      return false
    }
  }

  #prepare(hub: Hub): void {
    const listen = <T>(event: string, heard: (what: T) => void) => hub.on(event, heard as (what: never) => void)
    listen<Workshop>('workshop', (workshop) => this.#learn(workshop))
    listen<Presence>('presence', (presence) => (this.#presence = presence))
    // What the server does not know any more is not said any more.
    this.#own = nothingSignalled
    listen<OwnSignals>('own', (own) => (this.#own = own))
    listen<{ holds: Held[] }>('held', ({ holds }) => (this.#held = holds))
    // Those of the last connection stay in sight until this one tells of them, whole (TH2): one can go on accepting while the line is down.
    listen<ThemesTold>('themes', (told) => {
      const before = told.whole ? null : this.#themes
      this.#themes = { ...before, ...told, places: { ...before?.places, ...told.places } }
    })
    listen<Opinions>('opinions', (opinions) => (this.#opinions = opinions))
    listen<OpinionHere>('here', (here) => (this.#here = here))
    listen<{ board: Id }>('invited', ({ board }) => (this.#invited = board))
    listen<Frame>('board', (frame) => this.#frame(frame))
    listen<MineFrame>('mine', (frame) => this.#mineFrame(frame))
    listen<Refusal>('ended', (refusal) => this.#connection.end(refusal))
    listen<Refusal>('slow', (refusal) => this.options.onslow?.(refusal))
  }

  #connected(hub: Hub): void {
    this.#hub = hub
    void this.#listen()
    this.#outbox.connected((command) => hub.invoke<Answer>('Submit', command))
  }

  #disconnected(): void {
    this.#hub = null
    this.#early = null
    this.#listening++
    this.#outbox.disconnected()
  }

  async #why(): Promise<Refusal | null | undefined> {
    try {
      await get<Me>(`/api/workshops/${this.id}/me?as=${this.kind}`)
      return null
    } catch (error) {
      if (!(error instanceof Refused) || error.status === 0 || error.status >= 500) return undefined
      return error.status === 429 ? null : error.refusal
    }
  }

  /** L2: the server listens first and reads second, so that what comes meanwhile is not lost; we keep it aside. */
  async #listen(): Promise<void> {
    const listening = ++this.#listening
    const [hub, view] = [this.#hub, this.#view]
    if (!hub || !view) return
    const current = () => listening === this.#listening
    this.#early = []
    await this.#loading
    if (!current()) return
    try {
      const watched = await hub.invoke<Watched | Refusal>('Watch', view.id, view.version, view.mineVersion)
      if (!current()) return
      if ('code' in watched) throw new Refused(watched, 0)
      this.#aheadMs = watched.now - Date.now()
      const fetched = watched.resync && (await this.#fetchBoard(view))
      if (!current()) return
      const early = this.#early ?? []
      this.#early = null
      if (watched.resync) this.#complete(view, early, fetched)
      // From here on frames begin at what we hold. Those still under way from before do not reach what the answer says and will
      // come again as part of these: merging them would leave a gap to the next.
      else if ((early.at(-1)?.version ?? 0) >= watched.version)
        early.slice(early.findLastIndex((frame) => frame.since === view.version)).forEach((frame) => view.show(frame))
    } catch (error) {
      if (!current()) return
      this.#early = null
      if (error instanceof Refused && endsTheSeat(error.code)) this.#connection.end(error.refusal)
      else this.#listenLater()
    }
  }

  /** A view was fetched, and frames came meanwhile. They rarely begin at its version by themselves: then the difference is asked for. */
  #complete(view: BoardView, early: Frame[], fetched: boolean): void {
    for (const frame of early) view.show(frame)
    if (!fetched) this.#listenLater()
    else if (early.some((frame) => frame.version > view.version)) void this.#listen()
  }

  #listenLater(): void {
    const listening = this.#listening
    setTimeout(() => {
      if (listening === this.#listening) void this.#listen()
    }, 500)
  }

  #frame(frame: Frame): void {
    if (frame.board !== this.#view?.id) return
    if (this.#early) this.#early.push(frame)
    else if (!this.#view.show(frame)) void this.#listen()
  }

  #mineFrame(frame: MineFrame): void {
    if (frame.board === this.#view?.id && !this.#view.showMine(frame) && !this.#early) void this.#listen()
  }

  #accepted(command: Command, version: number): void {
    if (command.board) this.#views.get(command.board)?.settle(command.command, version)
    this.#answer(command, { version })
  }

  #refused(command: Command, refusal: Refusal): void {
    if (command.board) this.#views.get(command.board)?.drop(command.command)
    if (endsTheSeat(refusal.code)) this.#connection.end(refusal)
    this.#answer(command, refusal)
    this.options.onrefused?.(refusal, command)
  }

  #answer(command: Command, answer: Answer): void {
    this.#answers.get(command.command)?.(answer)
    this.#answers.delete(command.command)
  }
}

const sessions = new Map<string, Session>()
const keyOf = (workshop: Id, kind: SeatKind) => `${kind}:${workshop}`

/** The session of this seat: the one that is open (joining opened it for the room), or a new one. Close it when leaving. */
export function openSession(workshop: Id, kind: SeatKind, options: SessionOptions = {}): Session {
  const open = sessions.get(keyOf(workshop, kind))
  if (open && !open.refusal) return open
  open?.close()
  const session = new Session(workshop, kind, options)
  sessions.set(keyOf(workshop, kind), session)
  return session
}
