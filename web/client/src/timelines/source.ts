import { get, underSeat } from '../live/http'
import type { Id, Opinions, ReplayFrames, ReplayView, SeatKind, Time, Timeline } from '../live/wire'
import type { Clock, Source } from './playback.svelte'

export const timelineOf = (workshop: Id, kind: SeatKind, board: Id, signal: AbortSignal): Promise<Timeline> =>
  get(`/api/boards/${board}/timeline${underSeat(workshop, kind)}`, signal)

/** H11, over HTTP. */
export const serverSource = (workshop: Id, kind: SeatKind, board: Id): Source => ({
  view: (at, signal) =>
    get<ReplayView>(`/api/boards/${board}/replay${underSeat(workshop, kind, { at: String(Math.round(at)) })}`, signal),
  frames: (since, until, most, signal) =>
    get<ReplayFrames>(
      `/api/boards/${board}/replay/frames${underSeat(workshop, kind, { since: String(since), until: String(Math.round(until)), most: String(most) })}`,
      signal,
    ),
})

/** O9. */
export const pastOpinionsOf = async (workshop: Id, kind: SeatKind, board: Id, at: Time, signal: AbortSignal): Promise<Opinions | null> =>
  (await get<{ opinions?: Opinions | null }>(`/api/boards/${board}/replay/opinions${underSeat(workshop, kind, { at: String(Math.round(at)) })}`, signal)).opinions ?? null

export const browserClock: Clock = {
  now: () => performance.now(),
  later: (ms, then) => {
    const timer = setTimeout(then, ms)
    return () => clearTimeout(timer)
  },
  tick: (then) => {
    const frame = requestAnimationFrame(then)
    return () => cancelAnimationFrame(frame)
  },
}
