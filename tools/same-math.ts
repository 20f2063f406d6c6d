// What `npm run same` asks every engine about its arithmetic, bundled for all of them.
import { mathFingerprint } from '../src/kernel/math-fingerprint.ts';
import { mathGolden } from '../test/kernel/math-golden.ts';

/** A text for what log, exp and pow answer here; it must be the golden one. */
export const fingerprint = (): string => mathFingerprint(mathGolden.inputs);
export const golden = mathGolden.fingerprint;
