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
  },
  server: {
    proxy: {
      '/api': { target: server, changeOrigin: true },
      '/live': { target: server, changeOrigin: true, ws: true },
    },
  },
  test: { include: ['src/**/*.test.ts'], environment: 'node' },
})
