import type { Catalogue } from '../words'

/** What is one person's own: their private link, what became of what they wrote, being forgotten. */
export const own = {
  'link.open': 'Come back from another device',
  'link.text': 'Keep this link. It opens your own place, with your ideas and dots, on any device. Do not share it: whoever has it is you.',
  'link.label': 'My personal link',
  'link.share': 'Send it to myself',
  'link.new-person': 'Joining again with the code would make a new person.',
  'mine.title': 'My contributions',
  'mine.about': 'What you wrote in {title}, and what became of it.',
  'mine.nothing': 'You have not written anything in this workshop yet.',
  'mine.step-nothing': 'Nothing written here.',
  'mine.room': 'To the room',
  'mine.reading': 'Gathering what you wrote…',
  'mine.votes': { one: 'One dot', other: '{n} dots' },
  'forget.open': 'Be forgotten here',
  'forget.title': 'Forget me in this workshop',
  'forget.text': "Your name, your answers and your place here are erased for good, also from the session's record. Your votes stay counted, without anyone's name.",
  'forget.ideas': 'What you wrote',
  'forget.remove': 'Erase it as well',
  'forget.keep': 'Leave it, without me',
  'forget.do': 'Forget me for good',
  'forget.stay': 'Stay',
  'forget.doing': 'Erasing…',
  'forget.done.title': 'You are forgotten here',
  'forget.done.text': 'Nothing on this server leads from this workshop to you any more. Thank you for taking part.',
} as const satisfies Catalogue
