import { withoutPrefixes, wordsIn } from './search'

export interface CloudWord {
  /** As it is mostly written. */
  text: string
  /** How many ideas have it. */
  ideas: number
}

const leastIdeas = 2
/** Hebrew and Arabic say much in two letters. */
const leastLetters = (plain: string) => (/^[א-ת\u0600-\u06ff]/.test(plain) ? 2 : 3)

/** Words that say nothing by themselves, as they are compared. */
const empty = new Set(
  [
    'אבל או אולי אותה אותו אותם אז אחד אחר אחרי אחת אי אך אל אלא אלה אלו אם אני אנחנו אפשר אפשרי אצל אשר את אתם בגלל בה בהם בו בין בכל בלי בשביל גם דרך הוא היא היה היו הם הן הנה הרבה זאת זה זו חייב יהיה יהיו יותר יחד יכול יש כאשר כבר כדי כי כך כל כמה כמו כן לא לבין לגבי לו להיות לה להם לי ליד למה לנו לפי לפני לקראת מאוד מה מול מי מן ממש ממנו מפני נגד נו עד עוד על עם עכשיו על־ידי ערך פה פחות פעם צריך קצת רק רוב של שלא שלה שלו שלהם שלי שלכם שלנו שם תוך תחת',
    'a about after all also an and any are as at be because been but by can could do does each every for from get had has have her here his how i if in into is it its just like make many more most much my need no not of off on one only or other our out over own people per should so some such than that the their them then there these they this those through to too under until up us very was we were what when where which who why will with without would you your',
    'في من على إلى الى عن مع هذا هذه ذلك تلك التي الذي أو ان أن إن لا ما كل قد كان كانت هو هي هم نحن بين عند حتى لكن ثم بعد قبل',
  ].flatMap((list) => wordsIn(list).map(({ plain }) => plain)),
)

/** The words that most ideas have, the most frequent first. A word counts once for each idea; Hebrew forms with something written before
 *  them count for the word itself, where anybody wrote it by itself or there are several of them. */
export function cloudOf(texts: Iterable<string>, most: number): CloudWord[] {
  const written = new Map<string, { ideas: number; ways: Map<string, number> }>()
  for (const text of texts)
    for (const [plain, way] of new Map(wordsIn(text).map(({ plain, from, to }) => [plain, text.slice(from, to)]))) {
      const word = written.get(plain) ?? { ideas: 0, ways: new Map<string, number>() }
      word.ideas++
      word.ways.set(way, (word.ways.get(way) ?? 0) + 1)
      written.set(plain, word)
    }

  const says = (plain: string) => plain.length >= leastLetters(plain) && !empty.has(plain) && /\p{L}/u.test(plain)
  // `של` and `ושל` say as little as each other.
  const said = [...written.keys()].filter((plain) => says(plain) && ![...withoutPrefixes(plain, 2)].some((bare) => empty.has(bare)))
  const before = new Map<string, Set<string>>()
  for (const plain of said)
    for (const bare of withoutPrefixes(plain, 2)) before.set(bare, (before.get(bare) ?? new Set()).add(plain.at(-bare.length - 1) ?? ''))
  // The word itself was written, or different things were written before it.
  const isWord = (bare: string) => written.has(bare) || (bare.length >= 3 && before.get(bare)!.size > 1)
  const counted = new Map<string, { ideas: number; text: string; weight: number }>()
  for (const plain of said) {
    const bare = [...withoutPrefixes(plain, 2)].findLast((one) => says(one) && isWord(one))!
    const { ideas, ways } = written.get(plain)!
    const word = counted.get(bare) ?? { ideas: 0, text: '', weight: 0 }
    word.ideas += ideas
    // It looks as it was written by itself, or else as its most frequent form without what stands before it.
    const weight = plain === bare ? Infinity : ideas
    if (weight > word.weight) {
      word.weight = weight
      word.text = plain === bare ? mostly(ways) : mostly(ways).replace(/\p{M}/gu, '').slice(plain.length - bare.length)
    }
    counted.set(bare, word)
  }

  return [...counted]
    .filter(([, { ideas }]) => ideas >= leastIdeas)
    .sort(([one, { ideas }], [other, { ideas: others }]) => others - ideas || one.localeCompare(other))
    .slice(0, most)
    .map(([, { text, ideas }]) => ({ text, ideas }))
}

const mostly = (ways: ReadonlyMap<string, number>): string =>
  [...ways].reduce((best, way) => (way[1] > best[1] ? way : best))[0]
