import { cloudOf } from '../../boards/cloud'
import { wordsIn } from '../../boards/search'

/** An answer, and how many gave it. */
export interface Answer {
  /** As it is compared, so that it is known again when more give it. */
  key: string
  /** As most write it. */
  text: string
  n: number
}

/** So short an answer is one thing that was said; a longer one is looked through for its words. */
const mostWords = 3
const mostLetters = 32

/** What was answered, the most frequent first; case, niqqud, final letters and signs make no difference. */
export function answersOf(texts: readonly string[], most: number): Answer[] {
  const answers = new Map<string, { n: number; ways: Map<string, number> }>()
  const longer: string[] = []
  for (const text of texts) {
    const said = text.trim().replace(/\s+/g, ' ')
    const key = wordsIn(said).map(({ plain }) => plain).join(' ') || said
    if (!key) continue
    if (key.split(' ').length > mostWords || said.length > mostLetters) {
      longer.push(text)
      continue
    }
    const answer = answers.get(key) ?? { n: 0, ways: new Map<string, number>() }
    answer.n++
    answer.ways.set(said, (answer.ways.get(said) ?? 0) + 1)
    answers.set(key, answer)
  }
  const whole = [...answers].map(([key, { n, ways }]): Answer => ({ key, n, text: [...ways].reduce((best, way) => (way[1] > best[1] ? way : best))[0] }))
  const known = new Map(whole.map((answer) => [answer.key, answer]))
  for (const { text, ideas } of cloudOf(longer, most)) {
    const key = wordsIn(text).map(({ plain }) => plain).join(' ')
    const same = known.get(key)
    if (same) same.n += ideas
    else whole.push({ key, text, n: ideas })
  }
  return whole.sort((one, other) => other.n - one.n || (one.key < other.key ? -1 : 1)).slice(0, most)
}
