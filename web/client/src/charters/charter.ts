import type { Board, Charter, Id, Idea, Mine, MyIdea, Principle, Time, Workshop } from '../live/wire'

/** The charter in force. */
export const principlesOf = (workshop: Pick<Workshop, 'charter' | 'principles'>): Principle[] =>
  workshop.charter.map((text, at) => ({ id: workshop.principles[at] ?? '', text }))

export interface Change extends Principle {
  kind: 'same' | 'added' | 'reworded' | 'removed'
  /** What it said before. */
  was?: string
}

/** What became of a charter: as it is now, with what has gone behind the principle that it stood behind. */
export function changesBetween(before: readonly Principle[], now: readonly Principle[]): Change[] {
  const [old, here] = [new Map(before.map((one) => [one.id, one.text])), new Set(now.map(({ id }) => id))]
  // A principle that was taken out and put in again has another id and the same words: that is no change.
  const words = new Set(before.filter(({ id }) => !here.has(id)).map(({ text }) => text))
  const back = new Set<string>()
  const changes = now.map((one): Change => {
    const was = old.get(one.id)
    if (was === one.text) return { ...one, kind: 'same' }
    if (was !== undefined) return { ...one, kind: 'reworded', was }
    if (!words.has(one.text)) return { ...one, kind: 'added' }
    back.add(one.text)
    return { ...one, kind: 'same' }
  })
  before.forEach((one, at) => {
    if (here.has(one.id) || back.has(one.text)) return
    const behind = before.slice(0, at).findLast(({ id }) => here.has(id))?.id
    let place = behind === undefined ? 0 : changes.findIndex(({ id }) => id === behind) + 1
    while (changes[place]?.kind === 'removed') place++
    changes.splice(place, 0, { ...one, kind: 'removed' })
  })
  return changes
}

/** The principles of a version; null where it is no longer kept. */
export const versionOf = (charter: Charter, version: number): Principle[] | null =>
  charter.versions.find((one) => one.version === version)?.principles ?? null

/** The principles in force at a moment; the oldest that are kept, where it was before them. */
export const principlesAt = (charter: Charter, at: Time): Principle[] =>
  (charter.versions.findLast((one) => one.at <= at) ?? charter.versions[0])?.principles ?? []

/** The proposals for each principle, first to last; under null those for others, and those whose principle has gone.
 *  With one's own that nobody else sees yet. */
export function proposalsIn(board: Pick<Board, 'ideas'>, mine: Mine | null, principles: readonly Principle[]): Map<Id | null, Id[]> {
  const groups = new Map<Id | null, Id[]>([...principles.map(({ id }) => [id, []] as [Id, Id[]]), [null, []]])
  const own = Object.entries(mine?.ideas ?? {}).filter(([id, one]) => !board.ideas[id] && one.state !== 'withdrawn' && one.state !== 'merged')
  const seen = Object.entries(board.ideas).filter(([id, one]) => !one.into && mine?.ideas[id]?.state !== 'withdrawn')
  const all: [Id, Idea | MyIdea][] = [...seen, ...own]
  for (const [id, { proposal }] of all.sort(([one, { at }], [other, { at: then }]) => at - then || (one < other ? -1 : 1))) {
    const principle = proposal?.principle ?? null
    groups.get(groups.has(principle) ? principle : null)!.push(id)
  }
  return groups
}

/** The charter as it would be with a proposal in it. `id`: of the principle that it would add. */
export function withProposal(principles: readonly Principle[], { text, proposal }: Pick<Idea, 'text' | 'proposal'>, id: Id): Principle[] {
  const about = principles.find((one) => one.id === proposal?.principle)
  if (!about) return proposal?.remove ? [...principles] : [...principles, { id, text }]
  return proposal?.remove ? principles.filter((one) => one !== about) : principles.map((one) => (one === about ? { ...one, text } : one))
}
