import { describe, expect, test } from 'vitest'
import { edgesOf, heads, loosened, nearest, rounds, spread, whole, zoomed } from './picture'

const point = (id: string, x: number, y: number, group: string | null = null) => ({ id, x, y, group, ghost: false })
const many = (n: number, prefix: string) => Array.from({ length: n }, (_, at) => `${prefix}${at}`)

test('the whole map fits with a margin, whatever its shape', () => {
  const lens = whole([point('a', -1, 0), point('b', 3, 1)], { width: 400, height: 300 }, 20)
  expect([lens.dx - lens.scale, lens.dx + 3 * lens.scale]).toEqual([20, 380])
  expect(whole([], { width: 10, height: 10 }, 2).scale).toBe(1)
  expect(Number.isFinite(whole([point('a', 1, 1)], { width: 400, height: 300 }, 20).scale)).toBe(true)
})

test('what lies under the finger stays there', () => {
  const before = { scale: 10, dx: 5, dy: 7 }
  const at = { x: 40, y: 60 }
  const after = zoomed(before, 3, at)
  expect(((at.x - before.dx) / before.scale) * after.scale + after.dx).toBeCloseTo(at.x)
  expect(((at.y - before.dy) / before.scale) * after.scale + after.dy).toBeCloseTo(at.y)
})

test('the nearest idea, and none where none is near', () => {
  const [points, lens] = [[point('a', 0, 0), point('b', 1, 0)], { scale: 100, dx: 0, dy: 0 }]
  expect(nearest(points, lens, { x: 95, y: 3 }, 12)?.id).toBe('b')
  expect(nearest(points, lens, { x: 50, y: 0 }, 12)).toBeNull()
})

test('a name is at the upper edge of its ideas, and a stray one does not draw it away', () => {
  const those = Array.from({ length: 40 }, (_, at) => point(`p${at}`, at / 100, at / 10, 't'))
  expect(heads([...those, point('stray', 9, -9, 't'), point('none', 5, 5)])).toEqual([{ group: 't', x: 0.2, y: 0.1, n: 41 }])
})

describe('ideas that lie on one another', () => {
  const heap = many(120, 'h').map((id, at) => point(id, at % 3, 0))
  test('are spread, each near its place', () => {
    const { points, spacing } = loosened(heap)
    for (const one of points) for (const other of points) if (one !== other) expect(Math.hypot(one.x - other.x, one.y - other.y)).toBeGreaterThan(spacing * 0.999)
    for (const [at, one] of points.entries()) expect(Math.hypot(one.x - heap[at]!.x, one.y)).toBeLessThan(1)
  })
  test('move nothing when they come later', () => expect(loosened([...heap, point('late', 1, 0)]).points.slice(0, 120)).toEqual(loosened(heap).points))
})

test('names lie beside each other, and within', () => {
  const box = (x: number, y: number) => ({ x, y, width: 80, height: 20 })
  const placed = spread([box(100, 100), box(110, 102), box(5, 50), box(400, 20)], { width: 300, height: 200 })
  expect(placed[3]).toBeNull()
  expect(placed[2]!.x).toBe(40)
  expect(Math.abs(placed[0]!.y - placed[1]!.y)).toBeGreaterThanOrEqual(18)
})

describe('rounds', () => {
  const group = (id: string, ideas: string[]) => ({ id, ideas, title: id, colour: 1, ghost: false })
  const groups = [group('t', many(40, 'a')), group('u', many(9, 'b')), group('v', many(90, 'c'))]
  test('do not meet, and hold all their ideas', () => {
    const { points, groups: placed } = rounds(groups, 1.5)
    expect(points.length).toBe(139)
    for (const { id, round } of placed) {
      for (const other of placed) if (other.id !== id) expect(Math.hypot(round.x - other.round.x, round.y - other.round.y)).toBeGreaterThan(round.r + other.round.r)
      for (const one of points) if (one.group === id) expect(Math.hypot(round.x - one.x, round.y - one.y)).toBeLessThan(round.r)
    }
  })
  test('stay where they are when another theme comes', () => expect(rounds([...groups, group('w', ['z'])], 1.5).points.slice(0, 139)).toEqual(rounds(groups, 1.5).points))
})

test('what is drawn around few ideas is on the map as well', () => {
  const [size, margin] = [{ width: 1600, height: 600 }, 40]
  const { points, groups, spacing } = rounds([{ id: 'a', title: 'A', colour: 0, ghost: false, ideas: many(2, 'a') }, { id: 'b', title: 'B', colour: 1, ghost: false, ideas: many(3, 'b') }], 1.6)
  const lens = whole(edgesOf(points, groups, spacing), size, margin)
  for (const { round } of groups) {
    const [y, r] = [round!.y * lens.scale + lens.dy, round!.r * lens.scale]
    expect(y - r).toBeGreaterThanOrEqual(margin - 0.01)
    expect(y + r).toBeLessThanOrEqual(size.height - margin + 0.01)
  }
})
