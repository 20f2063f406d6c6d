/**
 * What a scenario file may ask for at most. Files and links come from strangers, so each limit is
 * checked before the work that it bounds is done.
 */

export const limits = {
  /** Bytes of a file. */
  fileBytes: 262_144,
  /** Lines of a file. */
  lines: 20_000,
  /** Lists and maps inside each other. */
  depth: 32,
  /** Keys of maps and items of lists together. */
  keys: 20_000,
  /** Characters of one value. */
  stringLength: 2_000,
  /** Characters of a name. */
  labelLength: 120,
  /** Components of a design. */
  components: 500,
  /** Instances, nodes and replicas of all components together. */
  instances: 10_000,
  /** Pairs of components of which one calls the other. */
  edges: 2_000,
  /** Simulated time, ns. */
  durationNs: 86_400e9,
  /** Alternatives of one file; each is checked as a whole scenario. */
  alternatives: 32,
  /** Changes among the faults of one file; each is checked as a whole scenario. */
  changes: 100,
  /** Characters of one claim. */
  claimLength: 300,
  /** Steps of all operations together, and how deep they nest. */
  steps: 5_000,
  /** Keys of one dataset. */
  datasetKeys: 1_000_000_000,
  /** Entries that all clients of a population keep together. */
  clientEntries: 5_000_000,
} as const;

/** The message for a limit that is passed, such as `there are 600 components; …`. */
export function overLimit(found: number, things: string, most: number): string {
  return `there are ${found} ${things}; at most ${most} are allowed`;
}

/** What a run may use unless the file says otherwise. */
export const runDefaults = { events: 50_000_000, requestsInFlight: 2_000_000 } as const;
