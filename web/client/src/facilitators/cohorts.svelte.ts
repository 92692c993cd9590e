import { get, underSeat } from '../live/http'
import type { Session } from '../live/session.svelte'
import type { Cohort, Id } from '../live/wire'

export const keyOfCohort = (cohort: Cohort): string => JSON.stringify([cohort.role ?? null, cohort.question ?? null, cohort.option ?? null])

/** How often what is filtered by a group is asked for again, in ms: who writes now may belong to it. */
const again = 10_000

/** The groups by which a board's ideas can be told (R6): asked for when somebody wants to choose one, and again while one is chosen. */
export class Cohorts {
  list: readonly Cohort[] = $state.raw([])
  /** Which group's ideas are looked at; null: everyone's. */
  chosen: string | null = $state(null)
  readonly ideas: ReadonlySet<Id> | null = $derived.by(() => {
    if (this.chosen === null) return null
    return new Set(this.list.find((one) => keyOfCohort(one) === this.chosen)?.ideas ?? [])
  })
  #asked = ''
  #at = 0

  constructor(private readonly session: Session) {}

  /** In an anonymous workshop nobody is told who wrote what, nor of which group. */
  get possible(): boolean {
    const workshop = this.session.workshop
    return workshop?.anonymous === false && workshop.roles.length + workshop.questions.length > 0
  }

  async ask(): Promise<void> {
    const board = this.session.view?.id
    if (!this.possible || !board || (this.#asked === board && Date.now() - this.#at < again)) return
    ;[this.#asked, this.#at] = [board, Date.now()]
    try {
      const { cohorts } = await get<{ cohorts: Cohort[] }>(`/api/boards/${board}/cohorts${underSeat(this.session.id, 'facilitator')}`)
      if (this.session.view?.id === board) this.list = cohorts
    } catch {
      this.#asked = ''
    }
  }

  /** Keeps what is chosen up to date; returns what ends it. */
  keep(): () => void {
    const asking = setInterval(() => this.chosen !== null && void this.ask(), again)
    return () => clearInterval(asking)
  }

  forget(): void {
    this.chosen = null
    this.list = []
    this.#asked = ''
  }
}
