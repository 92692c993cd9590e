import type { Catalogue } from '../words'

/** Opinion groups. */
export const opinions = {
  'letters': 'ABCDE',
  'group': 'Group {letter}',
  'together': 'What all groups agree on',
  'together.two': 'What both groups agree on',
  'together.none': 'Nothing yet that all groups clearly agree on.',
  'map': 'The groups on a map',
  'map.how': 'Those who vote alike stand close together.',
  'here': 'You are here',
  'here.group': 'You vote most like group {letter}.',
  'here.alone': 'You vote like the others here: there are no groups.',
  'here.soon': 'Vote on a few more, and you will see where you stand.',
  'here.gone': 'The vote was anonymous. Now that it is over nobody knows who stood where, not even this phone.',
  'people': { one: 'One person', other: '{n} people' },
  'says': 'What sets it apart',
  'says.none': 'Nothing yet that clearly sets it apart.',
  'agree': 'agree',
  'disagree': 'disagree',
  'of': '{said} of {votes}',
  'others': 'others: {share}',
  'few': 'A group shows once five people stand in it, so that nobody is shown alone.',
  'none': 'No groups: people vote much alike here, or it is too early to tell.',
  'live': 'While people vote this changes every few seconds.',
  'every': 'Every statement',
} as const satisfies Catalogue
