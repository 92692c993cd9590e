import { Refused, get, post } from '../live/http'
import { newId } from '../live/ids'
import type { Id, Me, SeatKind } from '../live/wire'

/** Exchanges the secret of a private link for a seat (H5). */
export const takeSeat = (workshop: Id, kind: SeatKind, secret: string, name?: string): Promise<{ workshop: Id; kind: SeatKind }> =>
  post('/api/seats', { workshop, kind, secret, request: newId(), ...(name ? { name } : {}) })

/** Who this seat is, or null where this browser holds none. */
export async function seatHeld(workshop: Id, kind: SeatKind): Promise<Me | null> {
  try {
    return await get<Me>(`/api/workshops/${workshop}/me?as=${kind}`)
  } catch (error) {
    if (error instanceof Refused && error.status === 401) return null
    throw error
  }
}
