/** The shapes that cross the wire, as PROTOCOL.md names them. Nothing here has behaviour. */

export type Id = string
/** Milliseconds since 1970-01-01 UTC (I4). */
export type Time = number
export type Audience = 'facilitators' | 'participants' | 'screens' | 'public'
export type SeatKind = 'facilitator' | 'participant' | 'screen'
export type Language = 'he' | 'en'
export type Moderation = 'open' | 'approve'
export type Sorting = 'facilitators' | 'everyone' | 'pairs'
export type Counts = 'live' | 'close' | 'reveal'

/** I5. `code` is stable; people read our own words for it, never `message`. */
export interface Refusal {
  code: string
  message: string
  retryAfterMs?: number
}

// Boards

export interface Facts {
  step: Id
  kind: string
  writing: boolean
  private: boolean
  revealed: boolean
  moderation: Moderation
  anonymous: boolean
  closed: boolean
  unrevealed: number
  /** How many people wrote, and how few of them half of it; facilitators only, and not while few write. */
  voices?: { writers: number; half: number } | null
  /** Who groups ideas beside the facilitators; absent: nobody (G1). */
  sorting?: Exclude<Sorting, 'facilitators'> | null
  /** How many people compared ideas, and how often; facilitators only. */
  compared?: { people: number; answers: number } | null
  /** What the big screens were turned to (R1); absent: they go their own course. */
  screen?: Showing | null
}

export type ScreenView = 'board' | 'cloud' | 'results' | 'idea' | 'map'

export interface Showing {
  view: ScreenView
  idea?: Id | null
}

export interface Lane {
  title: string
  rank: string
}

export interface Theme {
  title: string
  rank: string
  colour: number
  /** A participant made it. */
  room?: boolean | null
  /** It waits for approval; facilitators only. */
  waiting?: boolean | null
  /** The theme it was split from. */
  from?: Id | null
  /** The themes that were merged into it. */
  madeOf?: { title: string; ideas: number }[] | null
}

export type IdeaState = 'shown' | 'waiting' | 'hidden' | 'unrevealed'

export interface Idea {
  lane: Id
  theme?: Id | null
  text: string
  language?: string | null
  rank: string
  at: Time
  state: IdeaState
  signature?: string | null
  into?: Id | null
  edited?: boolean
  reason?: string | null
  /** What its author wrote, where a facilitator edited it; facilitators only. */
  original?: string | null
  /** It waits, and so does all that its author writes; facilitators only. */
  limited?: boolean | null
  /** F12; absent: received. */
  status?: Status | null
  note?: string | null
  reply?: TeamReply | null
  /** N1. */
  plan?: PlanItem | null
  /** What it grew out of (N2). */
  from?: Source[] | null
  /** How a moment felt, from -2 to 2 (N4). */
  feel?: number | null
  proposal?: Proposal | null
  /** A facilitator entered it for somebody in the room (R3). */
  proxy?: boolean | null
}

export const planStates = ['todo', 'doing', 'done', 'dropped'] as const
export type PlanState = (typeof planStates)[number]

export interface PlanItem {
  owner?: string | null
  /** A date, as 2026-03-01. */
  due?: string | null
  measure?: string | null
  state: PlanState
}

export interface Source {
  board: Id
  idea: Id
}

/** What an idea would change of the charter (CH5). With a principle alone it says it in other words; without one it adds one. */
export interface Proposal {
  principle?: Id | null
  remove?: boolean | null
}

/** What the team decided about an idea (F12). */
export const statuses = ['received', 'discussed', 'chosen', 'planned', 'not-now'] as const
export type Status = (typeof statuses)[number]

export interface TeamReply {
  text: string
  language?: string | null
  at: Time
}

export interface Comment {
  idea: Id
  text: string
  language?: string | null
  at: Time
  state: 'shown' | 'waiting' | 'hidden'
  signature?: string | null
  /** A facilitator said it. */
  team?: boolean
  edited?: boolean
  reason?: string | null
}

/** F11. */
export const reactionKinds = ['heart', 'thumb', 'light', 'question', 'star'] as const
export type Reaction = (typeof reactionKinds)[number]
/** How many people; of one's own, each 1. */
export type Reactions = Partial<Record<Reaction, number>>

