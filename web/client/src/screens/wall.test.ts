import { expect, test } from 'vitest'
import { Letters, roughly } from './letters'
import type { Order, PlacedCard, Wall, WallGroup } from './wall'
import { columnsFor, layOut } from './wall'

const letters = new Letters(roughly)
const hall = { width: 1800, height: 800 }
const fonts = { least: 25, most: 72 }

const group = (count: number, length = 40, title: string | null = null, id = title ?? 'wall'): WallGroup => ({
  id,
  title,
  cards: Array.from({ length: count }, (_, n) => ({ id: `${id}-${n}`, text: sentence(length + ((n * 7) % 20)), foot: false })),
})
const sentence = (length: number): string => 'benches in the shade near the school gate for everyone '.repeat(20).slice(0, length)
const order = (groups: WallGroup[], more: Partial<Order> = {}): Order => ({
  groups,
  arrangement: 'lanes',
  area: hall,
  fonts,
  overflow: 'pages',
  ...more,
})

function expectTidy(wall: Wall, area = hall): void {
  for (const card of wall.cards) {
    expect(card.x).toBeGreaterThanOrEqual(-0.5)
    expect(card.y).toBeGreaterThanOrEqual(-0.5)
    expect(card.x + card.width).toBeLessThanOrEqual(area.width + 0.5)
    expect(card.y + card.height).toBeLessThanOrEqual(area.height + 0.5)
  }
  for (const [at, one] of wall.cards.entries()) for (const other of wall.cards.slice(at + 1)) expect(overlap(one, other)).toBe(false)
}
const overlap = (one: PlacedCard, other: PlacedCard): boolean =>
  one.x < other.x + other.width - 0.5 && other.x < one.x + one.width - 0.5 && one.y < other.y + other.height - 0.5 && other.y < one.y + one.height - 0.5

for (const count of [1, 2, 3, 5, 8, 13, 21, 34, 55, 89, 150, 300])
  test(`${count} ideas stand on the wall or its pages, each once, none over another`, () => {
    const pages = layOut(order([group(count)]), letters)
    for (const page of pages) expectTidy(page)
    expect(new Set(pages.flatMap((page) => page.cards.map((card) => card.id))).size).toBe(count)
  })

test('the more ideas, the smaller the letters, and never smaller than can be read', () => {
  const sizes = [1, 5, 15, 40, 80, 300].map((count) => layOut(order([group(count)]), letters)[0]!.font)
  expect(sizes[0]).toBe(72)
  expect([...sizes].sort((one, other) => other - one)).toEqual(sizes)
  expect(sizes.at(-1)).toBe(25)
})

test('a new idea on a full wall changes no page but the last', () => {
  const before = layOut(order([group(200)]), letters)
  const after = layOut(order([group(201)]), letters)
  expect(before.length).toBeGreaterThan(1)
  expect(after.slice(0, before.length - 1)).toEqual(before.slice(0, -1))
})

test('the last page is never nearly empty', () => {
  for (let count = 100; count < 140; count++) {
    const pages = layOut(order([group(count)]), letters)
    expect(pages.at(-1)!.cards.length).toBeGreaterThan(pages[0]!.cards.length * 0.3)
  }
})

test('a few ideas stand in the middle and not across the whole hall', () => {
  const [wall] = layOut(order([group(1, 12)]), letters)
  const card = wall!.cards[0]!
  expect(card.x + card.width / 2).toBeCloseTo(900, 0)
  expect(card.width).toBeLessThan(1600)
})

for (const area of [hall, { width: 1200, height: 520 }, { width: 3600, height: 1700 }, { width: 1000, height: 1500 }])
  test(`lanes stand beside or below each other in ${area.width} by ${area.height}`, () => {
    const groups = ['Keep', 'Stop', 'Begin', 'Learn', 'Thank'].map((title, at) => group(4 + at * 3, 30, title))
    const pages = layOut(order(groups, { area }), letters)
    for (const page of pages) {
      expectTidy(page, area)
      expect(page.groups.map((placed) => placed.id)).toEqual(groups.map((lane) => lane.id))
    }
    expect(new Set(pages.flatMap((page) => page.cards.map((card) => card.id))).size).toBe(50)
  })

