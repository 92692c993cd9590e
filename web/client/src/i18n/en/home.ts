import type { Catalogue } from '../words'

export const home = {
  'title': 'LiveCoCreate: think together',
  'join.title': 'Joining a workshop?',
  'join.about': 'Type the six characters you see on the big screen or in your invitation.',
  'join.label': 'Code',
  'join.enter': 'Join',
  'join.short': 'A code has six characters. This one has {n} so far.',
  'join.letters': 'Codes have neither I, L, O, U, 0 nor 1. Perhaps it is another letter?',
  'join.unknown': 'We found no workshop with this code. Compare it once more with the screen, letter by letter.',
  'start.title': 'Starting one?',
  'start.about': 'Choose a template, give it a name, and share the code. People need neither an account nor an app.',
  'start.button': 'Start a workshop',
  'tagline': 'Everyone writes, everyone sees, every voice counts.',
} as const satisfies Catalogue