/** F8. */
export const methods = ['dots', 'approval', 'score', 'agree', 'rank', 'consent', 'axes'] as const
export type Method = (typeof methods)[number]

export interface Ballot {
  method: Method
  round: number
  budget: number
  mostPerIdea: number
  counts: Counts
  anonymous: boolean
  open: boolean
  revealed: boolean
  voters?: number | null
  /** Who may vote; absent: everybody (B1). */
  for?: Electorate | null
  /** Each vote may say how sure it is (B3). */
  certainty?: boolean | null
  /** Of how many groups there are results of their own (B5). */
  groups?: number | null
  /** For how many of them facilitators voted (R3). */
  proxies?: number | null
}

/** Whoever has one of the roles, where any are named, and gave one of the answers to each question that is named. */
export interface Electorate {
  roles?: string[] | null
  answers?: Record<Id, string[]> | null
}

/** What one group said, as it stood at the close (B4). */
export interface GroupResult {
  /** Whose answer the title is; absent: it is a role. */
  question?: Id | null
  title: string
  voters: number
  dots?: Record<Id, number> | null
  counts?: Record<Id, Count> | null
}

export type Tallies = Record<Id, Record<Id, number>>

/** How often each value was given to an idea, in every method but dots. */
export interface Count {
  values: Record<string, number>
  /** Why people object; signed where neither ballot nor board is anonymous. */
  reasons?: Reason[] | null
  /** As the values, for the other axis. */
  efforts?: Record<string, number> | null
  /** As the values, of those who said that they are sure, and of those who said that they are not. */
  sure?: Record<string, number> | null
  unsure?: Record<string, number> | null
}

export interface Reason {
  text: string
  signature?: string | null
}

/** What one person says of one idea, in every method but dots. */
export interface Vote {
  value: number
  /** Of an objection. */
  reason?: string | null
  /** Beside the impact, where votes are places on a plane. */
  effort?: number | null
  /** Whether they are sure, where the ballot asks. */
  sure?: boolean | null
}

/** PROTOCOL's BoardView: one board as one audience sees it at one version. */
export interface Board {
  board: Id
  audience: Audience
  version: number
  facts: Facts
  /** What it is about; empty or absent where nothing is said of it. */
  subject?: string | null | undefined
  lanes: Record<Id, Lane>
  themes: Record<Id, Theme>
  ideas: Record<Id, Idea>
  ballots: Record<Id, Ballot>
  tallies: Tallies
  counts: Record<Id, Record<Id, Count>>
  comments: Record<Id, Comment>
  reactions: Record<Id, Reactions>
  /** What the room finds the same; facilitators only (G4). */
  alike?: Record<Id, Alike>
}

export interface Alike {
  with: { idea: Id; same: number; different: number }[]
}

/** What is now true of what changed: each entry replaces the one with its id, null removes it (F1). */
export interface Frame {
  board: Id
  since: number
  version: number
  facts?: Facts | null
  subject?: string | null
  lanes?: Record<Id, Lane | null> | null
  themes?: Record<Id, Theme | null> | null
  ideas?: Record<Id, Idea | null> | null
  ballots?: Record<Id, Ballot | null> | null
  /** How many have voted, in ballots of which nothing else is another. */
  voters?: Record<Id, number> | null
  tallies?: Record<Id, Record<Id, number | null> | null> | null
  counts?: Record<Id, Record<Id, Count | null> | null> | null
  comments?: Record<Id, Comment | null> | null
  reactions?: Record<Id, Reactions | null> | null
  alike?: Record<Id, Alike | null> | null
}

// Mine

export type MyIdeaState = 'waiting' | 'private' | 'shown' | 'hidden' | 'merged' | 'withdrawn'

export interface MyIdea {
  lane: Id
  text: string
  language?: string | null
  state: MyIdeaState
  reason?: string | null
  into?: Id | null
  at: Time
  feel?: number | null
  proposal?: Proposal | null
}

export interface MyBallot {
  left: number
  dots: Record<Id, number>
  votes?: Record<Id, Vote> | null
  /** This round is for others. */
  barred?: boolean | null
}

