import type { room as en } from '../en/room'
import type { Same } from '../words'

export const room: Same<typeof en> = {
  title: 'room',
}
