import type { Catalogue } from '../words'

export const screen = {
  title: 'Big screen',
  'title.of': '{title} · Big screen',

  'lobby.scan': 'Point your phone’s camera here',
  'lobby.or': 'or go to {address} and enter',
  'lobby.code': 'The code to join: {code}',
  'lobby.people': { one: 'person is here', other: 'people are here' },
  'lobby.first': 'Be the first to come in',
  'lobby.charter': 'How we take part',

  'corner.join': 'Join at {address}',
  'corner.people': { one: 'person here', other: 'people here' },
  'corner.ready': { one: 'is ready', other: 'are ready' },

  'step.of': '{n} of {steps}',
  'ideas.rest': 'Not grouped yet',
  'ideas.count': { one: '{n} idea', other: '{n} ideas' },
  'ideas.empty': 'The first idea will appear here',
  'ideas.empty.how': 'Write on your phone. Every idea counts, short ones too.',
  'ideas.closed': 'Nothing was written here',
  'ideas.closed.how': 'Writing is not open just now.',
  'writing.open': 'Writing is open',
  'writing.closed': 'Writing is closed',

  'private.none': 'Everyone is writing quietly',
  'private.count': { one: 'idea is being written', other: 'ideas are being written' },
  'private.how': 'Nobody else sees them until they are revealed.',
  'private.waiting': 'They will be shown in a moment.',

  'card.waiting': 'waiting',
  'card.hidden': 'hidden',
  'card.unrevealed': 'not shown yet',
  'card.merged': { one: '+{n} alike', other: '+{n} alike' },
  'card.dots': 'dots',
  pages: 'Page {page} of {pages}',

  'voting.open': 'Voting is open',
  'voting.budget': { one: 'You have one dot. Give it on your phone.', other: 'You have {n} dots. Give them on your phone.' },
  'voting.voters': { one: '{n} person voted', other: '{n} people voted' },
  'counting.title': 'The vote is closed',
  'counting.soon': 'The results are about to come',
  'spotlight.title': 'In the spotlight',
  'spotlight.worth': 'in the vote',
  'cloud.title': 'The words of the ideas',
  'idea.proxy': 'entered for someone in the room',
  'timer.minute': 'One minute left',
  'timer.soon': '20 seconds left',
  'roles.label': 'Who is here',
  'results.title': 'What we chose',
  'results.place': 'Place {place}',
  'results.tied': 'shared',
  'results.more': { one: 'and {n} more idea', other: 'and {n} more ideas' },
  'results.none': 'Nobody gave a dot this time',

  'thanks.title': 'Thank you',
  'thanks.text': 'What you wrote here goes on from here.',

  'timer.label': 'Time left',
  'timer.paused': 'Paused',
  'timer.over': 'Time is up',

  'seat.title': 'This screen is not connected yet',
  'seat.how': 'Open the screen’s link, which the facilitators have. It ends with a secret, so copy all of it.',
  'seat.again': 'Try again',

  'controls.title': 'This screen',
  'controls.full': 'Full screen (F)',
  'controls.shade': 'Light or dark (D)',
  'controls.language': 'עברית (L)',
} as const satisfies Catalogue
