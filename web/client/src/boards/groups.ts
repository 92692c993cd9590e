import { rounds as t } from '../i18n/rounds'
import { number } from '../i18n/words'
import type { Board, Electorate, GroupResult, Id, Method, Question } from '../live/wire'
import type { Standing } from './standings'
import { standingsOf } from './standings'
import { worthWords } from './voteWords'

/** Whom a round is for, in words. */
export function whoWords({ roles, answers }: Electorate, questions: readonly Question[]): string {
  const either = (all: readonly string[]) => all.join(t('who.or'))
  return [
    ...(roles?.length ? [either(roles)] : []),
    ...Object.entries(answers ?? {}).map(([id, options]) => t('who.answer', { question: questions.find((one) => one.id === id)?.title ?? '', answers: either(options) })),
  ].join(t('who.and'))
}

/** Groups that are seen beside each other: the roles, or the answers to one question. */
export interface Family {
  id: string
  title: string
  groups: GroupResult[]
}

/** In the order in which the workshop has its roles, questions and options. */
export function familiesOf(groups: readonly GroupResult[], roles: readonly string[], questions: readonly Question[]): Family[] {
  const inOrder = (of: readonly GroupResult[], order: readonly string[]) => [...of].sort((one, other) => order.indexOf(one.title) - order.indexOf(other.title))
  return [
    { id: '', title: t('groups.roles'), groups: inOrder(groups.filter((group) => !group.question), roles) },
    ...questions.map(({ id, title, options }) => ({ id, title, groups: inOrder(groups.filter((group) => group.question === id), options) })),
  ].filter((family) => family.groups.length > 0)
}

/** What one group made of each idea, by idea. */
export const standingsOfGroup = (board: Board, ballot: Id, group: GroupResult): ReadonlyMap<Id, Standing> =>
  new Map(
    standingsOf({ ...board, tallies: { ...board.tallies, [ballot]: group.dots ?? {} }, counts: { ...board.counts, [ballot]: group.counts ?? {} } }, ballot).map((one) => [one.idea, one]),
  )

/** Groups are of different sizes: what is beside each other counts by person. `share`: of the most there can be, 0…1; null where parts say more. */
export function worthOfGroup(method: Method, standing: Standing | undefined, voters: number, most: number): { words: string; share: number | null } {
  const count = standing?.count ?? 0
  const each = Math.round((10 * count) / Math.max(1, voters)) / 10
  switch (method) {
    case 'dots':
    case 'rank':
      return { words: t('groups.each', { n: each }), share: Math.min(1, count / Math.max(1, voters) / Math.max(1, most)) }
    case 'approval':
      return { words: t('groups.percent', { n: Math.round((100 * count) / Math.max(1, voters)) }), share: count / Math.max(1, voters) }
    case 'score':
      return { words: standing ? worthWords(method, count) : '–', share: count / 5 }
    default:
      return { words: standing ? worthWords(method, count) : number(0), share: null }
  }
}
