import type { home as en } from '../en/home'
import type { Same } from '../words'

export const home: Same<typeof en> = {
  'title': 'LiveCoCreate: חושבים ביחד',
  'join.title': 'מצטרפים לסדנה?',
  'join.about': 'הקלידו את ששת התווים שמופיעים על המסך הגדול או בהזמנה.',
  'join.label': 'קוד',
  'join.enter': 'הצטרפות',
  'join.short': 'בקוד יש שישה תווים. כאן יש עד עכשיו {n}.',
  'join.letters': 'בקודים אין I, L, O, U, 0 או 1. אולי זו אות אחרת?',
  'join.unknown': 'לא מצאנו סדנה עם הקוד הזה. השוו אותו שוב למסך, אות אחר אות.',
  'start.title': 'פותחים סדנה?',
  'start.about': 'בוחרים תבנית, נותנים שם ומשתפים את הקוד. המשתתפים לא צריכים חשבון וגם לא אפליקציה.',
  'start.button': 'פתיחת סדנה',
  'tagline': 'כולם כותבים, כולם רואים, כל קול נחשב.',
}
