import { tick } from 'svelte'
import { SvelteSet } from 'svelte/reactivity'
import { currentBallot } from '../boards/board'
import { searchFor } from '../boards/search'
import { commentCounts } from '../boards/dialogue'
import { echo, notify } from '../design/notices.svelte'
import { common } from '../i18n/common'
import { facilitate as t } from '../i18n/facilitate'
import { grouping } from '../i18n/grouping'
import { themes } from '../i18n/themes'
import { newId } from '../live/ids'
import type { Session } from '../live/session.svelte'
import { principlesOf } from '../charters/charter'
import type { Answer, Board, BoardAction, Electorate, Id, Principle, Refusal, Status, WorkshopAction } from '../live/wire'
import { ideasPerCommand, isRefusal } from '../live/wire'
import type { Change } from './agenda'
import type { Arrangement, Column } from './columns'
import { afterOf, columnsOf, hiddenIn, isOnBoard, isSamePlace, mergedIn, nextColour, waitingIn } from './columns'
import { Cohorts } from './cohorts.svelte'
import type { Target } from './drag.svelte'
import { Drag } from './drag.svelte'
import type { Filter } from './filter'
import { isFiltering, shownBy } from './filter'
import type { Deed, History } from './history'
import { waitingComments } from './dialogue'
import { nextRound, termsOf } from './rounds'
import type { Round } from './rounds'
import { inHandOf } from './inHand'
import { canBeUndone, noHistory, remember, takeRedo, takeUndo, wasRedone, wasUndone } from './history'

/** What the facilitator is being asked just now, one question at a time. */
export type Question =
  | { about: 'hide' | 'theme' | 'lane' | 'merge'; ideas: Id[] }
  | { about: 'edit' | 'card' | 'remove'; idea: Id }
  | { about: 'talk'; idea: Id }
  /** `back`: the idea whose dialogue was open. */
  | { about: 'hide-comment'; comment: Id; back?: Id }
  | { about: 'merge-theme' | 'split-theme'; theme: Id }
  | { about: 'write'; lane: Id }
  | { about: 'name-theme'; ideas: Id[] }
  | { about: 'lane-settings'; lane: Id | null }
  | { about: 'step'; step: Id | null }
  | { about: 'subject' }
  | { about: 'ballot' | 'links' | 'code' | 'keys' | 'details' | 'announce' | 'close' | 'preferences' | 'words' | 'log' | 'screen' | 'who-sorts' | 'bring' }
  /** `adopt`: the proposal that is put into it first. */
  | { about: 'charter'; adopt?: Id }
  | { about: 'proxy-vote'; proxy: Id }

export type Panel = 'agenda' | 'board' | 'queue' | 'votes' | 'people'

/** One command for all of them; several only where there are more than one may name (C6). */
function inOne(ideas: Id[], action: (ideas: Id[]) => BoardAction): BoardAction[] {
  const actions: BoardAction[] = []
  for (let at = 0; at < ideas.length; at += ideasPerCommand) actions.push(action(ideas.slice(at, at + ideasPerCommand)))
  return actions
}

/** A facilitator's desk: the board with what is selected, asked and done on it. */
export class Desk {
  arrangement: Arrangement = $state('lanes')
  /** The panel at the end side; on a phone the one that shows. */
  panel: Panel = $state('queue')
  question: Question | null = $state.raw(null)
  /** The card that the keyboard is on. */
  current: Id | null = $state(null)
  readonly selected = new SvelteSet<Id>()
  /** Chosen in the queue, as the others are on the board. */
  readonly picked = new SvelteSet<Id>()
  /** Cards whose merged ones are shown; a card that was scrolled away comes back as it was. */
  readonly unfolded = new SvelteSet<Id>()
  readonly drag = new Drag()
  /** What was just done, for who listens: a notice would be too much for who sees it done. */
  said: { words: string; n: number } = $state.raw({ words: '', n: 0 })
  #history: History = $state.raw(noHistory)

