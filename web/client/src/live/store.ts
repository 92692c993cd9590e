/** What a browser keeps between visits. Private windows and full disks refuse; nothing may break then. */
export interface Store {
  read(key: string): string | null
  write(key: string, value: string): void
  remove(key: string): void
  keys(prefix: string): string[]
}

export const storeOf = (storage: () => Storage): Store => ({
  read: (key) => quietly(() => storage().getItem(key)) ?? null,
  write: (key, value) => void quietly(() => storage().setItem(key, value)),
  remove: (key) => void quietly(() => storage().removeItem(key)),
  keys: (prefix) =>
    quietly(() =>
      Array.from({ length: storage().length }, (_, at) => storage().key(at) ?? '').filter((key) => key.startsWith(prefix)),
    ) ?? [],
})

export const browserStore: Store = storeOf(() => localStorage)

function quietly<T>(attempt: () => T): T | undefined {
  try {
    return attempt()
  } catch {
    return undefined
  }
}
