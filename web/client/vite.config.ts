import { svelte } from '@sveltejs/vite-plugin-svelte'
import { defineConfig } from 'vitest/config'
import { precompress } from './precompress.ts'

const server = process.env['LCC_SERVER'] ?? 'http://localhost:5000'

export default defineConfig({
  plugins: [svelte(), precompress()],
  // Vitest runs in Node, where Svelte would otherwise hand out its server build, which has no live runes.
  resolve: process.env['VITEST'] ? { conditions: ['browser'] } : {},
  build: {
    cssTarget: ['chrome100', 'firefox100', 'safari15.4'],
    outDir: '../wwwroot',
    emptyOutDir: true,
    target: 'es2022',
    // The content security policy allows neither inline scripts nor data: fonts.
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    reportCompressedSize: false,
    rolldownOptions: {
      output: {
        codeSplitting: {
          // A slow phone pays a round trip for each file it finds out about late: what opens together travels together.
          // `app` is what a participant meets first, `room` what the join form fetches while people read the principles.
          groups: [
            {
              name: 'app',
              priority: 3,
              test: /node_modules\/(svelte|esm-env|clsx)\/|\/src\/(App|main|router|routes|design\/(?!Badge|Dialog|CopyButton|copy)|i18n\/(\w+\/)?(common|join|home|language|words)|live\/(http|ids|store|wire|refusals)|participants\/(Join|CodeEntry|codes|hellos|roomSide)|workshops\/(Home|Missing))/,
            },
            // A ballot of any method but dots and its results, what is said about an idea, the words of the room: fetched when somebody looks.
            // The room comes before it and takes what both need: else the room would wait for all of it.
            {
              name: 'ballots',
              priority: 1,
              test: /\/src\/(boards\/(ChoiceVote|Certainty|PlaneVote|Plane|OneByOne|Chart|ResultTable|ByGroup|GroupsBelow|groups|Parts|standings|voteWords|Talk|Thread|ReactionBar|Cloud|cloud)\b|participants\/Barred|i18n\/(\w+\/)?(votes|rounds))/,
            },
            {
              name: 'room',
              priority: 2,
              test: /\/src\/(boards\/(?!(map|ChoiceVote|Certainty|PlaneVote|Plane|OneByOne|Chart|ResultTable|ByGroup|GroupsBelow|groups|Parts|standings|voteWords|Talk|Thread|ReactionBar|Cloud|cloud)\b)|live\/(session|connection|outbox|ConnectionBadge)|kinds\/(inRoom|view)|participants\/(Room\.|RoomMenu|room\.|told|Dock|Away|writing|seats)|i18n\/(\w+\/)?(room|dialogue)|design\/(Badge|Dialog))/,
            },
          ],
        },
      },
    },
  },
  server: {
    proxy: {
      '/api': { target: server, changeOrigin: true },
      '/live': { target: server, changeOrigin: true, ws: true },
    },
  },
  test: { include: ['src/**/*.test.ts'], environment: 'node' },
})