export interface MyComment {
  idea: Id
  text: string
  language?: string | null
  state: 'waiting' | 'shown' | 'hidden' | 'withdrawn'
  reason?: string | null
  at: Time
}

/** PROTOCOL's MineView: the overlay that only one person sees. */
export interface Mine {
  board: Id
  version: number
  ideas: Record<Id, MyIdea>
  ballots: Record<Id, MyBallot>
  comments: Record<Id, MyComment>
  reactions: Record<Id, Reactions>
  /** Own themes that wait for approval. */
  themes?: Record<Id, MyTheme>
}

export interface MyTheme {
  title: string
  colour: number
}

export interface MineFrame {
  board: Id
  since: number
  version: number
  ideas?: Record<Id, MyIdea | null> | null
  ballots?: Record<Id, MyBallot | null> | null
  comments?: Record<Id, MyComment | null> | null
  reactions?: Record<Id, Reactions | null> | null
  themes?: Record<Id, MyTheme | null> | null
}

/** Two ideas to compare (G5). */
export interface Pair {
  idea: Id
  other: Id
}

// Workshops

export interface Question {
  id: Id
  title: string
  options: string[]
}

export interface Step {
  step: Id
  board: Id
  kind: string
  title: string
  /** How long it is meant to take. */
  durationMs?: number | null
  /** How it is meant to vote; facilitators only. */
  ballot?: BallotPreset | null
}

export interface BallotPreset {
  method: Method
  budget?: number | null
  mostPerIdea?: number | null
  counts?: Counts
  anonymous?: boolean
}

export interface Timer {
  endsAt?: Time | null
  remainingMs?: number | null
  durationMs: number
}

/** PROTOCOL's WorkshopView. */
export interface Workshop {
  workshop: Id
  version: number
  now: Time
  title: string
  purpose: string
  language: Language
  code: string
  anonymous: boolean
  closed: boolean
  charter: string[]
  charterVersion: number
  /** The ids of the charter's principles, in its order. */
  principles: Id[]
  roles: string[]
  questions: Question[]
  steps: Step[]
  current: Id
  timer?: Timer | null
  seatedFacilitators?: { id: Id; name: string }[] | null
  /** Steps that left the agenda; facilitators only. */
  removedSteps?: Step[] | null
  /** What is being said to everyone. */
  announcement?: { id: Id; text: string } | null
  /** Words that wait for approval; facilitators only (C7). */
  words?: string[] | null
  /** People without a phone, for whom facilitators vote; facilitators only (R3). */
  proxies?: ProxyVoter[] | null
}

export interface ProxyVoter {
  id: Id
  label: string
}

/** What facilitators entered in a ballot for one of them (R4). */
export interface ProxyBallot {
  left: number
  voted: boolean
  dots?: Record<Id, number> | null
  votes?: Record<Id, Vote> | null
}

/** R6. */
export interface Cohort {
  role?: string | null
  question?: Id | null
  option?: string | null
  writers: number
  ideas: Id[]
}

/** What a facilitator has in hand (R5). */
export interface Held {
  by: Id
  name: string
  board: Id
  ideas: Id[]
  how: 'open' | 'edit' | 'drag'
}

/** Themes that are proposed to facilitators (TH2). */
export interface ThemesTold {
  board: Id
  run: number
  state: 'none' | 'waiting' | 'running' | 'done' | 'cancelled' | 'failed'
  progress?: number | null
  /** It replaces what was told before. */
  whole?: boolean | null
  themes?: ProposedTheme[] | null
  /** Where an idea lies on the map, and the number of its theme in `themes`, or -1. */
  places?: Record<Id, [x: number, y: number, theme: number]> | null
  /** Ideas that say nearly the same. */
  same?: Id[][] | null
  apart?: [Id, Id][] | null
  /** Themes that were put aside. */
  aside?: Id[] | null
}

export interface ProposedTheme {
  theme: Id
  title: string
  colour: number
  kept?: boolean | null
  example?: Id | null
}

