import { describe, expect, it } from 'vitest'
import { emptyBoard } from '../../boards/board'
import type { Idea } from '../../live/wire'
import { nearest, pathOf, pointsOf, stagesOf } from './journey'

const moments = (lane: string, ...feels: (number | null)[]): Record<string, Idea> =>
  Object.fromEntries(feels.map((feel, at) => [`${lane}-${at}`, { lane, text: 'x', rank: `${at}`, at: 0, state: 'shown', feel } satisfies Idea]))
const journey = (...ideas: Record<string, Idea>[]) => ({
  ...emptyBoard('journey'),
  lanes: { before: { title: 'Before', rank: 'a' }, there: { title: 'There', rank: 'b' }, after: { title: 'After', rank: 'c' } },
  ideas: Object.assign({}, ...ideas) as Record<string, Idea>,
})

describe('a journey', () => {
  it('says how a stage felt from three moments on', () => {
    const [before, there] = stagesOf(journey(moments('before', 1, 2), moments('there', -2, -1, 0, null)))
    expect(before).toMatchObject({ moments: 2, felt: 2, mean: null, breaks: false })
    expect(there).toMatchObject({ moments: 4, felt: 3, mean: -1, breaks: true })
  })

  it('breaks at its worst stage, if that is bad, and wherever it is plainly bad', () => {
    const breaks = (...means: number[]) => stagesOf(journey(...['before', 'there', 'after'].map((lane, at) => moments(lane, ...Array<number>(3).fill(means[at]!))))).map((stage) => stage.breaks)
    expect(breaks(1, 0, 2)).toEqual([false, false, false])
    expect(breaks(-1, -2, 2)).toEqual([true, true, false])
    const [, mild] = stagesOf(journey(moments('before', 1, 1, 1), moments('there', -1, 0, 0), moments('after', 0, 0, 0)))
    expect(mild!.breaks).toBe(true)
  })

  it('does not count what was merged into another, or is not shown', () => {
    const ideas = moments('before', 1, 1, 1, -2)
    ideas['before-3'] = { ...ideas['before-3']!, into: 'before-0' }
    expect(stagesOf(journey(ideas))[0]).toMatchObject({ moments: 3, mean: 1 })
  })

  it('draws no line across a stage that too few felt', () => {
    const stages = stagesOf(journey(moments('before', 2, 2, 2), moments('after', -2, -2, -2)))
    expect(pointsOf(stages)[1]).toBeNull()
    expect(pathOf(pointsOf(stages))).toBe('M16.67 10 M83.33 90')
  })

  it('has a face for every mean', () => {
    expect([-2, -1.4, -0.4, 0.6, 2].map(nearest)).toEqual([-2, -1, 0, 1, 2])
  })
})
