/** Keeps the display from going dark for as long as this page is looked at. Returns how to stop. Where browsers cannot do it,
 *  or a battery is low, nothing happens. */
export function keepAwake(): () => void {
  let lock: WakeLockSentinel | null = null
  let stopped = false

  async function ask() {
    if (stopped || document.visibilityState !== 'visible' || !('wakeLock' in navigator)) return
    try {
      const given = await navigator.wakeLock.request('screen')
      if (stopped) void given.release()
      else lock = given
    } catch {
      // Refused: asked again when the page is looked at again.
    }
  }
  const looked = () => void ask()
  // A lock ends by itself when the page is hidden.
  document.addEventListener('visibilitychange', looked)
  void ask()
  return () => {
    stopped = true
    document.removeEventListener('visibilitychange', looked)
    void lock?.release()
  }
}

export async function toggleFullScreen(only?: 'enter'): Promise<void> {
  try {
    if (!document.fullscreenElement) await document.documentElement.requestFullscreen()
    else if (only !== 'enter') await document.exitFullscreen()
  } catch {
    // Not allowed here, as in some embedded browsers.
  }
}
