import { get } from '../live/http'
import type { Session } from '../live/session.svelte'
import type { Links } from '../live/wire'

/** The links of a workshop (H8): asked for anew on every call, for a colleague may just have renewed one. */
export const linksOf = (session: Session): Promise<Links & { code: string }> => {
  // Reading the version makes whatever shows them ask again when the workshop changed.
  void session.workshop?.version
  return get(`/api/workshops/${session.id}/links?as=facilitator`)
}
