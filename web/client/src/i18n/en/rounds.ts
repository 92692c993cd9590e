import type { Catalogue } from '../words'

/** Rounds of voting: whom one is for, how sure people are, and what groups said. */
export const rounds = {
  'who.title': 'Who may vote?',
  'who.all': 'Everyone',
  'who.all.about': 'All who take part here.',
  'who.some': 'Some',
  'who.some.about': 'People with certain roles or answers. The others are told kindly.',
  'who.roles': 'Roles',
  'who.people': { one: 'One person here may vote.', other: '{n} people here may vote.' },
  'who.few': 'Fewer than five people here may vote.',
  'who.few.secret': 'Fewer than five people here may vote. In a secret vote the results would give them away: choose more people, or no secrecy.',
  'who.none': 'Choose at least one role or answer.',
  'who.for': 'For: {who}',
  'who.or': ' or ',
  'who.and': '; ',
  'who.answer': '{question} {answers}',

  'barred.title': 'This round is for others',
  'barred.why': 'The facilitators ask {who} just now. You see the results when they are ready.',

  'sure.ask': 'Ask how sure people are?',
  'sure.ask.on': 'Yes',
  'sure.ask.on.about': 'Each vote can be marked sure or not sure; the results say how many were.',
  'sure.ask.off': 'No',
  'sure.ask.off.about': 'A vote is a vote.',
  'sure.title': 'How sure are you?',
  'sure.yes': 'Sure',
  'sure.no': 'Not sure',
  'sure.count': '{sure} sure · {unsure} not sure',

  'groups.title': 'By role and answer',
  'groups.show': 'How different people voted',
  'groups.hide': 'Hide it',
  'groups.roles': 'Role',
  'groups.of': '{group} ({n})',
  'groups.caption': 'Results by {family}',
  'groups.note': 'As it stood when voting ended. Groups of fewer than five, and those that would give them away, are not shown.',
  'groups.failed': 'These numbers could not be fetched just now.',
  'groups.each': '{n} each',
  'groups.percent': '{n}%',

  'reasons.title': 'What speaks against it',
  'reasons.page': '{page} of {pages}',
  'screen.groups': 'By group (G)',
} as const satisfies Catalogue
