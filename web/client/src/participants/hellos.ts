import { get } from '../live/http'
import type { Hello } from '../live/wire'
import { codeIn } from './codes'

const known = new Map<string, Hello>()

/** What the server wrote into the page, or an earlier screen fetched: joining then shows without a round trip. */
export function knownHello(code: string): Hello | null {
  const wanted = codeIn(code)
  const hello = known.get(wanted) ?? written()
  return hello && codeIn(hello.code) === wanted ? hello : null
}

export async function fetchHello(code: string): Promise<Hello> {
  const hello = await get<Hello>(`/api/codes/${encodeURIComponent(codeIn(code))}`)
  known.set(codeIn(hello.code), hello)
  return hello
}

function written(): Hello | null {
  try {
    const hello = JSON.parse(document.getElementById('hello')?.textContent ?? '') as Hello
    return typeof hello.workshop === 'string' ? hello : null
  } catch {
    return null
  }
}

/** From now on this browser holds a seat there. */
export const joined = (hello: Hello): void => void known.set(codeIn(hello.code), { ...hello, seat: true })
