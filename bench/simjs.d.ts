/** The package has no types of its own; `simjs-models.ts` says what it uses. */
declare module 'simjs';
