import { tick } from 'svelte'
import type { Route } from './routes'
import { match } from './routes'

let route: Route = $state.raw(match(location.pathname))
addEventListener('popstate', () => void go())

export const router = {
  get route(): Route {
    return route
  },
}

/** Goes to another screen of the app. `replace` where going back there would make no sense. */
export async function navigate(path: string, how: { replace?: boolean } = {}): Promise<void> {
  if (how.replace) history.replaceState(null, '', path)
  else history.pushState(null, '', path)
  await go()
}

async function go(): Promise<void> {
  const next = match(location.pathname)
  if (JSON.stringify(next) === JSON.stringify(route)) return
  route = next
  await tick()
  scrollTo(0, 0)
  // Who listens or uses the keyboard starts at the new screen's heading, not where the old one was left.
  document.querySelector<HTMLElement>('h1')?.focus({ preventScroll: true })
}

/** For <a onclick>: stays in the app unless the person asked for another tab. */
export function follow(event: MouseEvent & { currentTarget: HTMLAnchorElement }): void {
  if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return
  event.preventDefault()
  void navigate(event.currentTarget.getAttribute('href') ?? '/')
}

/** The secret of a private link (S5). Taken out of the address at once, so that it is not shared along by mistake. */
export function takeSecret(): string | null {
  const secret = location.hash.slice(1)
  if (secret) history.replaceState(null, '', location.pathname + location.search)
  return secret || null
}
