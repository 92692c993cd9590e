import { reading } from '../i18n/language.svelte'
import { replay as t } from '../i18n/replay'
import type { Chapter, Time, Timeline } from '../live/wire'
import { clock } from '../screens/stage'

export const chapterWords = (chapter: Chapter): string =>
  chapter.title ? t('chapter.titled', { kind: t(`chapter.${chapter.kind}`), title: chapter.title }) : t(`chapter.${chapter.kind}`)

const day = 86_400_000

/** When a moment was: with its day where the timeline has several. */
export function momentWords(at: Time, { from, to }: Pick<Timeline, 'from' | 'to'>): string {
  const dated = to - from > day / 2
  return new Intl.DateTimeFormat(reading.language, {
    hour: 'numeric',
    minute: '2-digit',
    second: '2-digit',
    ...(dated ? { day: 'numeric', month: 'short' } : {}),
  }).format(at)
}

/** How far into the timeline: clocks tell hours, days would only confuse. */
export const farInto = (at: Time, { from, to }: Pick<Timeline, 'from' | 'to'>): { time: string; all: string } | null =>
  to - from > day / 2 ? null : { time: clock(Math.floor((at - from) / 1000) * 1000), all: clock(to - from) }
