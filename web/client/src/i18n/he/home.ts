import type { home as en } from '../en/home'
import type { Same } from '../words'

export const home: Same<typeof en> = {
  title: 'home',
}
