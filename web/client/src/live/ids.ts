import type { Id } from './wire'

/** 96 random bits in base64url (I1). crypto.getRandomValues also works on plain http, randomUUID does not. */
export function newId(): Id {
  const bytes = crypto.getRandomValues(new Uint8Array(12))
  return btoa(String.fromCharCode(...bytes)).replaceAll('+', '-').replaceAll('/', '_')
}
