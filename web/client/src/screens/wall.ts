import type { Letters } from './letters'

/** Where every card of a wall goes: a pure function of texts and area. Cards are placed, not flowed, so that whoever moves
 *  to another place can be seen moving. Distances are pixels from the start of the line and the top. */

export interface WallCard {
  id: string
  text: string
  /** Has a line below its text: a signature, a count, how many were merged into it. */
  foot: boolean
}

export interface WallGroup {
  id: string
  /** Without one the cards stand on the wall itself. */
  title: string | null
  cards: readonly WallCard[]
}

export interface Area {
  width: number
  height: number
}

export interface FontRange {
  least: number
  most: number
}

export interface PlacedCard {
  id: string
  /** As much of the text as there is room for, in whole words. */
  text: string
  x: number
  y: number
  width: number
  height: number
}

export interface PlacedGroup {
  id: string
  title: string
  x: number
  y: number
  width: number
  height: number
  /** How many of its cards are on other pages. */
  elsewhere: number
}

export interface Wall {
  font: number
  height: number
  cards: PlacedCard[]
  groups: PlacedGroup[]
}

/** `lanes`: groups stand side by side, each its whole column. `themes`: as boxes that grow with what is in them. */
export type Arrangement = 'lanes' | 'themes'
/** What to do with more than fits at the least font: turn pages, or grow beyond the area and let the reader scroll. */
export type Overflow = 'pages' | 'scroll'

export interface Order {
  groups: readonly WallGroup[]
  arrangement: Arrangement
  area: Area
  fonts: FontRange
  overflow: Overflow
}

// In multiples of the font size. Wall.svelte draws with the same numbers.
export const leading = 1.3
export const cardPad = 0.6
export const footHeight = 1.35
export const titleLeading = 1.35
const gapEm = 0.5
const panelPad = 0.55
const cardEm = { least: 9.5, good: 13, most: 21 }
const longest = { lines: 9, ofHeight: 0.62 }
const ladder = 1.07

/** The pages of a wall: one when everything fits, at the largest font at which it does. */
export function layOut(order: Order, letters: Letters): Wall[] {
  const { area, fonts } = order
  if (area.width <= 0 || area.height <= 0) return []
  for (const font of fontsOf(fonts)) {
    if (isHopeless(order, font)) continue
    const wall = fitted(order, font, letters)
    if (wall) return [centred(wall, area)]
  }
  if (order.overflow === 'scroll') return [grown(order, fonts.least, letters)]
  return pagesOf(order, letters)
}

function fontsOf({ least, most }: FontRange): number[] {
  const fonts: number[] = []
  for (let font = most; font > least; font /= ladder) fonts.push(font)
  return [...fonts, least]
}

/** Even without a gap between them the letters would not find room. */
function isHopeless({ groups, area }: Order, font: number): boolean {
  let letters = 0
  for (const group of groups) for (const card of group.cards) letters += Math.min(card.text.length, 150)
  return letters * 0.4 * leading * font * font > area.width * area.height
}

function fitted(order: Order, font: number, letters: Letters): Wall | null {
  return order.arrangement === 'themes' ? themesFitted(order, font, letters) : lanesFitted(order, font, letters)
}

// Cards

interface Shape {
  width: number
  inner: number
  mostLines: number
}

/** Who cannot scroll sees the beginning of a very long text; who can, all of it. */
function mostLinesOf({ overflow, area }: Order, font: number): number {
  if (overflow === 'scroll') return Infinity
  return Math.max(2, Math.min(longest.lines, Math.floor((area.height * longest.ofHeight) / (font * leading))))
}

function heightOf(card: WallCard, shape: Shape, font: number, letters: Letters): number {
  const lines = Math.min(shape.mostLines, letters.lineCount(card.text, shape.inner))
  return Math.ceil((lines * leading + 2 * cardPad + (card.foot ? footHeight : 0)) * font)
}

/** Cards into columns, each to where there is most room; reading order is kept along the rows. */
class Masonry {
  readonly placed: PlacedCard[] = []
  readonly #bottoms: number[]

  constructor(
    private readonly x: number,
    private readonly y: number,
    columns: number,
    private readonly shape: Shape,
    private readonly font: number,
    private readonly letters: Letters,
  ) {
    this.#bottoms = Array.from({ length: columns }, () => y)
  }

