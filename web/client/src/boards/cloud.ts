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
 *  them count for the word itself, where anybody wrote it by itself. */
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
  const bareOf = (plain: string) => [...withoutPrefixes(plain, 2)].findLast((bare) => says(bare) && written.has(bare)) ?? plain
  const counted = new Map<string, number>()
  for (const [plain, { ideas }] of written) {
    // `של` and `ושל` say as little as each other.
    if ([...withoutPrefixes(plain, 2)].some((bare) => empty.has(bare)) || !says(plain)) continue
    const bare = bareOf(plain)
    counted.set(bare, (counted.get(bare) ?? 0) + ideas)
  }

  return [...counted]
    .filter(([, ideas]) => ideas >= leastIdeas)
    .sort(([one, ideas], [other, others]) => others - ideas || one.localeCompare(other))
    .slice(0, most)
    .map(([bare, ideas]) => ({ text: mostly(written.get(bare)!.ways), ideas }))
}

const mostly = (ways: ReadonlyMap<string, number>): string =>
  [...ways].reduce((best, way) => (way[1] > best[1] ? way : best))[0]