  readonly board: Board | null = $derived.by(() => this.session.board)
  // A vote does not count the comments again.
  readonly #comments = $derived(this.board?.comments ?? {})
  readonly #ideas = $derived(this.board?.ideas ?? {})
  /** Whose desk this is. */
  me: Id = $state('')
  /** Where the keyboard is in the queue. */
  inQueue: Id | null = $state(null)
  readonly inHand = $derived.by(() => inHandOf(this.session.held, this.me, this.session.view?.id))
  readonly cohorts: Cohorts
  /** What is looked for, and among what. */
  query = $state('')
  ofTheme: Id | null = $state(null)
  ofLane: Id | null = $state(null)
  ofStatus: Status | null = $state(null)
  readonly filter: Filter = $derived.by(() => ({
    search: searchFor(this.query),
    theme: this.arrangement === 'lanes' ? this.ofTheme : null,
    lane: this.arrangement === 'themes' ? this.ofLane : null,
    status: this.ofStatus,
    ideas: this.cohorts.ideas,
  }))
  readonly merged: ReadonlyMap<Id, Id[]> = $derived(this.board ? mergedIn(this.board) : new Map())
  readonly columns: Column[] = $derived(
    this.board ? columnsOf(this.board, this.arrangement, isFiltering(this.filter) ? shownBy(this.filter, this.board, this.merged) : undefined) : [],
  )
  readonly comments: ReadonlyMap<Id, number> = $derived.by(() => commentCounts(this.#comments, this.#ideas))
  readonly waiting: Id[] = $derived(this.board ? waitingIn(this.board) : [])
  /** With the comments that wait. */
  readonly waitingAll: number = $derived(this.waiting.length + (this.board ? waitingComments(this.board).length : 0))
  readonly hidden: Id[] = $derived(this.board ? hiddenIn(this.board) : [])
  readonly ballot = $derived(this.board ? currentBallot(this.board) : null)
  /** What is offered for the next round of voting. */
  readonly round: Round = $derived.by(() =>
    nextRound(this.board, this.session.workshop?.steps.find((step) => step.step === this.board?.facts.step)?.ballot, this.ballot),
  )
  readonly ended: boolean = $derived.by(() => !!this.session.workshop?.closed)
  readonly locked: boolean = $derived(this.ended || !!this.board?.facts.closed)

  constructor(readonly session: Session) {
    this.cohorts = new Cohorts(session)
  }

  get latest(): Deed | null {
    return this.#history.done.at(-1) ?? null
  }

  get latestUndone(): Deed | null {
    return this.#history.undone.at(-1) ?? null
  }

  showAll(): void {
    this.query = ''
    this.ofTheme = this.ofLane = this.ofStatus = null
    this.cohorts.chosen = null
  }

  ask(question: Question): void {
    this.question = question
  }

  /** What was done and is not answered yet: whoever takes back at once means this, and not what was before. */
  readonly #underWay = new Set<Promise<unknown>>()

  #doing<T>(deed: Promise<T>): Promise<T> {
    this.#underWay.add(deed)
    void deed.finally(() => this.#underWay.delete(deed)).catch(() => {})
    return deed
  }

  async #answered(): Promise<void> {
    while (this.#underWay.size > 0) await Promise.allSettled(this.#underWay)
  }

  /** Does it all, as one deed that can be taken back. `say`: tells so, with undo beside it. */
  do(words: string, actions: BoardAction[], how: { say?: boolean; board?: Id } = {}): Promise<boolean> {
    return this.#doing(this.#do(words, actions, how))
  }

  async #do(words: string, actions: BoardAction[], how: { say?: boolean; board?: Id }): Promise<boolean> {
    const board = how.board ?? this.session.view?.id
    if (!board || actions.length === 0) return false
    const answers = actions.map(async (action) => {
      const id = newId()
      const answer = await this.session.submit(action, undefined, board, id)
      return isRefusal(answer) ? [] : canBeUndone(action) ? [id] : ['']
    })
    const accepted = (await Promise.all(answers)).flat()
    const deed: Deed = { words, board, commands: accepted.filter(Boolean) }
    this.#history = remember(this.#history, deed)
    if (accepted.length > 0) how.say ? this.#tell(deed) : this.say(words)
    return accepted.length === actions.length
  }

  /** Changes the agenda, says so, and can take it back. `first`: what is done now, where doing it again later is something else. */
  change(words: string, change: Change, first = change.again): Promise<boolean> {
    return this.#doing(this.#change(words, change, first))
  }

  async #change(words: string, change: Change, first: WorkshopAction[]): Promise<boolean> {
    const commands = await this.#submitAll(first)
    if (commands.length < first.length) return false
    const deed: Deed = { words, board: '', commands, change }
    this.#history = remember(this.#history, deed)
    this.#tell(deed)
    return true
  }

