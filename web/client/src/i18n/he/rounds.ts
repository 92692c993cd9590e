import type { rounds as en } from '../en/rounds'
import type { Same } from '../words'

export const rounds: Same<typeof en> = {
  'who.title': 'מי יכול להצביע?',
  'who.all': 'כולם',
  'who.all.about': 'כל מי שמשתתף כאן.',
  'who.some': 'חלק',
  'who.some.about': 'בעלי תפקידים או תשובות מסוימות. לאחרים אומרים זאת בנועם.',
  'who.roles': 'תפקידים',
  'who.people': { one: 'אדם אחד כאן יכול להצביע.', two: 'שני אנשים כאן יכולים להצביע.', other: '{n} אנשים כאן יכולים להצביע.' },
  'who.few': 'פחות מחמישה אנשים כאן יכולים להצביע.',
  'who.few.secret': 'פחות מחמישה אנשים כאן יכולים להצביע. בהצבעה חשאית התוצאות היו מסגירות אותם: בחרו עוד אנשים, או ותרו על החשאיות.',
  'who.none': 'בחרו לפחות תפקיד אחד או תשובה אחת.',
  'who.for': 'מיועד ל: {who}',
  'who.or': ' או ',
  'who.and': '; ',
  'who.answer': '{question} {answers}',

  'barred.title': 'הסבב הזה מיועד לאחרים',
  'barred.why': 'המנחים שואלים עכשיו: {who}. תראו את התוצאות כשיהיו מוכנות.',

  'sure.ask': 'לשאול עד כמה בטוחים?',
  'sure.ask.on': 'כן',
  'sure.ask.on.about': 'אפשר לסמן בכל הצבעה אם בטוחים או לא; בתוצאות רואים כמה.',
  'sure.ask.off': 'לא',
  'sure.ask.off.about': 'הצבעה היא הצבעה.',
  'sure.title': 'עד כמה אתם בטוחים?',
  'sure.yes': 'בטוחים',
  'sure.no': 'לא בטוחים',
  'sure.count': '{sure} בטוחים · {unsure} לא בטוחים',

  'groups.title': 'לפי תפקיד ותשובה',
  'groups.show': 'איך הצביעו אנשים שונים',
  'groups.hide': 'להסתיר',
  'groups.roles': 'תפקיד',
  'groups.of': '{group} ({n})',
  'groups.caption': 'תוצאות לפי {family}',
  'groups.note': 'כפי שהיה בסוף ההצבעה. קבוצות של פחות מחמישה, וכאלה שהיו מסגירות אותן, אינן מוצגות.',
  'groups.failed': 'לא הצלחנו להביא את המספרים עכשיו.',
  'groups.each': '{n} לאדם',
  'groups.percent': '{n}%',

  'reasons.title': 'מה מדבר נגד זה',
  'reasons.page': '{page} מתוך {pages}',
  'screen.groups': 'לפי קבוצות (G)',
}
