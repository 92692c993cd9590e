import type { Catalogue } from '../words'

/** What a step can be about. */
export const kinds = {
  'kind.label': 'What kind of step?',
  'kind.of': 'Kind: {kind}',
  'kind.ideas': 'Ideas',
  'kind.ideas.about': 'People write, group and vote',
  'kind.opinion': 'Opinions',
  'kind.opinion.about': 'Statements to agree on, one at a time',
  'kind.pulse': 'Pulse',
  'kind.pulse.about': 'A quick feel of the room: options, or a word each',
  'kind.charter': 'Charter',
  'kind.charter.about': 'How we take part',
  'kind.journey': 'Journey',
  'kind.journey.about': 'A service, stage by stage, and where it breaks',
  'kind.pilot': 'Pilot',
  'kind.pilot.about': 'One concept, and what people say to it',
  'kind.plan': 'Plan',
  'kind.plan.about': 'Who does what by when',
  'kind.ideas.lanes': 'Ideas',
  'kind.opinion.lanes': 'Statements',
  'kind.pulse.lanes': 'Options',
  'kind.charter.lanes': 'How we take part',
  'kind.journey.lanes': 'Before\nArriving\nDuring\nAfter',
  'kind.pilot.lanes': 'Speaks to me\nWorries me\nWould make it better',
  'kind.plan.lanes': 'What we do',
} as const satisfies Catalogue
