import type { replay as en } from '../en/replay'
import type { Same } from '../words'

export const replay: Same<typeof en> = {
  title: 'צפייה חוזרת',
}
