/** The room and what opens it: a chunk of its own, which the join form fetches while people read the principles. */
import type { Component } from 'svelte'
import type { openRoom } from './room'

interface RoomSide {
  Room: Component<{ workshop: string }>
  openRoom: typeof openRoom
}
let fetched: RoomSide | null = null
let fetching: Promise<RoomSide> | null = null

/** Null until it was fetched. */
export const roomSide = (): RoomSide | null => fetched

export function fetchRoomSide(): Promise<RoomSide> {
  // The room opens it first thing: side by side both are here sooner.
  void import('../live/hub').catch(() => undefined)
  fetching ??= Promise.all([import('./Room.svelte'), import('./room')]).then(
    ([{ default: Room }, { openRoom }]) => (fetched = { Room, openRoom }),
    (error: unknown) => {
      fetching = null
      throw error
    },
  )
  return fetching
}
