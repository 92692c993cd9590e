import { currentBallot, idsInOrder, isCounted, rootOf, themesInOrder } from '../boards/board'
import { standingsOf } from '../boards/standings'
import { worthWords } from '../boards/voteWords'
import { votes } from '../i18n/votes'
import { kindOf } from '../kinds/kinds'
import { sourceKey } from '../kinds/plan/plan'
import { newId } from '../live/ids'
import type { Board, BoardAction, Id, Step } from '../live/wire'
import { broughtAtOnce } from '../live/wire'

/** An idea of another step, or a theme, that could come to this one. */
export interface Candidate {
  id: Id
  text: string
  language?: string | null | undefined
  /** A theme's; null for an idea. */
  colour: number | null
  /** Which ideas it is; for an idea itself alone. */
  ideas: readonly Id[]
  votes: string | null
  /** It is here already. */
  isIn: boolean
}

/** Where one brings from: whatever comes before this step, but what was proposed of the charter. A plan takes from every other step. */
export function sourcesFor(steps: readonly Step[], board: Board | null): Step[] {
  const at = steps.findIndex((step) => step.board === board?.board)
  if (!board || at < 0) return []
  return board.facts.kind === 'plan' ? steps.filter((_, other) => other !== at) : steps.slice(0, at).filter((step) => step.kind !== 'charter')
}

/** Whether this desk offers it: on the kinds that gather, where people do not write themselves, or nothing is there yet, or something was brought before. */
export function offersBringing(steps: readonly Step[], board: Board | null): boolean {
  if (!board || !['ideas', 'opinion', 'pilot', 'journey'].includes(kindOf(board.facts.kind)) || Object.keys(board.lanes).length === 0) return false
  const there = Object.values(board.ideas).filter((idea) => idea.state !== 'hidden')
  return sourcesFor(steps, board).length > 0 && (!board.facts.writing || (there.length === 0 && board.facts.unrevealed === 0) || there.some((idea) => idea.from?.length))
}

/** What a step has to bring: its themes, and its ideas, the best by votes first where they were counted, else the newest. */
export function candidatesOf(there: Board, here: Board | null): { themes: Candidate[]; ideas: Candidate[]; isVoted: boolean } {
  const grown = new Set(Object.values(here?.ideas ?? {}).filter((idea) => idea.state !== 'hidden').flatMap((idea) => (idea.from ?? []).map(sourceKey)))
  const isIn = (idea: Id) => grown.has(sourceKey({ board: there.board, idea }))
  const shown = idsInOrder(there.ideas).filter((id) => there.ideas[id]!.state === 'shown' && rootOf(there.ideas, id) === id)
  const latest = currentBallot(there)
  const ballot = latest && isCounted(there, latest.id) ? latest : null
  const place = new Map((ballot ? standingsOf(there, ballot.id) : []).map((standing, at) => [standing.idea, { at, count: standing.count }]))
  const newest = [...shown].sort((one, other) => there.ideas[other]!.at - there.ideas[one]!.at)
  const ordered = ballot ? newest.sort((one, other) => (place.get(one)?.at ?? shown.length) - (place.get(other)?.at ?? shown.length)) : newest
  return {
    isVoted: !!ballot,
    ideas: ordered.map((id) => {
      const { text, language } = there.ideas[id]!
      const count = place.get(id)?.count
      return { id, text, language, colour: null, ideas: [id], votes: ballot && count !== undefined ? `${worthWords(ballot.method, count)} ${votes(`worth.${ballot.method}`, { n: count })}` : null, isIn: isIn(id) }
    }),
    themes: themesInOrder(there).flatMap((theme) => {
      const ideas = shown.filter((id) => there.ideas[id]!.theme === theme.id)
      return ideas.length === 0 || theme.waiting ? [] : [{ id: theme.id, text: theme.title, colour: theme.colour, ideas, votes: null, isIn: ideas.every(isIn) }]
    }),
  }
}

/** One command; several only where there are more than one may bring. */
export function bringing(lane: Id, source: Id, chosen: readonly Candidate[]): BoardAction[] {
  const ideas = chosen.map((one) => (one.colour === null ? { idea: newId(), from: one.id } : { idea: newId(), theme: one.id }))
  return Array.from({ length: Math.ceil(ideas.length / broughtAtOnce) }, (_, at) => ({ type: 'bring-ideas', lane, source, ideas: ideas.slice(at * broughtAtOnce, (at + 1) * broughtAtOnce) }))
}
