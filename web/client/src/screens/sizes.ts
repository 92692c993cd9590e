/** How large the lobby's texts are, in multiples of the screen's own font size. Titles of 120 letters, purposes of 500 and a
 *  whole charter still stand beside the code, and short ones fill the hall. */
export function sizeOf(texts: { title: string; purpose: string; charter: readonly string[] }): {
  title: number
  purpose: number
  charter: number
} {
  const charter = texts.charter.reduce((sum, principle) => sum + principle.length + 25, 0)
  const crowd = texts.purpose.length + charter * 1.2
  const shrink = crowd > 700 ? 0.72 : crowd > 400 ? 0.84 : 1
  const title = between(1.7, 4.2, 23 / Math.sqrt(Math.max(30, texts.title.length))) * shrink
  const purpose = between(1, 1.7, 21 / Math.sqrt(Math.max(150, texts.purpose.length + charter)))
  return { title, purpose, charter: between(0.8, 1.35, 22 / Math.sqrt(Math.max(200, charter + texts.purpose.length))) }
}

const between = (least: number, most: number, value: number): number => Math.max(least, Math.min(most, value))

/** How large what a board is about stands below its title, in multiples of the screen's own font size. */
export const subjectSize = (text: string): number => between(0.75, 1.5, 12 / Math.sqrt(Math.max(60, text.length)))

/** The letters of a wall in an area: as large as few ideas allow, as small as the back row can read. */
export function hallFonts({ width, height }: { width: number; height: number }): { least: number; most: number } {
  const unit = Math.sqrt(Math.max(1, width * height))
  return { least: Math.max(11, unit * 0.0205), most: Math.max(14, unit * 0.062) }
}

/** How large one idea is to begin with; it is made smaller where it does not fit. */
export const spotlightFont = (letters: number): number => between(1.3, 5, 43 / Math.sqrt(Math.max(30, letters)))

export interface Chart {
  rows: number
  font: number
  /** How many lines each idea's text may take. */
  lines: number
  /** How wide a line of text is, in ems. */
  widthEm: number
}

const rowEm = (lines: number): number => lines * 1.25 + 1.15

/** How many ranked bars stand in an area, and how large. `moreEm`: what stands below each bar. */
export function chartIn(count: number, { width, height }: { width: number; height: number }, moreEm = 0): Chart {
  const { least, most } = hallFonts({ width, height })
  const mostRows = Math.max(3, Math.min(8, Math.floor(height / (least * 1.15 * (rowEm(1) + moreEm)))))
  const rows = Math.max(1, Math.min(count, mostRows))
  const fontAt = (lines: number) => Math.min(most, height / rows / (rowEm(lines) + moreEm), width / 18)
  const lines = [3, 2, 1].find((lines) => fontAt(lines) >= least * (1 + lines * 0.12)) ?? 1
  const font = fontAt(lines)
  return { rows, font, lines, widthEm: Math.max(6, width / font - 8.2) }
}
