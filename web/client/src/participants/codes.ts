/** I2: six of these. Letters and digits that look alike are not among them. */
const alphabet = /[23456789ABCDEFGHJKMNPQRSTVWXYZ]/
export const codeLength = 6

/** What someone typed, pasted or scanned, as a code: any case, with blanks and dashes, or the whole join link. */
export function codeIn(text: string): string {
  const code = /\/j\/([^/?#]+)/.exec(text)?.[1] ?? text
  return [...code.toUpperCase()].filter((letter) => /[A-Z0-9]/.test(letter)).slice(0, 12).join('')
}

export const looksLikeACode = (code: string): boolean =>
  code.length === codeLength && [...code].every((letter) => alphabet.test(letter))

/** In two halves, as people read codes aloud. */
export const codeToRead = (code: string): string => `${code.slice(0, 3)} ${code.slice(3)}`
