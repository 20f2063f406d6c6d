/** What is used here of seedrandom's port of Alea; @types/seedrandom has only the main file. */
declare module 'seedrandom/lib/alea.js' {
  interface Generator {
    /** A whole number from −2^31 to 2^31 − 1. */
    int32(): number;
  }
  export default function alea(seed: string): Generator;
}
