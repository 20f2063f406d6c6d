/** How a command ends; the numbers are part of the contract with scripts. */
export const Exit = {
  /** Every requirement and expectation holds, or the evidence is not enough to say otherwise. */
  fine: 0,
  /** A requirement fails or an expectation does not hold. */
  doesNotHold: 1,
  /** The file or the command line is wrong. */
  badInput: 2,
  /** The run met a budget and stopped early. */
  budget: 3,
  /** A self-check is broken or the program failed. */
  fault: 4,
  /** Ctrl-C: 128 and the number of the signal, as shells have it. */
  interrupted: 130,
} as const;

/** The same for people. */
export const exitCodeHelp: readonly string[] = [
  '0    every requirement and expectation holds, or the evidence is not enough to tell',
  '1    a requirement fails, or an expectation does not hold',
  '2    the file or the command line is wrong',
  '3    the run met a budget (events, requests in flight) and stopped early',
  '4    a self-check is broken, or the program failed: not the fault of your file',
  '130  interrupted',
];
