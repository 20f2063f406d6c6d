/** The scenarios that come with the program, by the names of their files. */

const texts = import.meta.glob<string>('../../scenarios/*.yaml', {
  query: '?raw',
  import: 'default',
  eager: true,
});

/** Their texts by name, in the order of the names. */
export const bundledScenarios: ReadonlyMap<string, string> = new Map(
  Object.keys(texts)
    .sort()
    .map((path) => [path.slice(path.lastIndexOf('/') + 1, -'.yaml'.length), texts[path]!]),
);