  /** False, and nothing placed, when it would reach below `most`. The first card is always placed. */
  place(card: WallCard, most = Infinity): boolean {
    const gap = gapEm * this.font
    const height = heightOf(card, this.shape, this.font, this.letters)
    const column = this.#bottoms.indexOf(Math.min(...this.#bottoms))
    const y = this.#bottoms[column]!
    if (this.placed.length > 0 && y + height > most) return false
    this.placed.push({
      id: card.id,
      text: this.letters.shorten(card.text, this.shape.inner, this.shape.mostLines),
      x: this.x + column * (this.shape.width + gap),
      y,
      width: this.shape.width,
      height,
    })
    this.#bottoms[column] = y + height + gap
    return true
  }

  get bottom(): number {
    const bottom = Math.max(...this.#bottoms)
    return bottom === this.y ? this.y : bottom - gapEm * this.font
  }
}

const columnWidth = (width: number, columns: number, gap: number): number => (width - (columns - 1) * gap) / columns

/** The numbers of columns that make cards neither too narrow to read nor too wide, the better ones first. */
export function columnsFor(width: number, font: number, cards: number): number[] {
  const gap = gapEm * font
  const at = (em: number) => Math.floor((width + gap) / (em * font + gap))
  const [fewest, good, most] = [Math.max(1, at(cardEm.most)), Math.max(1, at(cardEm.good)), Math.max(1, at(cardEm.least))]
  const all = Array.from({ length: most - fewest + 1 }, (_, more) => fewest + more)
  const inOrder = all.sort((one, other) => Math.abs(one - good) - Math.abs(other - good))
  return [...new Set(inOrder.map((columns) => Math.min(columns, Math.max(1, cards))))]
}

// Lanes

interface LaneBox {
  group: WallGroup
  x: number
  y: number
  width: number
  height: number
  titleHeight: number
  mostLines: number
}

const isPanel = (group: WallGroup): boolean => group.title !== null

/** Lanes in as many rows as read best. Null when they cannot stand side by side at this font. */
function laneBoxes(order: Order, rows: number, font: number, letters: Letters): LaneBox[] | null {
  const { groups, area } = order
  const gap = gapEm * font * 1.4
  const perRow = Math.ceil(groups.length / rows)
  const narrowest = (cardEm.least + 2 * panelPad) * font
  const height = columnWidth(area.height, rows, gap)
  const mostLines = mostLinesOf({ ...order, area: { ...area, height } }, font)
  const boxes: LaneBox[] = []
  for (let row = 0; row < rows; row++) {
    const lanes = groups.slice(row * perRow, (row + 1) * perRow)
    const widths = laneWidths(lanes, area.width - (lanes.length - 1) * gap, narrowest)
    if (!widths) return null
    let x = 0
    lanes.forEach((group, at) => {
      const width = widths[at]!
      boxes.push({ group, x, y: row * (height + gap), width, height, titleHeight: titleHeightOf(group, width, font, letters), mostLines })
      x += width + gap
    })
  }
  return boxes
}

/** Lanes are equally wide, unless one holds far more than the others: then it takes two or three parts. In whole parts, so
 *  that one card more seldom changes it. */
function laneWidths(lanes: readonly WallGroup[], width: number, narrowest: number): number[] | null {
  if (lanes.length === 0) return []
  if (lanes.length > 1 && width / lanes.length < narrowest) return null
  const mean = Math.max(4, lanes.reduce((sum, lane) => sum + lane.cards.length, 0) / lanes.length)
  const parts = lanes.map((lane) => Math.max(1, Math.min(3, Math.round(lane.cards.length / mean))))
  const part = width / parts.reduce((sum, one) => sum + one, 0)
  return part < narrowest ? lanes.map(() => width / lanes.length) : parts.map((one) => one * part)
}

function titleHeightOf(group: WallGroup, width: number, font: number, letters: Letters): number {
  if (group.title === null) return 0
  // The count stands beside the title.
  const lines = letters.lineCount(group.title, width / font / 1.1 - 2 * panelPad - 2.4)
  return Math.ceil((lines * titleLeading * 1.1 + 0.3) * font)
}

function masonryIn(box: LaneBox, columns: number, font: number, letters: Letters): Masonry {
  const pad = isPanel(box.group) ? panelPad * font : 0
  const widest = isPanel(box.group) ? Infinity : cardEm.most * font
  const width = Math.min(widest, columnWidth(box.width - 2 * pad, columns, gapEm * font))
  const shape = { width, inner: width / font - 2 * cardPad, mostLines: box.mostLines }
  return new Masonry(box.x + pad, box.y + pad + box.titleHeight, columns, shape, font, letters)
}

const padOf = (box: LaneBox, font: number): number => (isPanel(box.group) ? panelPad * font : 0)
const insideOf = (box: LaneBox, font: number): number => box.width - 2 * padOf(box, font)

function lanesFitted(order: Order, font: number, letters: Letters): Wall | null {
  for (let rows = 1; rows <= order.groups.length; rows++) {
    const boxes = laneBoxes(order, rows, font, letters)
    const wall = boxes && filled(boxes, font, letters)
    if (wall) return wall
  }
  return order.groups.length === 0 ? { font, height: 0, cards: [], groups: [] } : null
}

function filled(boxes: readonly LaneBox[], font: number, letters: Letters): Wall | null {
  const wall: Wall = { font, height: 0, cards: [], groups: [] }
  for (const box of boxes) {
    const most = box.y + box.height - padOf(box, font)
    let best: Masonry | null = null
    for (const columns of columnsFor(insideOf(box, font), font, isPanel(box.group) ? Infinity : box.group.cards.length)) {
      const masonry = masonryIn(box, columns, font, letters)
      for (const card of box.group.cards) masonry.place(card)
      if (masonry.bottom <= most && (!best || masonry.bottom < best.bottom * 0.9)) best = masonry
    }
    if (!best) return null
    wall.cards.push(...best.placed)
    if (isPanel(box.group)) wall.groups.push(panelOf(box, 0))
    wall.height = Math.max(wall.height, isPanel(box.group) ? box.y + box.height : best.bottom)
  }
  return wall
}

const panelOf = ({ group, x, y, width, height }: LaneBox, elsewhere: number): PlacedGroup => ({
  id: group.id,
  title: group.title ?? '',
  x,
  y,
  width,
  height,
  elsewhere,
})

/** All lanes, or themes, stay in sight in places of their own, and each turns its own pages; one that has fewer begins again.
 *  Pages fill in order, so that a new card changes none but the last. */
function pagesOf(order: Order, letters: Letters): Wall[] {
  const font = order.fonts.least
  const boxes = lanesOnPages(order, font, letters)
  const paged = boxes.map((box) => {
    const columns = columnsFor(insideOf(box, font), font, Infinity)[0]!
    const most = box.y + box.height - padOf(box, font)
    const cards = box.group.cards
    const pageFrom = (from: number): Masonry => {
      const page = masonryIn(box, columns, font, letters)
      for (let at = from; at < cards.length && page.place(cards[at]!, most); at++);
      return page
    }
    const pages = [pageFrom(0)]
    let [from, until] = [0, pages[0]!.placed.length]
    while (until < cards.length) {
      const before = from
      from = until
      pages.push(pageFrom(from))
      until = from + pages.at(-1)!.placed.length
      // A last page with little on it begins in the middle of the one before. Not where it would be just full: then each
      // new card would move all of them.
      const middle = (before + from) >> 1
      const fuller = until === cards.length && until - from < from - middle ? pageFrom(middle) : null
      if (fuller && middle + fuller.placed.length === cards.length) pages[pages.length - 1] = fuller
    }
    return pages
  })
  const count = Math.max(1, ...paged.map((pages) => pages.length))
  return Array.from({ length: count }, (_, page) => {
    const shown = paged.map((pages) => pages[page % pages.length]!)
    return {
      font,
      height: order.area.height,
      cards: shown.flatMap((masonry) => masonry.placed),
      groups: boxes.flatMap((box, at) =>
        isPanel(box.group) ? [panelOf(box, box.group.cards.length - shown[at]!.placed.length)] : [],
      ),
    }
  })
}

function lanesOnPages(order: Order, font: number, letters: Letters): LaneBox[] {
  for (let rows = 1; rows < order.groups.length; rows++) {
    const boxes = laneBoxes(order, rows, font, letters)
    if (boxes) return boxes
  }
  return laneBoxes(order, order.groups.length, font, letters) ?? []
}

// Themes

function themesFitted(order: Order, font: number, letters: Letters): Wall | null {
  const cards = order.groups.reduce((sum, group) => sum + group.cards.length, 0)
  for (const columns of columnsFor(order.area.width - 2 * panelPad * font, font, Math.max(cards, order.groups.length)))
    for (const tall of [0.45, 0.7, 1]) {
      const wall = boxed(order, font, columns, tall, letters)
      if (wall.height <= order.area.height) return wall
    }
  return null
}

/** Boxes beside and below each other. A box whose one column would be taller than `tall` of the area takes more columns. */
function boxed(order: Order, font: number, columns: number, tall: number, letters: Letters): Wall {
  const gap = gapEm * font * 1.4
  const unit = columnWidth(order.area.width, columns, gap)
  const bottoms = Array.from({ length: columns }, () => 0)
  const mostLines = mostLinesOf(order, font)
  const wall: Wall = { font, height: 0, cards: [], groups: [] }
  for (const group of order.groups) {
    const box = boxOf(group, unit, gap, columns, font, order.area.height, tall, mostLines, letters)
    const at = lowest(bottoms, box.span)
    const x = at * (unit + gap)
    const y = Math.max(...bottoms.slice(at, at + box.span))
    wall.cards.push(...box.cards.map((card) => ({ ...card, x: card.x + x, y: card.y + y })))
    wall.groups.push({ id: group.id, title: group.title ?? '', x, y, width: box.width, height: box.height, elsewhere: 0 })
    for (let column = at; column < at + box.span; column++) bottoms[column] = y + box.height + gap
    wall.height = Math.max(wall.height, y + box.height)
  }
  return wall
}

interface Box {
  span: number
  width: number
  height: number
  cards: PlacedCard[]
}

function boxOf(
  group: WallGroup,
  unit: number,
  gap: number,
  columns: number,
  font: number,
  height: number,
  tall: number,
  mostLines: number,
  letters: Letters,
): Box {
  const mostTall = Number.isFinite(height) ? height * tall : Infinity
  let box: Box | null = null
  for (let span = 1; span <= Math.min(columns, Math.max(1, group.cards.length)); span++) {
    const width = span * unit + (span - 1) * gap
    const lane: LaneBox = { group, x: 0, y: 0, width, height, titleHeight: titleHeightOf(group, width, font, letters), mostLines }
    const masonry = masonryIn(lane, span, font, letters)
    for (const card of group.cards) masonry.place(card)
    box = { span, width, height: Math.ceil(masonry.bottom + panelPad * font), cards: masonry.placed }
    if (box.height <= mostTall) break
  }
  return box!
}

/** Where so many neighbouring columns are lowest, the first of equals. */
function lowest(bottoms: readonly number[], span: number): number {
  let best = 0
  let height = Infinity
  for (let at = 0; at + span <= bottoms.length; at++) {
    const top = Math.max(...bottoms.slice(at, at + span))
    if (top < height - 1) [best, height] = [at, top]
  }
  return best
}

// Beyond the area

function grown(order: Order, font: number, letters: Letters): Wall {
  return order.arrangement === 'themes' ? grownThemes(order, font, letters) : grownLanes(order, font, letters)
}

function grownThemes(order: Order, font: number, letters: Letters): Wall {
  const columns = columnsFor(order.area.width, font, Infinity)[0]!
  return boxed(order, font, columns, 0.8, letters)
}

function grownLanes(order: Order, font: number, letters: Letters): Wall {
  const wall: Wall = { font, height: 0, cards: [], groups: [] }
  const boxes = lanesOnPages({ ...order, area: { ...order.area, height: 1e6 } }, font, letters)
  const gap = gapEm * font * 1.4
  for (const y of [...new Set(boxes.map((box) => box.y))]) {
    const row = boxes
      .filter((box) => box.y === y)
      .map((box) => {
        const standing = { ...box, y: wall.height === 0 ? 0 : wall.height + gap, height: Infinity }
        const columns = columnsFor(insideOf(box, font), font, Infinity)[0]!
        const masonry = masonryIn(standing, columns, font, letters)
        for (const card of box.group.cards) masonry.place(card)
        return { box: standing, masonry }
      })
    const bottom = Math.max(...row.map(({ box, masonry }) => masonry.bottom + padOf(box, font)))
    for (const { box, masonry } of row) {
      wall.cards.push(...masonry.placed)
      if (isPanel(box.group)) wall.groups.push(panelOf({ ...box, height: bottom - box.y }, 0))
    }
    wall.height = bottom
  }
  return wall
}

/** Few cards stand a little above the middle, where the eye rests. */
function centred(wall: Wall, area: Area): Wall {
  if (wall.cards.length === 0 && wall.groups.length === 0) return wall
  const right = Math.max(...[...wall.cards, ...wall.groups].map((placed) => placed.x + placed.width))
  const [x, y] = [Math.max(0, (area.width - right) / 2), Math.max(0, (area.height - wall.height) * 0.4)]
  if (x < 1 && y < 1) return wall
  const moved = <T extends { x: number; y: number }>(placed: T): T => ({ ...placed, x: placed.x + x, y: placed.y + y })
  return { ...wall, cards: wall.cards.map(moved), groups: wall.groups.map(moved) }
}
