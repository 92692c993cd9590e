import type { Id } from './live/wire'

export type Route =
  | { name: 'home' }
  | { name: 'new' }
  | { name: 'join'; code: string }
  | { name: 'room'; workshop: Id }
  | { name: 'facilitate'; workshop: Id }
  | { name: 'screen'; workshop: Id }
  | { name: 'replay'; workshop: Id }
  | { name: 'mine'; workshop: Id }
  | { name: 'missing' }

const ofWorkshops = ['room', 'facilitate', 'screen', 'replay', 'mine'] as const
const id = /^[A-Za-z0-9_-]{1,32}$/

export function match(path: string): Route {
  const [first = '', second = '', ...more] = path.split('/').filter(Boolean)
  if (more.length > 0) return { name: 'missing' }
  if (first === '') return { name: 'home' }
  if (first === 'new' && !second) return { name: 'new' }
  if (first === 'j') return second ? { name: 'join', code: second } : { name: 'home' }
  const name = ofWorkshops.find((one) => one === first)
  return name && id.test(second) ? { name, workshop: second } : { name: 'missing' }
}

export const pathTo = {
  home: '/',
  new: '/new',
  join: (code: string) => `/j/${code}`,
  room: (workshop: Id) => `/room/${workshop}`,
  facilitate: (workshop: Id) => `/facilitate/${workshop}`,
  screen: (workshop: Id) => `/screen/${workshop}`,
  replay: (workshop: Id) => `/replay/${workshop}`,
  mine: (workshop: Id) => `/mine/${workshop}`,
}
