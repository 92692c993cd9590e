import type { facilitate as en } from '../en/facilitate'
import type { Same } from '../words'

export const facilitate: Same<typeof en> = {
  title: 'הנחיה',
}
