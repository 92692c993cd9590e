import type { Same } from '../words'
import type { kinds as en } from '../en/kinds'

export const kinds: Same<typeof en> = {
  'kind.label': 'איזה סוג של שלב?',
  'kind.of': 'סוג: {kind}',
  'kind.ideas': 'רעיונות',
  'kind.ideas.about': 'כותבים, מקבצים ומצביעים',
  'kind.opinion': 'עמדות',
  'kind.opinion.about': 'היגדים להסכמה, אחד בכל פעם',
  'kind.pulse': 'דופק',
  'kind.pulse.about': 'מה מרגישים בחדר: אפשרויות, או מילה מכל אחד',
  'kind.charter': 'אמנה',
  'kind.charter.about': 'איך לוקחים חלק',
  'kind.journey': 'מסע',
  'kind.journey.about': 'שירות, שלב אחר שלב, ואיפה הוא נשבר',
  'kind.pilot': 'פיילוט',
  'kind.pilot.about': 'רעיון אחד, ומה אומרים עליו',
  'kind.plan': 'תוכנית',
  'kind.plan.about': 'מי עושה מה ועד מתי',
  'kind.ideas.lanes': 'רעיונות',
  'kind.opinion.lanes': 'היגדים',
  'kind.pulse.lanes': 'אפשרויות',
  'kind.charter.lanes': 'איך לוקחים חלק',
  'kind.journey.lanes': 'לפני\nמגיעים\nבמהלך\nאחרי',
  'kind.pilot.lanes': 'מדבר אליי\nמדאיג אותי\nמה ישפר',
  'kind.plan.lanes': 'מה נעשה',
}
