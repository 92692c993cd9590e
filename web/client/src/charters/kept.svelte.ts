import { get } from '../live/http'
import type { Charter, Id, SeatKind } from '../live/wire'

/** The versions of a charter (CH4), fetched when they are looked at and again when there is another. Null until they are here. */
export class Kept {
  #charter: Charter | null = $state.raw(null)

  /** @param wanted What is asked for again when it changes; null: nothing is. */
  constructor(workshop: () => Id, kind: () => SeatKind, wanted: () => unknown) {
    $effect(() => {
      if (wanted() === null) return
      let gone = false
      get<Charter>(`/api/workshops/${workshop()}/charter?as=${kind()}`).then(
        (charter) => !gone && (this.#charter = charter),
        () => undefined,
      )
      return () => (gone = true)
    })
  }

  get charter(): Charter | null {
    return this.#charter
  }
}
