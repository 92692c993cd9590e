import { idsInOrder } from '../../boards/board'
import type { MapGroup, MapPoint } from '../../boards/map/picture'
import { loosened } from '../../boards/map/picture'
import type { Board, Id, Idea, ThemesTold } from '../../live/wire'
import type { Alike } from '../duplicates'

/** A theme that is proposed, or more ideas for one that the board has. */
export interface Ghost {
  theme: Id
  title: string
  colour: number
  /** In the order of the board, the example first. */
  ideas: Id[]
}

export interface Ghosts {
  /** The largest first. */
  fresh: Ghost[]
  more: Ghost[]
  aside: Ghost[]
  /** How many ideas nothing is proposed for. */
  loose: number
}

const mayBeProposed = (idea: Idea | undefined): idea is Idea => !!idea && (idea.state === 'shown' || idea.state === 'waiting') && !idea.into

/** What is still a proposal, by the board as it is now: what was placed, hidden or merged meanwhile is none any more (TH2). */
export function ghostsOf(board: Board, told: ThemesTold, unnamed: (n: number) => string): Ghosts {
  const ideas = new Map<number, Id[]>()
  let loose = 0
  for (const id of idsInOrder(board.ideas)) {
    const idea = board.ideas[id]
    if (!mayBeProposed(idea) || (idea.theme && board.themes[idea.theme])) continue
    const at = told.places?.[id]?.[2] ?? -1
    if (at < 0) loose++
    else if (ideas.has(at)) ideas.get(at)!.push(id)
    else ideas.set(at, [id])
  }
  const ghosts: Ghosts = { fresh: [], more: [], aside: [], loose }
  for (const [at, { theme, title, colour, example }] of (told.themes ?? []).entries()) {
    const inside = ideas.get(at)
    if (!inside) continue
    const known = board.themes[theme]
    // One alone is no theme.
    if (!known && inside.length < 2) {
      ghosts.loose += inside.length
      continue
    }
    const ordered = example && inside.includes(example) ? [example, ...inside.filter((id) => id !== example)] : inside
    const ghost = { theme, title: known?.title ?? (title || unnamed(at + 1)), colour: known?.colour ?? colour, ideas: ordered }
    if (told.aside?.includes(theme)) ghosts.aside.push(ghost)
    else ghosts[known ? 'more' : 'fresh'].push(ghost)
  }
  for (const list of [ghosts.fresh, ghosts.more, ghosts.aside]) list.sort((one, other) => other.ideas.length - one.ideas.length)
  return ghosts
}

/** Those of which none waits: what waits is offered in the queue. */
export function sameOf(board: Board, told: ThemesTold): Alike[] {
  return (told.same ?? [])
    .map((group) => group.filter((id) => mayBeProposed(board.ideas[id])))
    .filter((group) => group.length > 1 && group.every((id) => board.ideas[id]!.state === 'shown'))
    .map((group) => {
      const shown = group.sort((one, other) => board.ideas[one]!.at - board.ideas[other]!.at || (one < other ? -1 : 1))
      return { into: shown[0]!, waiting: [], shown }
    })
}

/** What the map draws: each idea where it lies, in the theme it has or the one that is proposed. */
export function pictureOf(board: Board, told: ThemesTold, ghosts: Ghosts): { points: MapPoint[]; groups: MapGroup[]; spacing: number } {
  const proposed = new Map([...ghosts.fresh, ...ghosts.more].flatMap(({ theme, ideas }) => ideas.map((id) => [id, theme] as const)))
  const points: MapPoint[] = []
  const sizes = new Map<Id, number>()
  for (const [id, [x, y]] of Object.entries(told.places ?? {})) {
    const idea = board.ideas[id]
    if (!mayBeProposed(idea)) continue
    const own = idea.theme && board.themes[idea.theme] ? idea.theme : null
    const group = own ?? proposed.get(id) ?? null
    if (group) sizes.set(group, (sizes.get(group) ?? 0) + 1)
    points.push({ id, x, y, group, ghost: !own })
  }
  const themes = Object.entries(board.themes).map(([id, { title, colour }]) => ({ id, title, colour, ghost: false }))
  const fresh = ghosts.fresh.map(({ theme, title, colour }) => ({ id: theme, title, colour, ghost: true }))
  return { ...loosened(points), groups: [...themes, ...fresh].filter(({ id }) => sizes.has(id)) }
}
