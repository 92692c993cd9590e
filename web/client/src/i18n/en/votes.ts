import type { Catalogue } from '../words'

/** The methods of voting: their names, what may be said, and how results read. */
export const votes = {
  'method.dots': 'Dots',
  'method.dots.about': 'Everyone has a few dots and puts them where it matters most.',
  'method.approval': 'Approval',
  'method.approval.about': 'Everyone marks all the ideas they are for, as many as they like.',
  'method.score': 'Score, 1 to 5',
  'method.score.about': 'Everyone says of each idea how much it appeals to them.',
  'method.agree': 'Agree, disagree or pass',
  'method.agree.about': 'For statements: it shows what we share and where we differ.',
  'method.rank': 'Ranking',
  'method.rank.about': 'Everyone puts their best few in order.',

  'how.dots': 'Give your dots on your phone.',
  'how.approval': 'Mark every idea you are for.',
  'how.score': 'Score the ideas from 1 to 5.',
  'how.agree': 'Say whether you agree.',
  'how.rank': 'Put your best ideas in order.',

  'value.approval.1': 'I am for it',
  'value.agree.1': 'Agree',
  'value.agree.0': 'Pass',
  'value.agree.-1': 'Disagree',
  'value.score': '{n} of 5',
  'value.rank': 'Place {n}',
  'value.scale': '1: hardly · 5: very much',

  'choose': 'Your vote on: {text}',
  'yours': 'You: {value}',

  'worth.dots': { one: 'dot', other: 'dots' },
  'worth.approval': { one: 'is for it', other: 'are for it' },
  'worth.score': { one: 'on average', other: 'on average' },
  'worth.rank': { one: 'point', other: 'points' },
  'worth.agree': { one: 'agree less disagree', other: 'agree less disagree' },

  'one.title': 'One statement at a time',
  'one.of': '{n} of {all}',
  'one.done': 'All done',
  'one.thanks': 'You spoke of every statement. You can go back and change your mind until voting ends.',
  'one.back': 'Back',
  'one.next': 'Skip for now',

  'table.place': 'Place',
  'table.idea': 'Idea',
  'table.shared': '{place}, shared',
  'shared': 'shared',
  'results.none': 'Nobody voted this time.',
} as const satisfies Catalogue
