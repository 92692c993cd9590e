import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import type { Plugin, ResolvedConfig } from 'vite'

const brotli = promisify(brotliCompress)
const zip = promisify(gzip)
const text = /\.(js|css|html|svg|json|webmanifest|txt)$/

/** What joining and the room may weigh, the hub's code with them, fonts aside. */
const mostOnFirstVisit = 90

/** Lays a .br and a .gz beside every text file of the build, so that the server only has to pick one. */
export function precompress(): Plugin {
  let config: ResolvedConfig
  return {
    name: 'precompress',
    apply: 'build',
    configResolved(resolved) {
      config = resolved
    },
    async closeBundle() {
      const folder = join(config.root, config.build.outDir)
      const sizes = new Map<string, number>()
      /** What a script asks for before it runs. */
      const asksFor = new Map<string, string[]>()
      for (const file of await readdir(folder, { recursive: true })) {
        if (!text.test(file)) continue
        const path = join(folder, file)
        const content = await readFile(path)
        const small = await brotli(content, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } })
        const name = file.replaceAll('\\', '/')
        sizes.set(name, small.length)
        asksFor.set(name, Array.from(content.toString().matchAll(/(?:from|import)\s*"\.\/([^"]+)"/g), ([, asked]) => `assets/${asked}`))
        await writeFile(`${path}.br`, small)
        await writeFile(`${path}.gz`, await zip(content, { level: 9 }))
      }
      const page = await readFile(join(folder, 'index.html'), 'utf8')
      const first = new Set([...sizes.keys()].filter((file) => page.includes(`/${file}"`) || /\/(room|hub)-[^/]*\.(js|css)$/.test(file)))
      for (const file of first) for (const asked of asksFor.get(file) ?? []) first.add(asked)
      const kilobytes = [...first].reduce((sum, file) => sum + (sizes.get(file) ?? 0), 0) / 1000
      config.logger.info(`A participant's first visit loads ${kilobytes.toFixed(1)} kB of scripts and styles (brotli).`)
      if (kilobytes > mostOnFirstVisit)
        throw new Error(`A participant's first visit may load ${mostOnFirstVisit} kB: make something of it a lazy chunk.`)
    },
  }
}
