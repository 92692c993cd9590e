import { Letters, measured } from './letters'

let letters: Letters | null = $state.raw(null)

// A script's file is fetched when its letters are first met; until then the browser measures with another typeface.
if (typeof document !== 'undefined')
  document.fonts?.addEventListener('loadingdone', () => {
    if (letters) letters = new Letters(measured())
  })

/** The letters that walls are laid out with; who reads this in an effect or a template is told when they change. */
export function lettersNow(): Letters {
  return letters ?? new Letters(measured())
}

/** Begins to listen for typefaces; called by who draws a wall. */
export function useTypeface(): void {
  letters ??= new Letters(measured())
}
