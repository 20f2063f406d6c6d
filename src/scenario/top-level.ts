/** The keys at the top of a scenario file, in the order of a design document. */

export const topLevel = {
  name: 'What the design is called.',
  about: 'What happens in this scenario.',
  seed: 'What fixes all random draws.',
  duration: 'Simulated time of a run.',
  'warm-up': 'Time at the start that stays out of the totals.',
  requirements: 'Claims that the design must meet; each becomes PASS, FAIL or NOT ENOUGH EVIDENCE.',
  traffic: 'Populations of clients by name: how many requests come, for what, and to where.',
  data: 'Datasets by name: how many records, how popular, where they are kept.',
  components: 'The boxes of the design by name, each with its `kind`.',
  network: 'Latency, bandwidth and loss between zones.',
  zones: 'All zones; left out: those that the other parts name.',
  faults: 'What goes wrong, and when.',
  alternatives: 'Changed designs by name, each a map from paths to values, compared with this one.',
  expect: 'Claims about this file that its tests check.',
  positions: 'Where the page draws components: a map from names to [x, y].',
  limits: 'Budgets at which a run stops.',
} as const;

export const topLevelKeys: readonly string[] = Object.keys(topLevel);
