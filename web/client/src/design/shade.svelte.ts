import { browserStore } from '../live/store'

export const shades = ['auto', 'light', 'dark'] as const
export type Shade = (typeof shades)[number]
const key = 'lcc-theme'

let chosen: Shade = $state(shades.find((one) => one === browserStore.read(key)) ?? 'auto')
apply()

/** Light or dark: as the device says, unless the person says otherwise. */
export const shade = {
  get chosen(): Shade {
    return chosen
  },
  choose(next: Shade): void {
    chosen = next
    browserStore.write(key, next)
    apply()
  },
}

function apply(): void {
  if (chosen === 'auto') delete document.documentElement.dataset['theme']
  else document.documentElement.dataset['theme'] = chosen
}