test('themes are boxes that hold their cards', () => {
  const groups = [group(3, 30, 'Shade'), group(14, 30, 'Benches'), group(0, 0, 'Water'), group(7, 30, 'Dogs')]
  const [wall, ...more] = layOut(order(groups, { arrangement: 'themes' }), letters)
  expect(more).toEqual([])
  expectTidy(wall!)
  for (const card of wall!.cards) {
    const box = wall!.groups.find((placed) => placed.id === card.id.split('-')[0])!
    expect(card.x).toBeGreaterThan(box.x)
    expect(card.x + card.width).toBeLessThan(box.x + box.width)
    expect(card.y).toBeGreaterThan(box.y)
    expect(card.y + card.height).toBeLessThan(box.y + box.height)
  }
})

test('with too many ideas every theme stays in sight, says how many are elsewhere, and the pages show them all', () => {
  const groups = Array.from({ length: 8 }, (_, n) => group(10 + n * 9, 45, `Theme ${n}`))
  const pages = layOut(order(groups, { arrangement: 'themes' }), letters)
  expect(pages.length).toBeGreaterThan(1)
  for (const page of pages) {
    expectTidy(page)
    expect(page.groups.length).toBe(8)
  }
  expect(pages[0]!.groups[7]!.elsewhere).toBeGreaterThan(0)
  expect(new Set(pages.flatMap((page) => page.cards.map((card) => card.id))).size).toBe(groups.reduce((sum, one) => sum + one.cards.length, 0))
})

test('where one may scroll the wall grows instead of turning pages', () => {
  const phone = { width: 360, height: 500 }
  const groups = ['Keep', 'Stop'].map((title) => group(20, 60, title))
  for (const arrangement of ['lanes', 'themes'] as const) {
    const walls = layOut(order(groups, { arrangement, area: phone, fonts: { least: 16, most: 16 }, overflow: 'scroll' }), letters)
    expect(walls.length).toBe(1)
    expect(walls[0]!.cards.length).toBe(40)
    expect(walls[0]!.height).toBeGreaterThan(phone.height)
    expectTidy(walls[0]!, { ...phone, height: walls[0]!.height })
  }
})

test('a very long text is shortened after a whole word', () => {
  const [wall] = layOut(order([{ id: 'wall', title: null, cards: [{ id: 'a', text: sentence(1000), foot: true }] }, ]), letters)
  const shown = wall!.cards[0]!.text
  expect(shown.endsWith('…')).toBe(true)
  expect(sentence(1000).startsWith(`${shown.slice(0, -1)} `)).toBe(true)
})

test('nothing to show is no trouble', () => {
  expect(layOut(order([]), letters)[0]?.cards).toEqual([])
  expect(layOut(order([group(0)]), letters)[0]?.cards).toEqual([])
  expect(layOut(order([group(3)], { area: { width: 0, height: 0 } }), letters)).toEqual([])
})

test('columns are never more than the cards', () => {
  expect(columnsFor(1800, 25, 3)).toEqual([3])
  expect(Math.max(...columnsFor(1800, 25, 100))).toBeLessThanOrEqual(7)
})

test('lines break between words, and an endless word where it must', () => {
  expect(letters.lineCount('one two', 2.4)).toBe(2)
  expect(letters.lineCount('one two', 5)).toBe(1)
  expect(letters.lineCount('a'.repeat(100), 10)).toBe(6)
  expect(letters.lineCount('', 10)).toBe(1)
  expect(letters.shorten('one two three four', 4, 1)).toBe('one…')
  expect(letters.shorten('a'.repeat(100), 10, 2).length).toBeLessThan(40)
})
