/** Builds the page around the stand-in engine, to look at the stage and the panels alone. */

import { fileURLToPath } from 'node:url';
import { defineConfig, mergeConfig, type UserConfig } from 'vite';
import base from '../../vite.config.ts';

const mock = fileURLToPath(new URL('./mock-engine.ts', import.meta.url));
const swap = () => ({
  name: 'gameday:mock-engine',
  enforce: 'pre' as const,
  resolveId: (id: string) => (id.endsWith('/create-engine.ts') ? mock : null),
});

export default defineConfig((env) => {
  const page = base(env);
  return mergeConfig(page, {
    plugins: [swap()],
    worker: { format: 'es', plugins: () => [swap()] },
  } satisfies UserConfig);
});
