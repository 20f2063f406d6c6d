// What tools/page-under-test.mjs hands to the browser tests.
import 'vitest';

declare module 'vitest' {
  interface ProvidedContext {
    /** Address of the built page, with a slash at its end. */
    pageUrl: string;
    /** The Chromium that the tests drive. */
    chromiumPath: string;
  }
}
