import type { own as en } from '../en/own'
import type { Same } from '../words'

export const own: Same<typeof en> = {
  'link.open': 'לחזור ממכשיר אחר',
  'link.text': 'שמרו את הקישור הזה. הוא פותח את המקום שלכם, עם הרעיונות והנקודות, בכל מכשיר. אל תשתפו אותו: מי שמחזיק בו הוא אתם.',
  'link.label': 'הקישור האישי שלי',
  'link.share': 'לשלוח לעצמי',
  'link.new-person': 'הצטרפות נוספת עם הקוד תיצור אדם חדש.',
  'mine.title': 'התרומה שלי',
  'mine.about': 'מה שכתבתם ב{title}, ומה קרה איתו.',
  'mine.nothing': 'עוד לא כתבתם דבר בסדנה הזאת.',
  'mine.step-nothing': 'לא נכתב כאן דבר.',
  'mine.room': 'אל החדר',
  'mine.reading': 'אוספים את מה שכתבתם…',
  'mine.votes': { one: 'נקודה אחת', two: 'שתי נקודות', other: '{n} נקודות' },
  'forget.open': 'להישכח מהסדנה',
  'forget.title': 'לשכוח אותי בסדנה הזאת',
  'forget.text': 'השם, התשובות והמקום שלכם כאן יימחקו לצמיתות, גם מתיעוד המפגש. ההצבעות שלכם ימשיכו להיספר, בלי שם.',
  'forget.ideas': 'מה שכתבתם',
  'forget.remove': 'למחוק גם אותו',
  'forget.keep': 'להשאיר אותו, בלעדיי',
  'forget.do': 'לשכוח אותי לצמיתות',
  'forget.stay': 'להישאר',
  'forget.doing': 'מוחקים…',
  'forget.done.title': 'נשכחתם מהסדנה',
  'forget.done.text': 'שום דבר בשרת הזה לא מוביל עוד מהסדנה אליכם. תודה שהשתתפתם.',
}