  /** Says it to who listens, also when the same was said just before. */
  say(words: string): void {
    this.said = { words, n: this.said.n + 1 }
    echo(words)
  }

  #tell(deed: Deed): void {
    notify(deed.words, 'good', deed.commands.length > 0 ? { text: common('action.undo'), do: () => void this.undo(deed) } : undefined)
  }

  /** One after the other; what follows a refused one is not said. */
  async #submitAll(actions: WorkshopAction[]): Promise<Id[]> {
    const accepted: Id[] = []
    for (const action of actions) {
      const id = newId()
      if (isRefusal(await this.session.submit(action, undefined, undefined, id))) break
      accepted.push(id)
    }
    return accepted
  }

  doWorkshop(action: WorkshopAction): Promise<Answer> {
    return this.session.submit(action)
  }

  async undo(deed?: Deed): Promise<void> {
    await this.#answered()
    const taken = takeUndo(this.#history, deed)
    if (!taken) return
    this.#history = taken.history
    await this.#doing(this.#undo(taken))
  }

  async #undo(taken: NonNullable<ReturnType<typeof takeUndo>>): Promise<void> {
    const undos = taken.deed.change ? await this.#submitAll(taken.deed.change.back) : await this.#undoAll(taken.deed, taken.commands)
    this.#history = wasUndone(this.#history, taken.deed, undos)
    if (undos.length > 0) notify(t('undo.done', { what: taken.deed.words }), 'plain')
  }

  /** One's own command, by its id: as part of the deed it was, where that is still known. */
  async undoCommand(undo: Id): Promise<void> {
    const deed = this.#history.done.find((one) => one.commands.includes(undo))
    const board = this.session.view?.id
    if (deed) await this.undo(deed)
    else if (board) await this.session.submit({ type: 'undo', undo }, undefined, board)
  }

  async redo(): Promise<void> {
    await this.#answered()
    const taken = takeRedo(this.#history)
    if (!taken) return
    this.#history = taken.history
    await this.#doing(this.#redo(taken))
  }

  async #redo(taken: NonNullable<ReturnType<typeof takeRedo>>): Promise<void> {
    const redos = taken.deed.change ? await this.#submitAll(taken.deed.change.again) : await this.#undoAll(taken.deed, taken.commands)
    this.#history = wasRedone(this.#history, taken.deed, redos)
    if (redos.length > 0) notify(t('undo.redone', { what: taken.deed.words }), 'plain')
  }

  async #undoAll(deed: Deed, commands: Id[]): Promise<Id[]> {
    const answers = commands.map(async (undo) => {
      const id = newId()
      const answer = await this.session.submit({ type: 'undo', undo }, undefined, deed.board, id)
      return isRefusal(answer) ? [] : [id]
    })
    return (await Promise.all(answers)).flat()
  }

  // Choosing cards

  toggle(id: Id): void {
    if (!this.selected.delete(id)) this.selected.add(id)
  }

  pick(id: Id): void {
    if (!this.picked.delete(id)) this.picked.add(id)
  }

  pickAll(): void {
    for (const id of this.waiting) this.picked.add(id)
  }

  /** The chosen cards in the order of the board; without any, the one the keyboard is on. */
  chosen(fallback: Id | null = null): Id[] {
    const chosen = this.columns.flatMap((column) => column.ideas).filter((id) => this.selected.has(id))
    return chosen.length > 0 ? chosen : fallback !== null && this.board && isOnBoard(this.board, fallback) ? [fallback] : []
  }

  /** What one grabs: all that is selected if the card is, else that card alone. */
  grabbed(id: Id): Id[] {
    return this.selected.has(id) ? this.chosen(id) : [id]
  }

  /** A card that left the board is no longer chosen. */
  forgetGone(): void {
    for (const id of this.selected) if (!this.board || !isOnBoard(this.board, id)) this.selected.delete(id)
    for (const id of this.picked) if (this.board?.ideas[id]?.state !== 'waiting') this.picked.delete(id)
  }

  /** The one card of a column that Tab leads to; from there the arrows go. A column without one could not be scrolled by keyboard. */
  tabStopIn(ideas: readonly Id[]): Id | null {
    return this.current !== null && ideas.includes(this.current) ? this.current : (ideas[0] ?? null)
  }

  // What can be done with ideas

  drop(ideas: Id[], target: Target): void {
    if (!this.board || this.locked) return
    if (target.kind === 'merge') void this.merge(ideas, target.into)
    else if (target.kind === 'theme') void this.theme(ideas, target.theme)
    else if (target.kind === 'new-theme') this.ask({ about: 'name-theme', ideas })
    else {
      const there = columnsOf(this.board, 'lanes').find((column) => column.id === target.lane)?.ideas ?? []
      const dragged = new Set(ideas)
      const after = afterOf(there, target.over, target.before, dragged)
      if (!isSamePlace(there, after, dragged)) void this.move(ideas, target.lane, after)
    }
  }

  approve(ideas: Id[]): Promise<boolean> {
    this.#unselect(ideas)
    return this.do(t('deed.approved', { n: ideas.length }), inOne(ideas, (ideas) => ({ type: 'approve-ideas', ideas })), { say: ideas.length > 3 })
  }

  hide(ideas: Id[], reason: string): Promise<boolean> {
    this.#unselect(ideas)
    return this.do(t('deed.hidden', { n: ideas.length }), inOne(ideas, (ideas) => ({ type: 'hide-ideas', ideas, reason })), { say: true })
  }

  /** Everything they write from now on waits, or no longer does. */
  limit(idea: Id, limited: boolean): Promise<boolean> {
    const on = this.session.view?.id
    if (!on) return Promise.resolve(false)
    const [limiting, freeing]: WorkshopAction[][] = [[{ type: 'limit-participant', on, idea }], [{ type: 'free-participant', on, idea }]]
    return limited
      ? this.change(t('deed.limited'), { again: limiting!, back: freeing! })
      : this.change(t('deed.freed'), { again: freeing!, back: limiting! })
  }

  /** Their seat ends; first, if asked, goes what they wrote here, which can be taken back. */
  async remove(idea: Id, reason: string | null): Promise<void> {
    const on = this.session.view?.id
    if (!on) return
    if (reason !== null) await this.do(t('deed.hidden-author'), [{ type: 'hide-ideas-of-author', idea, reason }])
    if (!isRefusal(await this.doWorkshop({ type: 'remove-participant', on, idea }))) notify(t('remove.done'), 'good')
  }

  /** Each of these counts the version on: taken back or done again after somebody else's change it is refused, and nothing is undone unseen. */
  changeCharter(principles: Principle[]): Promise<boolean> {
    const { workshop } = this.session
    if (!workshop) return Promise.resolve(false)
    const before = principlesOf(workshop)
    let version = workshop.charterVersion
    const to = (principles: Principle[]): WorkshopAction[] => [{ type: 'change-charter', charter: version++, principles }]
    return this.change(t('deed.charter'), { get again() { return to(principles) }, get back() { return to(before) } })
  }

  changeWords(words: string[]): Promise<boolean> {
    const before = this.session.workshop?.words ?? []
    return this.change(t('deed.words'), { again: [{ type: 'change-words', words }], back: [{ type: 'change-words', words: before }] })
  }

  show(idea: Id): Promise<boolean> {
    return this.do(t('deed.shown'), [{ type: 'show-idea', idea }], { say: true })
  }

  edit(idea: Id, text: string): Promise<boolean> {
    return this.do(t('deed.edited'), [{ type: 'edit-idea', idea, text }], { say: true })
  }

  /** `proxy`: for somebody in the room who has no phone. */
  write(lane: Id, text: string, proxy = false): Promise<boolean> {
    return this.do(t('deed.written'), [{ type: 'add-idea', idea: newId(), lane, text, ...(proxy ? { proxy } : {}) }])
  }

  /** One behind the other, in the order they had. */
  move(ideas: Id[], lane: Id, after?: Id): Promise<boolean> {
    let behind = after
    const actions = inOne(ideas, (ideas) => {
      const action: BoardAction = { type: 'move-ideas', ideas, lane, ...(behind === undefined ? {} : { after: behind }) }
      behind = ideas.at(-1)
      return action
    })
    this.#unselect(ideas)
    return this.do(t('deed.moved', { n: ideas.length }), actions)
  }

  moveToEnd(ideas: Id[], lane: Id): Promise<boolean> {
    const there = this.board ? (columnsOf(this.board, 'lanes').find((column) => column.id === lane)?.ideas ?? []) : []
    const after = there.findLast((id) => !ideas.includes(id))
    return this.move(ideas, lane, after)
  }

  /** One place up or down in its lane. */
  async nudge(id: Id, by: 1 | -1): Promise<void> {
    const column = this.columns.find((one) => one.kind === 'lane' && one.ideas.includes(id))
    const at = column?.ideas.indexOf(id) ?? -1
    const beside = column?.ideas[at + by]
    if (!this.board || !column || column.id === null || beside === undefined || this.locked) return
    // What a filter leaves out is no neighbour that one sees, and yet stays where it was.
    const there = columnsOf(this.board, 'lanes').find((one) => one.id === column.id)?.ideas ?? []
    const after = afterOf(there, beside, by < 0, new Set([id]))
    const moved = this.move([id], column.id, after)
    // Moved within the page, an element loses the focus.
    await this.focus(id)
    if (await moved) this.say(t('board.placed', { n: at + 1 + by, all: column.ideas.length }))
    if (this.current === id && document.activeElement === document.body) await this.focus(id)
  }

  theme(ideas: Id[], theme: Id | null): Promise<boolean> {
    const changing = ideas.filter((id) => (this.board?.ideas[id]?.theme ?? null) !== theme)
    this.#unselect(ideas)
    const words = theme === null ? t('deed.unthemed', { n: changing.length }) : t('deed.themed', { n: changing.length, theme: this.titleOf(theme) })
    return this.do(words, inOne(changing, (ideas) => ({ type: 'theme-ideas', ideas, ...(theme === null ? {} : { theme }) })))
  }

  newTheme(title: string, ideas: Id[], colour?: number): Promise<boolean> {
    const theme = newId()
    const add: BoardAction = { type: 'add-theme', theme, title, colour: colour ?? (this.board ? nextColour(this.board) : 0) }
    this.#unselect(ideas)
    return this.do(t('deed.theme-added', { theme: title }), [add, ...inOne(ideas, (ideas) => ({ type: 'theme-ideas', ideas, theme }))])
  }

  merge(ideas: Id[], into: Id): Promise<boolean> {
    const others = ideas.filter((id) => id !== into)
    this.#unselect(ideas)
    return this.do(t('deed.merged', { n: others.length + 1 }), inOne(others, (ideas) => ({ type: 'merge-ideas', ideas, into })), { say: true })
  }

  /** Who merged them has looked at them: those that wait are approved with it, and all of it is one deed. */
  mergeAlike(into: Id, others: Id[], waiting: Id[]): Promise<boolean> {
    this.#unselect([into, ...others])
    const actions: BoardAction[] = [...inOne(others, (ideas) => ({ type: 'merge-ideas', ideas, into }) as const), ...inOne(waiting, (ideas) => ({ type: 'approve-ideas', ideas }) as const)]
    return this.do(t('deed.merged', { n: others.length + 1 }), actions, { say: true })
  }

  unmerge(ideas: Id[]): Promise<boolean> {
    return this.do(t('deed.unmerged', { n: ideas.length }), ideas.map((idea) => ({ type: 'unmerge-idea', idea })), { say: true })
  }

  removeTheme(theme: Id): Promise<boolean> {
    return this.do(t('deed.theme-removed', { theme: this.titleOf(theme) }), [{ type: 'remove-theme', theme }], { say: true })
  }

  openRound(round: Round, more: { for?: Electorate; certainty?: boolean } = {}): Promise<boolean> {
    this.panel = 'votes'
    return this.do(t('deed.ballot-opened'), [{ type: 'open-ballot', ballot: newId(), ...termsOf(round), ...more }], { say: true })
  }

  mergeThemes(theme: Id, into: Id): Promise<boolean> {
    return this.do(grouping('deed.theme-merged', { theme: this.titleOf(theme), into: this.titleOf(into) }), [{ type: 'merge-themes', theme, into }], { say: true })
  }

  splitTheme(theme: Id, title: string, ideas: Id[]): Promise<boolean> {
    this.#unselect(ideas)
    const colour = this.board ? nextColour(this.board) : 0
    return this.do(grouping('deed.theme-split', { theme: this.titleOf(theme) }), [{ type: 'split-theme', theme, part: newId(), title, colour, ideas }], { say: true })
  }

  approveTheme(theme: Id): Promise<boolean> {
    return this.do(grouping('deed.theme-approved', { theme: this.titleOf(theme) }), [{ type: 'approve-theme', theme }], { say: true })
  }

  /** Proposed themes become the board's own, all by one command. More ideas than one message holds are not named: the server knows them. */
  acceptThemes(accepted: { theme: Id; title: string; colour: number; ideas: Id[] }[]): Promise<boolean> {
    const all = accepted.reduce((sum, { ideas }) => sum + ideas.length, 0)
    const named = all <= ideasPerCommand ? accepted : accepted.map(({ theme, title, colour }) => ({ theme, title, colour }))
    const words = accepted.length === 1 ? themes('deed.accepted', { theme: accepted[0]!.title }) : themes('deed.accepted.all', { n: accepted.length })
    return this.do(words, [{ type: 'accept-themes', themes: named }], { say: true })
  }

  /** Clustering looks again at once: what is kept apart must not stay together before one's eyes. */
  async keepApart(idea: Id, other: Id, apart: boolean): Promise<void> {
    if (await this.do(themes(apart ? 'deed.apart' : 'deed.together'), [{ type: 'keep-apart', idea, other, apart }], { say: true })) await this.propose()
  }

  propose(what: 'propose' | 'cancel' | 'put-aside' | 'bring-back' = 'propose', theme?: Id): Promise<Refusal | null> {
    const board = this.session.view?.id ?? ''
    return this.session.signal({ themes: { board, do: what, ...(theme ? { theme } : {}) } })
  }

  /** Into the theme that one of them has, or a new one. */
  themeTogether(one: Id, other: Id): void {
    const theme = this.board?.ideas[one]?.theme ?? this.board?.ideas[other]?.theme
    if (theme) void this.theme([one, other], theme)
    else this.ask({ about: 'name-theme', ideas: [one, other] })
  }

  titleOf(theme: Id): string {
    return this.board?.themes[theme]?.title ?? ''
  }

  /** Puts the focus on a card, once it is drawn. */
  async focus(id: Id | null): Promise<void> {
    this.current = id
    if (id === null) return
    await tick()
    document.querySelector<HTMLElement>(`[data-card="${id}"] .text`)?.focus()
  }

  #unselect(ideas: Id[]): void {
    for (const id of ideas) {
      this.selected.delete(id)
      this.picked.delete(id)
    }
  }
}
