/** To the top, gliding unless the person asked for less motion. */
export const scrollUp = (): void =>
  scrollTo({ top: 0, behavior: matchMedia('(prefers-reduced-motion: reduce)').matches ? 'auto' : 'smooth' })
