/** The scenarios that come with the program, by the names of their files. */

const texts = import.meta.glob<string>('../../scenarios/*.yaml', {
  query: '?raw',
  import: 'default',
  eager: true,
});

/** Their texts by name, in the order of the names. */
export const bundledScenarios: ReadonlyMap<string, string> = new Map(
  Object.entries(texts)
    .map(([path, text]) => [path.slice(path.lastIndexOf('/') + 1, -'.yaml'.length), text] as const)
    .sort(([left], [right]) => (left < right ? -1 : 1)),
);
