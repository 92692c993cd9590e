import { currentBallot, idsInOrder, lanesInOrder, mergedInto, tallyOf, themesInOrder } from '../boards/board'
import type { Feel } from '../kinds/journey/journey'
import { feelOf } from '../kinds/journey/journey'
import type { Board, Id, Idea } from '../live/wire'
import type { Arrangement, WallCard, WallGroup } from './wall'

/** A card of the wall with all that is drawn on it. */
export interface BoardCard extends WallCard {
  id: Id
  state: Idea['state']
  signature: string | null
  /** How many were merged into it. */
  merged: number
  /** Its dots, where counts are due (F5). */
  count: number | null
  colour: number | null
  /** The theme's title, where groups are lanes and do not say it. */
  theme: string | null
  /** How a moment felt. */
  feel: Feel | null
  /** How many ideas of earlier steps it grew out of, where that is more than itself. */
  from: number
  at: number
}

export interface BoardGroup extends WallGroup {
  kind: 'wall' | 'lane' | 'theme' | 'rest'
  cards: readonly BoardCard[]
  colour: number | null
}

export interface Grouped {
  arrangement: Arrangement
  groups: BoardGroup[]
}

/** How a board's ideas stand together: by lanes where there are several, else by themes once someone made some. */
export function grouped(board: Board, words: { rest: string; proxy?: string }): Grouped {
  const lanes = lanesInOrder(board)
  const byLanes = lanes.length > 1
  const cards = cardsOf(board, byLanes, words.proxy ?? null)
  const themes = themesInOrder(board)
  if (byLanes) {
    const rankOf = new Map(themes.map((theme, at) => [theme.id, at]))
    const themeOf = (card: BoardCard) => rankOf.get(board.ideas[card.id]!.theme ?? '') ?? themes.length
    return {
      arrangement: 'lanes',
      groups: lanes.map((lane) => ({
        id: lane.id,
        kind: 'lane',
        title: lane.title,
        colour: null,
        cards: cards.filter((card) => board.ideas[card.id]!.lane === lane.id).sort((one, other) => themeOf(one) - themeOf(other)),
      })),
    }
  }
  if (themes.length === 0)
    return { arrangement: 'lanes', groups: [{ id: 'wall', kind: 'wall', title: null, colour: null, cards }] }
  const groups: BoardGroup[] = themes.map((theme) => ({
    id: theme.id,
    kind: 'theme',
    title: theme.title,
    colour: theme.colour,
    cards: cards.filter((card) => board.ideas[card.id]!.theme === theme.id),
  }))
  const rest = cards.filter((card) => !board.themes[board.ideas[card.id]!.theme ?? ''])
  if (rest.length > 0) groups.push({ id: 'rest', kind: 'rest', title: words.rest, colour: null, cards: rest })
  return { arrangement: 'themes', groups }
}

function cardsOf(board: Board, nameThemes: boolean, proxy: string | null): BoardCard[] {
  const merged = mergedInto(board)
  const within = new Set([...merged.values()].flat())
  const ballot = currentBallot(board)
  return idsInOrder(board.ideas)
    .filter((id) => !within.has(id))
    .map((id) => {
      const idea = board.ideas[id]!
      const theme = idea.theme ? board.themes[idea.theme] : undefined
      const count = ballot ? tallyOf(board, ballot.id, id) : null
      const card = {
        id,
        text: idea.text,
        state: idea.state,
        signature: (idea.proxy ? proxy : idea.signature) ?? null,
        merged: merged.get(id)?.length ?? 0,
        count,
        colour: theme?.colour ?? null,
        theme: nameThemes ? (theme?.title ?? null) : null,
        feel: feelOf(idea.feel),
        from: (idea.from?.length ?? 0) > 1 ? idea.from!.length : 0,
        at: idea.at,
      }
      const foot = card.signature !== null || card.merged > 0 || count !== null || card.theme !== null || idea.state !== 'shown' || card.feel !== null || card.from > 0
      return { ...card, foot }
    })
}

