// How the page, the command line and the tests are built. Two outputs: `vite build` makes the page
// in dist/page; `vite build --mode cli` bundles src/cli.ts and all it uses into one dist/cli.js.
import { defineConfig, type ViteUserConfig } from 'vitest/config';
import type { PluginOption } from 'vite';
import { inlineConstants } from './tools/inline-constants.mjs';
import { leaveOutUnused } from './tools/leave-out-unused.mjs';

type BuildOptions = NonNullable<ViteUserConfig['build']>;

/** What the built page may load. The dev server is looser, because hot reloading needs it. */
const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data: blob:",
  "connect-src 'self'",
  "worker-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "require-trusted-types-for 'script'",
].join('; ');

const pageBuild: BuildOptions = {
  outDir: 'dist/page',
  emptyOutDir: true,
  target: 'es2022',
  // A data: URL would need a wider policy, and the browser caches files anyway.
  assetsInlineLimit: 0,
  modulePreload: { polyfill: false },
  chunkSizeWarningLimit: 1024,
};

const cliBuild: BuildOptions = {
  ssr: 'src/cli.ts',
  outDir: 'dist',
  emptyOutDir: false,
  copyPublicDir: false,
  target: 'node20',
  minify: false,
  rolldownOptions: { output: { entryFileNames: 'cli.js', codeSplitting: false } },
};

export default defineConfig(({ mode }) => ({
  base: './',
  build: mode === 'cli' ? cliBuild : pageBuild,
  ...(mode === 'cli' ? { ssr: { noExternal: true as const } } : {}),
  plugins: [inlineConstants(), leaveOutUnused(), mode === 'cli' ? shebang() : policyTag()],
  worker: { format: 'es' as const, plugins: () => [inlineConstants()] },
  optimizeDeps: { entries: ['index.html', 'src/worker/*.ts'], include: ['pixi.js'] },
  oxc: { jsx: { runtime: 'automatic' as const, importSource: 'preact' } },
  test: {
    passWithNoTests: true,
    // By default one core is left free, which of two is half of all.
    maxWorkers: '100%',
    projects: [
      {
        extends: true as const,
        test: {
          name: 'unit',
          include: ['test/**/*.test.{ts,tsx}'],
          exclude: ['test/browser/**'],
          // Threads begin sooner than processes do, which counts with hundreds of files.
          pool: 'threads',
          testTimeout: 20_000,
          hookTimeout: 60_000,
        },
      },
      {
        extends: true as const,
        test: {
          name: 'browser',
          include: ['test/browser/**/*.test.ts'],
          globalSetup: ['tools/page-under-test.mjs'],
          testTimeout: 60_000,
          hookTimeout: 120_000,
          // What a deed leads to is on screen soon, not at once.
          expect: { poll: { timeout: 10_000 } },
          // One real browser at a time: two would share the cores and spoil every timing.
          fileParallelism: false,
        },
      },
    ],
  },
}));

/** Puts the policy in a meta tag, so that it holds on any static host and from a file as well. */
function policyTag(): PluginOption {
  return {
    name: 'gameday:content-security-policy',
    apply: 'build',
    transformIndexHtml: () => [
      {
        tag: 'meta',
        attrs: { 'http-equiv': 'Content-Security-Policy', content: contentSecurityPolicy },
        injectTo: 'head-prepend',
      },
    ],
  };
}

/** Makes dist/cli.js a program that a shell can start. */
function shebang(): PluginOption {
  return {
    name: 'gameday:shebang',
    generateBundle(_options, bundle) {
      for (const file of Object.values(bundle)) {
        if (file.type !== 'chunk' || !file.isEntry || file.code.startsWith('#!')) continue;
        file.code = `#!/usr/bin/env node\n${file.code}`;
      }
    },
  };
}