export interface Presence {
  people: number
  screens: number
  facilitators: number
  roles: Record<string, number>
  names?: { id: Id; alias?: string | null; roles: string[] }[] | null
  facilitatorNames?: string[] | null
  /** The server is late and tells the room less often; facilitators only. */
  pressed?: boolean | null
  /** How many are ready for what comes next, and how many hands are up. */
  ready?: number | null
  hands?: number | null
  /** The raised hands, whoever has the floor first; facilitators only. */
  queue?: RaisedHand[] | null
  /** How many of the people here agreed to the charter in force; none while it is the first (CH4). */
  agreed?: number | null
}

export interface RaisedHand {
  hand: Id
  alias?: string | null
  floor: boolean
  here: boolean
}

/** What this person has signalled (L8). `hand`: the place in the queue. */
export interface OwnSignals {
  ready: boolean
  hand?: number | null
  floor: boolean
  /** The version of the charter that was agreed to, while another one is in force (CH3). */
  charter?: number | null
}

export interface Principle {
  id: Id
  text: string
}

/** CH4. */
export interface Charter {
  version: number
  agreed?: number | null
  versions: CharterVersion[]
}

export interface CharterVersion {
  version: number
  at: Time
  principles: Principle[]
}

export type Signal = { ready: boolean } | { hand: boolean } | { floor: Id } | { putDown: Id } | { invite: Id } | { hold: Partial<Pick<Held, 'board' | 'ideas' | 'how'>> }
  | { themes: { board: Id; do: 'propose' | 'cancel' | 'put-aside' | 'bring-back'; theme?: Id } }

// HTTP

export type InLanguages = Record<Language, string>

export interface Template {
  id: Id
  title: InLanguages
  about: InLanguages
  charter?: InLanguages[]
  roles?: InLanguages[]
  steps: { title: InLanguages; kind: string; lanes: InLanguages[]; private: boolean; moderation: Moderation; durationMs?: number | null; subject?: InLanguages | null; ballot?: BallotPreset | null }[]
  questions?: { title: InLanguages; options: InLanguages[] }[] | null
}

/** What a template file holds (T1) is for the server to read. */
export type TemplateFile = unknown

export interface NewWorkshop {
  request: Id
  title: string
  purpose: string
  language: Language
  template: Id
  anonymous: boolean
  moderation?: Moderation
  roles?: string[]
  questions?: { title: string; options: string[] }[]
  charter?: string[]
  facilitator?: string
  file?: TemplateFile
  from?: { workshop: Id; content: boolean }
}

export interface Links {
  facilitate: string
  screen: string
  join: string
}

export interface MadeWorkshop {
  workshop: Id
  code: string
  links: Links
}

/** What a code tells before one joins (H3). */
export interface Hello {
  workshop: Id
  code: string
  title: string
  purpose: string
  language: Language
  anonymous: boolean
  charter: string[]
  charterVersion: number
  roles: string[]
  questions: Question[]
  closed: boolean
  seat: boolean
}

export interface Join {
  request: Id
  agreed: boolean
  /** The version of the charter that was read. */
  charter: number
  alias?: string
  roles: string[]
  answers: Record<Id, string>
  language: Language
}

export interface Joined {
  participant: Id
  link: string
  workshop: Workshop
  board?: Board | null
  mine?: Mine | null
}

export interface Me {
  kind: SeatKind
  id: Id
  name?: string | null
  roles?: string[] | null
  link?: string | null
}

export interface Timeline {
  board: Id
  from: Time
  to: Time
  version: number
  events: number
  density: number[]
  chapters: Chapter[]
}

export interface Chapter {
  at: Time
  version: number
  kind:
    | 'opened'
    | 'writing-opened'
    | 'writing-closed'
    | 'revealed'
    | 'ballot-opened'
    | 'ballot-closed'
    | 'results-revealed'
    | 'screen-turned'
    | 'closed'
  title?: string | null
}

/** O1: what a round of agreeing says of the room. */
export interface Opinions {
  board: Id
  ballot: Id
  version: number
  final: boolean
  /** Votes rest: it is what the close would show. */
  settled?: boolean
  people: number
  placed: number
  /** x, y, people, group or -1. */
  map: readonly (readonly [number, number, number, number])[]
  groups: readonly OpinionGroup[]
  together: readonly SaidTogether[]
}

export interface OpinionGroup {
  people: number
  x: number
  y: number
  says: readonly { idea: Id; agrees: boolean; said: number; votes: number; others?: readonly [said: number, votes: number] | null }[]
}

