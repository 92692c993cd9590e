import type { join as en } from '../en/join'
import type { Same } from '../words'

export const join: Same<typeof en> = {
  'title': 'הצטרפות אל {title}',
  'invited': 'הוזמנתם אל',
  'charter.title': 'כך משתתפים אצלנו',
  'charter.agree': 'מקובל עליי להשתתף כך',
  'charter.missing': 'חסר סימון אחד: אשרו בבקשה את כללי ההשתתפות.',
  'roles.title': 'הגעתי בתור',
  'roles.about': 'כמה שמתאים, או אף אחד.',
  'alias.label': 'איך נקרא לכם?',
  'alias.hint': 'יופיע ליד הרעיונות שלכם. אפשר להשאיר ריק ולהישאר בלי שם.',
  'anonymous': 'בסדנה הזאת אין שמות. מה שתכתבו ואיך שתצביעו מוצג בלי לומר מי.',
  'questions.about': 'נספר רק בקבוצות של חמישה ומעלה, ולעולם לא מוצג ליד הרעיונות שלכם.',
  'enter': 'כניסה',
  'entering': 'פותחים את הדלת…',
  'new-person': 'כבר הייתם כאן במכשיר אחר? פתחו משם את הקישור האישי שלכם: הצטרפות מחדש יוצרת אדם חדש.',
  'back': 'טוב שחזרתם',
  'closed.title': 'הסדנה הזאת הסתיימה',
  'closed.text': 'היא כבר לא מקבלת אנשים חדשים. מי שהשתתף יכול עדיין לפתוח אותה בקישור האישי שלו.',
  'unknown.title': 'הקוד הזה לא מוכר לנו',
  'unknown.text': 'אין סדנה עם הקוד {code}. אולי התחלפה אות, או שהקוד מיום אחר.',
  'unknown.again': 'להקליד את הקוד שוב',
  'unreachable.title': 'אין תשובה כרגע',
  'agenda.steps': { one: 'שלב אחד', two: 'שני שלבים', other: '{n} שלבים' },
}
