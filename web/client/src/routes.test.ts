import { expect, test } from 'vitest'
import { match, pathTo } from './routes'

test('every screen is found at its own address', () => {
  expect(match(pathTo.home)).toEqual({ name: 'home' })
  expect(match(pathTo.new)).toEqual({ name: 'new' })
  expect(match(pathTo.join('K7M2QX'))).toEqual({ name: 'join', code: 'K7M2QX' })
  for (const name of ['room', 'facilitate', 'screen', 'replay', 'mine'] as const)
    expect(match(pathTo[name]('a_B-9'))).toEqual({ name, workshop: 'a_B-9' })
})

test('/j alone asks for the code', () => {
  expect(match('/j/')).toEqual({ name: 'home' })
})

test('what is no address of ours is said to be missing', () => {
  for (const path of ['/nothing', '/room', '/room/a/b', '/room/a!b', '/new/x', `/room/${'x'.repeat(33)}`])
    expect(match(path)).toEqual({ name: 'missing' })
})
