import { describe, expect, it } from 'vitest'
import { emptyBoard } from '../../boards/board'
import type { Idea, PlanItem } from '../../live/wire'
import { grownFrom, isLate, itemsOf, planned, progressOf, sorted, wentFrom } from './plan'

const idea = (rank: string, plan?: PlanItem, more: Partial<Idea> = {}): Idea => ({ lane: 'lane', text: rank, rank, at: 0, state: 'shown', ...(plan ? { plan } : {}), ...more })
const board = (ideas: Record<string, Idea>) => ({ ...emptyBoard('plan'), ideas })

describe('the items of a plan', () => {
  it('are what stands by itself and everyone sees, and what nobody planned is to do', () => {
    const items = itemsOf(board({ b: idea('b'), a: idea('a', { state: 'done' }), merged: idea('c', undefined, { into: 'a' }), waiting: idea('d', undefined, { state: 'waiting' }) }))
    expect(items.map(({ id, plan }) => [id, plan.state])).toEqual([['a', 'done'], ['b', 'todo']])
  })

  it('are counted without those that were dropped', () => {
    expect(progressOf([{ state: 'done' }, { state: 'dropped' }, { state: 'doing' }, { state: 'todo' }])).toEqual({ done: 1, doing: 1, all: 3 })
  })

  it('come by date with what is left to do first, and without a date last', () => {
    const plans: PlanItem[] = [{ state: 'done', due: '2026-01-01' }, { state: 'todo' }, { state: 'dropped', due: '2025-01-01' }, { state: 'doing', due: '2026-03-01' }, { state: 'todo', due: '2026-02-01' }]
    expect(sorted(plans, 'due', (plan) => plan).map((plan) => `${plan.state} ${plan.due ?? ''}`.trim())).toEqual([
      'todo 2026-02-01', 'doing 2026-03-01', 'todo', 'done 2026-01-01', 'dropped 2025-01-01',
    ])
    expect(sorted(plans, 'state', (plan) => plan).map((plan) => plan.state)).toEqual(['doing', 'todo', 'todo', 'done', 'dropped'])
  })

  it('are late from the day after, unless they are done or dropped', () => {
    expect(isLate({ state: 'todo', due: '2026-03-01' }, '2026-03-01')).toBe(false)
    expect(isLate({ state: 'doing', due: '2026-03-01' }, '2026-03-02')).toBe(true)
    expect(isLate({ state: 'done', due: '2026-03-01' }, '2026-03-02')).toBe(false)
    expect(isLate({ state: 'todo' }, '2026-03-02')).toBe(false)
  })

  it('change as the server changes them: absent stays, empty clears', () => {
    const before: PlanItem = { owner: 'Dana', due: '2026-03-01', measure: 'Ten', state: 'doing' }
    expect(planned(before, { type: 'set-plan', idea: 'a', owner: ' ', state: 'done' })).toEqual({ owner: null, due: '2026-03-01', measure: 'Ten', state: 'done' })
    expect(planned(null, { type: 'set-plan', idea: 'a', owner: ' Noa ' })).toEqual({ owner: 'Noa', due: null, measure: null, state: 'todo' })
  })

  it('are found by the ideas they grew out of', () => {
    const plan = board({ a: idea('a', { state: 'doing' }, { from: [{ board: 'vision', idea: 'one' }, { board: 'vision', idea: 'two' }] }), b: idea('b') })
    expect(grownFrom([plan]).get('vision two')?.map((item) => item.id)).toEqual(['a'])
    expect(grownFrom([plan]).get('plan two')).toBeUndefined()
  })

  it('are found through the steps between', () => {
    const between = { ...board({ b: idea('b', undefined, { from: [{ board: 'vision', idea: 'one' }] }) }), board: 'between' }
    const plan = board({ a: idea('a', undefined, { from: [{ board: 'between', idea: 'b' }] }) })
    expect(wentFrom(grownFrom([between, plan]), { board: 'vision', idea: 'one' }).map(({ id, board }) => [board.board, id])).toEqual([['between', 'b'], ['plan', 'a']])
  })
})
