import { facilitate as t } from '../i18n/facilitate'
import { kinds } from '../i18n/kinds'
import type { Logged } from '../live/wire'

const whats = [
  'settings-changed',
  'writing-opened',
  'writing-closed',
  'ideas-revealed',
  'lane-added',
  'lane-renamed',
  'lane-removed',
  'idea-edited',
  'idea-approved',
  'idea-held-back',
  'idea-hidden',
  'idea-shown',
  'idea-moved',
  'idea-themed',
  'idea-merged',
  'idea-unmerged',
  'theme-added',
  'theme-renamed',
  'theme-removed',
  'theme-given',
  'theme-approved',
  'theme-held-back',
  'theme-merged',
  'theme-unmerged',
  'ideas-kept-apart',
  'theme-split',
  'theme-unsplit',
  'ballot-opened',
  'ballot-closed',
  'results-revealed',
  'plan-set',
  'comment-approved',
  'comment-held-back',
  'comment-hidden',
  'comment-shown',
  'reply-set',
  'status-set',
  'words-changed',
  'participant-limited',
  'participant-freed',
  'seat-revoked',
  'charter-changed',
  'screen-turned',
  'proxy-added',
] as const

/** What was done, in the reader's words. What a newer server logs is at least told to be there. */
export function wordsOf(entry: Pick<Logged, 'what' | 'ideas' | 'undone'>): string {
  const what = whats.find((one) => one === entry.what)
  const words = entry.what === 'subject-set' ? kinds('log.subject-set') : what === undefined ? t('log.other') : t(`log.${what}`, { n: Math.max(1, entry.ideas) })
  return entry.undone ? t('log.undone', { what: words }) : words
}
