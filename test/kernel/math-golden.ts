/** What log, exp and pow must answer in every engine, as one text over a million inputs each. */
export const mathGolden = {
  inputs: 1_000_000,
  fingerprint: 'log:e03cd14a exp:ac83ccef pow:7b2cdae9',
} as const;
