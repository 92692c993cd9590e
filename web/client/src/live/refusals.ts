/** Every code PROTOCOL names, so that a catalogue without words for one does not compile. */
export const refusalCodes = [
  'already-revealed',
  'ballot-closed',
  'ballot-missing',
  'ballot-open',
  'ballot-still-open',
  'board-missing',
  'budget-spent',
  'charter-not-agreed',
  'code-unknown',
  'command-unknown',
  'empty-text',
  'id-taken',
  'idea-missing',
  'idea-not-hidden',
  'idea-not-merged',
  'idea-not-waiting',
  'lane-missing',
  'lane-not-empty',
  'link-ended',
  'malformed',
  'merge-circle',
  'most-per-idea',
  'not-allowed',
  'organiser-key-needed',
  'origin-foreign',
  'retry',
  'seat-expired',
  'seat-invalid',
  'seat-missing',
  'seat-revoked',
  'step-missing',
  'theme-missing',
  'timer-not-running',
  'too-fast',
  'too-large',
  'too-many-ideas',
  'too-many-lanes',
  'too-many-themes',
  'undo-impossible',
  'undo-missing',
  'undo-too-late',
  'workshop-closed',
  'workshop-full',
  'workshop-missing',
  'writing-closed',
  // Our own: the server did not answer at all, or could not make anything of a command however often it was sent.
  'unreachable',
  'unanswered',
] as const

export type RefusalCode = (typeof refusalCodes)[number]

const known: ReadonlySet<string> = new Set(refusalCodes)
export const isKnownRefusal = (code: string): code is RefusalCode => known.has(code)

/** The seat is no longer good: nothing more can be done under it. */
export const endsTheSeat = (code: string): boolean => code.startsWith('seat-')