export interface SaidTogether {
  idea: Id
  agrees: boolean
  said: number
  votes: number
  groups?: readonly (readonly [said: number, votes: number])[] | null
}

/** O5: what of it is one's own. */
export interface OpinionHere {
  board: Id
  ballot: Id
  x?: number | null
  y?: number | null
  group?: number | null
  next: readonly Id[]
}

export interface ReplayView {
  at: Time
  view: Board
}

export interface ReplayFrames {
  frames: { at: Time; frame: Frame }[]
  done: boolean
  at: Time
}

/** H16: what one facilitator did at once. */
export interface Logged {
  at: Time
  by: string
  what: string
  ideas: number
  text?: string | null
  reason?: string | null
  undone?: boolean | null
  command?: Id | null
}

export interface LogPage {
  entries: Logged[]
  before?: Time | null
}

// The hub

export interface Watched {
  now: Time
  version: number
  resync: boolean
}

export type Answer = { version: number } | Refusal

export type BoardAction =
  | { type: 'add-idea'; idea: Id; lane: Id; text: string; language?: string; feel?: number; proposal?: Proposal; from?: Source[]; proxy?: boolean }
  | { type: 'edit-idea'; idea: Id; text: string; language?: string; feel?: number }
  | { type: 'withdraw-idea'; idea: Id }
  | { type: 'approve-idea'; idea: Id }
  | { type: 'hide-idea'; idea: Id; reason: string }
  | { type: 'show-idea'; idea: Id }
  | { type: 'move-idea'; idea: Id; lane: Id; after?: Id }
  | { type: 'theme-idea'; idea: Id; theme?: Id }
  | { type: 'merge-idea'; idea: Id; into: Id }
  | { type: 'unmerge-idea'; idea: Id }
  | { type: 'approve-ideas'; ideas: Id[] }
  | { type: 'hide-ideas'; ideas: Id[]; reason: string }
  | { type: 'hide-ideas-of-author'; idea: Id; reason: string }
  | { type: 'move-ideas'; ideas: Id[]; lane: Id; after?: Id }
  | { type: 'theme-ideas'; ideas: Id[]; theme?: Id }
  | { type: 'merge-ideas'; ideas: Id[]; into: Id }
  | { type: 'add-theme'; theme: Id; title: string; colour: number }
  | { type: 'rename-theme'; theme: Id; title: string }
  | { type: 'remove-theme'; theme: Id }
  | { type: 'approve-theme'; theme: Id }
  | { type: 'merge-themes'; theme: Id; into: Id }
  | { type: 'accept-themes'; themes: { theme: Id; title: string; colour: number; ideas?: Id[] }[] }
  | { type: 'keep-apart'; idea: Id; other: Id; apart?: boolean }
  | { type: 'split-theme'; theme: Id; part: Id; title: string; colour: number; ideas: Id[] }
  | { type: 'judge-pair'; idea: Id; other: Id; answer: 'same' | 'different' | 'skip' }
  | { type: 'add-lane'; lane: Id; title: string }
  | { type: 'rename-lane'; lane: Id; title: string }
  | { type: 'remove-lane'; lane: Id }
  | { type: 'change-settings'; moderation?: Moderation; private?: boolean; sorting?: Sorting }
  | { type: 'open-writing' }
  | { type: 'close-writing' }
  | { type: 'set-subject'; text: string }
  | { type: 'reveal-ideas' }
  | { type: 'open-ballot'; ballot: Id; method: Method; budget?: number; mostPerIdea?: number; counts: Counts; anonymous: boolean; for?: Electorate; certainty?: boolean }
  | { type: 'close-ballot'; ballot: Id }
  | { type: 'reveal-results'; ballot: Id }
  | { type: 'cast-vote'; ballot: Id; idea: Id; dots: number }
  | { type: 'cast-vote'; ballot: Id; idea: Id; vote?: Vote }
  | { type: 'add-comment'; comment: Id; idea: Id; text: string; language?: string }
  | { type: 'edit-comment'; comment: Id; text: string; language?: string }
  | { type: 'withdraw-comment'; comment: Id }
  | { type: 'approve-comment'; comment: Id }
  | { type: 'hide-comment'; comment: Id; reason: string }
  | { type: 'show-comment'; comment: Id }
  | { type: 'react'; idea: Id; reaction: Reaction; on: boolean }
  | { type: 'reply-to-idea'; idea: Id; text?: string; language?: string }
  | { type: 'set-status'; idea: Id; status: Status; note?: string; here?: boolean }
  | { type: 'set-plan'; idea: Id; owner?: string; due?: string; measure?: string; state?: PlanState }
  /** N5: each `idea` is the new one's id. */
  | { type: 'bring-ideas'; lane: Id; source: Id; ideas: ({ idea: Id; from: Id } | { idea: Id; theme: Id })[] }
  | { type: 'show-on-screen'; view?: ScreenView; idea?: Id }
  | { type: 'cast-proxy-vote'; proxy: Id; ballot: Id; idea: Id; dots?: number; vote?: Vote }
  | { type: 'undo'; undo: Id; here?: boolean }

