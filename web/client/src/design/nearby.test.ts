import { describe, expect, it } from 'vitest'
import { Lines, step } from './nearby'

describe('the lines of a long list', () => {
  it('have their gaps between them, and none before or after', () => {
    const lines = new Lines([100, 100, 100], 50, 8)
    expect(lines.span(0, 3)).toBe(316)
    expect(lines.span(1, 2)).toBe(100)
    expect(lines.span(1, 1)).toBe(0)
  })

  it('are found where they are, however many gaps lie above', () => {
    const lines = new Lines(Array.from({ length: 1000 }, () => 92), 50, 8)
    expect(lines.between(90_000, 90_500)).toEqual({ from: 900, until: 905 })
    expect(lines.between(99_995, 100_200)).toEqual({ from: 1000, until: 1000 })
  })

  it('are as high as they are likely to be until they were measured', () => {
    const lines = new Lines([undefined, 30, undefined], 50, 0)
    expect(lines.span(0, 3)).toBe(130)
    lines.measured(0, 80)
    expect(lines.span(0, 3)).toBe(160)
    expect(lines.between(80, 110)).toEqual({ from: 1, until: 2 })
  })
})

describe('a step', () => {
  it('draws all that is in sight at once', () => {
    expect(step({ from: 0, until: 20 }, { from: 500, until: 510 }, { from: 495, until: 515 }, true)).toMatchObject({ from: 500 })
    expect(step({ from: 0, until: 20 }, { from: 15, until: 40 }, { from: 10, until: 41 }, true).until).toBeGreaterThanOrEqual(40)
  })

  it('draws the rest few by few until it is all there, and no more then', () => {
    let drawn = { from: 40, until: 60 }
    const near = { from: 20, until: 80 }
    let steps = 0
    for (let next = step(drawn, drawn, near, true); next.from !== drawn.from || next.until !== drawn.until; next = step(drawn, { from: 45, until: 55 }, near, true)) {
      expect(next.until - next.from - (drawn.until - drawn.from)).toBeLessThanOrEqual(4)
      drawn = next
      steps++
    }
    expect(drawn).toEqual(near)
    expect(steps).toBeGreaterThan(9)
  })

  it('goes the way of the scrolling first', () => {
    const [drawn, near] = [{ from: 40, until: 60 }, { from: 20, until: 80 }]
    expect(step(drawn, drawn, near, true).from).toBe(40)
    expect(step(drawn, drawn, near, false).until).toBe(60)
  })

  it('lets go of what was left behind', () => {
    const next = step({ from: 0, until: 60 }, { from: 40, until: 55 }, { from: 30, until: 60 }, true)
    expect(next.from).toBeGreaterThan(0)
    expect(next.from).toBeLessThanOrEqual(30)
  })

  it('begins where the list comes near, when nothing of it was', () => {
    expect(step({ from: 0, until: 24 }, { from: 900, until: 900 }, { from: 895, until: 900 }, true)).toEqual({ from: 895, until: 896 })
    expect(step({ from: 0, until: 24 }, { from: 1000, until: 1000 }, { from: 1000, until: 1000 }, true)).toEqual({ from: 1000, until: 1000 })
  })
})
