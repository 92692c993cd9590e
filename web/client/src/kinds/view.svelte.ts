import { untrack } from 'svelte'

/** A kind's own view is fetched when somebody is in such a step. */
export type Opens<View> = Readonly<Partial<Record<string, () => Promise<View>>>>

/** The view of its own that a kind has, if it has one. */
export class KindView<View> {
  #fetched: { kind: string; view: View | null } | null = $state.raw(null)
  readonly #opens: Opens<View>
  readonly #kind: () => string | undefined

  /** @param again What changes when fetching what failed is worth another try. */
  constructor(opens: Opens<View>, kind: () => string | undefined, again: () => unknown = () => null) {
    this.#opens = opens
    this.#kind = kind
    $effect(() => {
      const wanted = kind()
      again()
      const open = wanted === undefined ? undefined : opens[wanted]
      const here = untrack(() => this.#fetched)
      if (wanted === undefined || !open || (here?.kind === wanted && here.view)) return
      let gone = false
      const came = (view: View | null) => {
        if (!gone) this.#fetched = { kind: wanted, view }
      }
      open().then(came, () => came(null))
      return () => (gone = true)
    })
  }

  /** Null where it has none, and as long as it is not here. */
  get view(): View | null {
    return this.#fetched && this.#fetched.kind === this.#kind() ? this.#fetched.view : null
  }

  /** It is on its way. */
  get waiting(): boolean {
    const kind = this.#kind()
    return kind !== undefined && !!this.#opens[kind] && this.#fetched?.kind !== kind
  }
}
