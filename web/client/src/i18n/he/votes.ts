import type { votes as en } from '../en/votes'
import type { Same } from '../words'

export const votes: Same<typeof en> = {
  'method.dots': 'נקודות',
  'method.dots.about': 'לכל אחד כמה נקודות, ושמים אותן במה שהכי חשוב.',
  'method.approval': 'תמיכה',
  'method.approval.about': 'כל אחד מסמן את כל הרעיונות שהוא בעדם, כמה שרוצים.',
  'method.score': 'ציון, 1 עד 5',
  'method.score.about': 'כל אחד אומר על כל רעיון כמה הוא מתחבר אליו.',
  'method.agree': 'מסכימים, לא מסכימים או מדלגים',
  'method.agree.about': 'להיגדים: רואים מה משותף לנו ובמה אנחנו חלוקים.',
  'method.rank': 'דירוג',
  'method.rank.about': 'כל אחד מסדר את המועדפים עליו לפי הסדר.',

  'how.dots': 'תנו את הנקודות שלכם בטלפון.',
  'how.approval': 'סמנו כל רעיון שאתם בעדו.',
  'how.score': 'תנו לרעיונות ציון מ־1 עד 5.',
  'how.agree': 'אמרו אם אתם מסכימים.',
  'how.rank': 'סדרו את הרעיונות הטובים בעיניכם.',

  'value.approval.1': 'אני בעד',
  'value.agree.1': 'מסכימים',
  'value.agree.0': 'מדלגים',
  'value.agree.-1': 'לא מסכימים',
  'value.score': '{n} מתוך 5',
  'value.rank': 'מקום {n}',
  'value.scale': '1: כמעט לא · 5: מאוד',

  'choose': 'ההצבעה שלכם על: {text}',
  'yours': 'אתם: {value}',

  'worth.dots': { one: 'נקודה', two: 'נקודות', other: 'נקודות' },
  'worth.approval': { one: 'בעד', two: 'בעד', other: 'בעד' },
  'worth.score': { one: 'בממוצע', two: 'בממוצע', other: 'בממוצע' },
  'worth.rank': { one: 'נקודה', two: 'נקודות', other: 'נקודות' },
  'worth.agree': { one: 'מסכימים פחות לא מסכימים', two: 'מסכימים פחות לא מסכימים', other: 'מסכימים פחות לא מסכימים' },

  'one.title': 'היגד אחד בכל פעם',
  'one.of': '{n} מתוך {all}',
  'one.done': 'סיימתם',
  'one.thanks': 'אמרתם את דעתכם על כל ההיגדים. אפשר לחזור ולשנות עד סוף ההצבעה.',
  'one.back': 'חזרה',
  'one.next': 'לדלג בינתיים',

  'table.place': 'מקום',
  'table.idea': 'רעיון',
  'table.shared': '{place}, משותף',
  'shared': 'משותף',
  'results.none': 'הפעם איש לא הצביע.',
}
