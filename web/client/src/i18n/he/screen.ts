import type { screen as en } from '../en/screen'
import type { Same } from '../words'

export const screen: Same<typeof en> = {
  title: 'מסך גדול',
}
