import type { Refusal, SeatKind } from './wire'

/** A request was answered with a refusal (I5), or not at all: then its code is `unreachable`. */
export class Refused extends Error {
  constructor(
    readonly refusal: Refusal,
    readonly status: number,
  ) {
    super(refusal.message)
  }

  get code(): string {
    return this.refusal.code
  }
}

export const get = <T>(path: string, signal?: AbortSignal): Promise<T> =>
  ask<T>(path, { method: 'GET', ...(signal ? { signal } : {}) })
export const post = <T>(path: string, body: unknown, headers: Record<string, string> = {}): Promise<T> =>
  ask<T>(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  })
export const remove = (path: string): Promise<void> => ask<void>(path, { method: 'DELETE' })

/** `?workshop=ID&as=KIND`, and whatever else is asked. */
export const underSeat = (workshop: string, kind: SeatKind, more: Record<string, string> = {}): string =>
  `?${new URLSearchParams({ workshop, as: kind, ...more })}`

async function ask<T>(path: string, request: RequestInit): Promise<T> {
  let response: Response
  try {
    response = await fetch(path, { credentials: 'same-origin', ...request })
  } catch {
    throw new Refused({ code: 'unreachable', message: 'The server could not be reached.' }, 0)
  }
  const text = await response.text()
  if (response.ok) return (text ? JSON.parse(text) : undefined) as T
  throw new Refused(refusalIn(text, response), response.status)
}

function refusalIn(text: string, response: Response): Refusal {
  try {
    const refusal = JSON.parse(text) as Refusal
    if (typeof refusal.code === 'string') return refusal
  } catch {
    // Something in between answered in its own words.
  }
  return { code: response.status === 429 ? 'too-fast' : 'unreachable', message: `HTTP ${response.status}` }
}