export type WorkshopAction =
  | { type: 'go-to-step'; step: Id }
  | { type: 'add-step'; step: Id; title: string; lanes: { lane: Id; title: string }[]; private: boolean; moderation: Moderation; after?: Id; durationMs?: number; kind?: string; writing?: boolean; subject?: string; ballot?: BallotPreset }
  | { type: 'duplicate-step'; step: Id; copy: Id; title?: string }
  | { type: 'remove-step'; step: Id }
  | { type: 'restore-step'; step: Id }
  | { type: 'move-step'; step: Id; after?: Id }
  | { type: 'edit-step'; step: Id; title?: string; durationMs?: number }
  | { type: 'announce'; announcement: Id; text: string }
  | { type: 'end-announcement'; announcement: Id }
  | { type: 'start-timer'; durationMs: number }
  | { type: 'add-time'; ms: number }
  | { type: 'pause-timer' }
  | { type: 'resume-timer' }
  | { type: 'stop-timer' }
  | { type: 'edit-details'; title?: string; purpose?: string }
  | { type: 'renew-link'; link: 'facilitate' | 'screen' }
  | { type: 'revoke-seat'; seat: Id }
  | { type: 'change-words'; words: string[] }
  | { type: 'limit-participant' | 'free-participant' | 'remove-participant'; on: Id; idea: Id }
  | { type: 'change-charter'; charter: number; principles: Principle[] }
  | { type: 'agree-charter'; charter: number }
  | { type: 'add-proxy'; proxy: Id; label: string }
  | { type: 'close-workshop' }

export type Action = BoardAction | WorkshopAction

/** An action under its id, and its board unless it is the workshop's. The id never changes, however often it is sent. */
export type Command = Action & { command: Id; board?: Id }

const ofWorkshops: ReadonlySet<string> = new Set<WorkshopAction['type']>([
  'go-to-step',
  'add-step',
  'duplicate-step',
  'remove-step',
  'restore-step',
  'move-step',
  'edit-step',
  'announce',
  'end-announcement',
  'start-timer',
  'add-time',
  'pause-timer',
  'resume-timer',
  'stop-timer',
  'edit-details',
  'renew-link',
  'revoke-seat',
  'change-words',
  'limit-participant',
  'free-participant',
  'remove-participant',
  'change-charter',
  'agree-charter',
  'add-proxy',
  'close-workshop',
])

export const isOfWorkshop = (action: Action): action is WorkshopAction => ofWorkshops.has(action.type)
export const isRefusal = (answer: Answer): answer is Refusal => 'code' in answer && typeof answer.code === 'string'

/** C6. */
export const ideasPerCommand = 1000

/** How many ideas and themes one command may bring from another step (N5). */
export const broughtAtOnce = 500

export const mostWords = 200

export const mostPrinciples = 12

export const textLimits = {
  idea: 1000,
  comment: 500,
  reply: 1000,
  owner: 80,
  measure: 200,
  theme: 80,
  lane: 80,
  step: 80,
  subject: 1000,
  reason: 200,
  announcement: 280,
  word: 40,
  alias: 40,
  title: 120,
  purpose: 500,
  principle: 300,
  proxy: 60,
} as const
