import type { screen as en } from '../en/screen'
import type { Same } from '../words'

export const screen: Same<typeof en> = {
  title: 'מסך גדול',
  'title.of': '{title} · מסך גדול',

  'lobby.scan': 'כוונו לכאן את מצלמת הטלפון',
  'lobby.or': 'או היכנסו אל {address} והקישו',
  'lobby.code': 'הקוד להצטרפות: {code}',
  'lobby.people': { one: 'אדם אחד כבר כאן', two: 'אנשים כבר כאן', other: 'אנשים כבר כאן' },
  'lobby.first': 'אפשר להיות הראשונים להיכנס',
  'lobby.charter': 'כך אנחנו משתתפים',

  'corner.join': 'מצטרפים ב־{address}',
  'corner.people': { one: 'אדם כאן', two: 'אנשים כאן', other: 'אנשים כאן' },
  'corner.ready': { one: 'סיים', two: 'סיימו', other: 'סיימו' },

  'step.of': '{n} מתוך {steps}',
  'ideas.rest': 'עוד לא קובצו',
  'ideas.count': { one: 'רעיון אחד', two: 'שני רעיונות', other: '{n} רעיונות' },
  'ideas.empty': 'הרעיון הראשון יופיע כאן',
  'ideas.empty.how': 'כותבים בטלפון. כל רעיון חשוב, גם קצר.',
  'ideas.closed': 'לא נכתב כאן דבר',
  'ideas.closed.how': 'הכתיבה סגורה כרגע.',
  'writing.open': 'הכתיבה פתוחה',
  'writing.closed': 'הכתיבה סגורה',

  'private.none': 'כולם כותבים בשקט',
  'private.count': { one: 'רעיון נכתב עכשיו', two: 'רעיונות נכתבים עכשיו', other: 'רעיונות נכתבים עכשיו' },
  'private.how': 'איש לא רואה אותם עד שייחשפו.',
  'private.waiting': 'עוד רגע נראה אותם.',

  'card.waiting': 'ממתין',
  'card.hidden': 'מוסתר',
  'card.unrevealed': 'עוד לא נחשף',
  'card.merged': { one: '+{n} דומה', two: '+{n} דומים', other: '+{n} דומים' },
  'card.dots': 'נקודות',
  pages: 'עמוד {page} מתוך {pages}',

  'voting.open': 'ההצבעה פתוחה',
  'voting.budget': { one: 'יש לכם נקודה אחת. תנו אותה בטלפון.', two: 'יש לכם שתי נקודות. תנו אותן בטלפון.', other: 'יש לכם {n} נקודות. תנו אותן בטלפון.' },
  'voting.voters': { one: 'אדם אחד הצביע', two: 'שני אנשים הצביעו', other: '{n} אנשים הצביעו' },
  'counting.title': 'ההצבעה הסתיימה',
  'counting.soon': 'התוצאות תכף כאן',
  'spotlight.title': 'באור הזרקור',
  'spotlight.worth': 'בהצבעה',
  'cloud.title': 'המילים של הרעיונות',
  'idea.proxy': 'הוזן עבור מישהו בחדר',
  'timer.minute': 'נשארה דקה',
  'timer.soon': 'נשארו 20 שניות',
  'roles.label': 'מי כאן',
  'results.title': 'מה בחרנו',
  'results.place': 'מקום {place}',
  'results.tied': 'משותף',
  'results.more': { one: 'ועוד רעיון אחד', two: 'ועוד שני רעיונות', other: 'ועוד {n} רעיונות' },
  'results.none': 'הפעם איש לא נתן נקודה',

  'thanks.title': 'תודה רבה',
  'thanks.text': 'מה שכתבתם כאן ממשיך מכאן הלאה.',

  'timer.label': 'הזמן שנותר',
  'timer.paused': 'מושהה',
  'timer.over': 'הזמן תם',

  'seat.title': 'המסך הזה עוד לא מחובר',
  'seat.how': 'פתחו את הקישור למסך שנמצא אצל המנחים. בסופו יש סוד, ולכן העתיקו את כולו.',
  'seat.again': 'לנסות שוב',

  'controls.title': 'המסך הזה',
  'controls.full': 'מסך מלא (F)',
  'controls.shade': 'בהיר או כהה (D)',
  'controls.language': 'English (L)',
}
