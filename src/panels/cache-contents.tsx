/** What is in a cache: which ranks of its keys, how long they live, how fast they change. */

import type { JSX } from 'preact';
import { shortNumber, shortShare } from '../base/measured.ts';
import type { CacheContents, HeldDataset, TimeLeft } from '../protocol/cache-contents.ts';

export function Contents({ contents }: { readonly contents: CacheContents }): JSX.Element {
  const { fillsPerSecond, evictionsPerSecond, ghosts } = contents;
  return (
    <>
      <dl class="facts">
        {fillsPerSecond !== null && evictionsPerSecond !== null && (
          <div>
            <dt>in and out, last window</dt>
            <dd>
              {shortNumber(fillsPerSecond)}/s filled, {shortNumber(evictionsPerSecond)}/s evicted
            </dd>
          </div>
        )}
        {ghosts > 0 && (
          <div>
            <dt>remembered after leaving</dt>
            <dd>{shortNumber(ghosts)} keys</dd>
          </div>
        )}
      </dl>
      <Segments segments={contents.segments} />
      {contents.datasets.map((dataset) => (
        <Held key={dataset.name} dataset={dataset} contents={contents} />
      ))}
    </>
  );
}

/** The one that entries leave from first stands at the top. */
function Segments({ segments }: Pick<CacheContents, 'segments'>): JSX.Element | null {
  if (segments.length === 0) return null;
  return (
    <dl class="held-left held-segments" aria-label="Parts that the policy keeps its entries in">
      {segments.map(({ name, share }) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>
            <span class="held-left-bar" aria-hidden="true" style={{ width: `${share * 100}%` }} />
            <span>{shortShare(share)}</span>
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** Bars from the most popular keys on the left to the least popular on the right. */
function Held(props: {
  readonly dataset: HeldDataset;
  readonly contents: CacheContents;
}): JSX.Element {
  const { dataset, contents } = props;
  const { classes, name, left } = dataset;
  // One of several nodes can have its share of the keys at the most.
  const most = contents.isAll ? 1 : 1 / contents.nodes;
  const words = contents.isAll ? `${name} held, by rank` : `${name} on this node, by rank`;
  return (
    <figure class="held" aria-label={words}>
      <figcaption>{words}</figcaption>
      <ol class="held-strip">
        {classes.map(({ first, last, held }) => {
          const ranks = first === last ? `rank ${first}` : `ranks ${first} to ${last}`;
          const told = `${ranks}: ${shortShare(held)} held`;
          return (
            <li key={first} title={told}>
              <span class="visually-hidden">{told}</span>
              <span
                class="held-bar"
                aria-hidden="true"
                style={{ height: `${Math.min(100, (held / most) * 100)}%` }}
              />
            </li>
          );
        })}
      </ol>
      <p class="held-ends" aria-hidden="true">
        <span>most popular</span>
        <span>rank {shortNumber(dataset.keys)}</span>
      </p>
      {left !== null && <Left left={left} />}
    </figure>
  );
}

function Left({ left }: { readonly left: readonly TimeLeft[] }): JSX.Element {
  const shown = left.filter(({ share }) => share > 0);
  return (
    <dl class="held-left" aria-label="Time left to live">
      {shown.map(({ upToMs, share }) => (
        <div key={upToMs}>
          <dt>{leftWords(upToMs)}</dt>
          <dd>
            <span class="held-left-bar" aria-hidden="true" style={{ width: `${share * 100}%` }} />
            <span>{shortShare(share)}</span>
          </dd>
        </div>
      ))}
    </dl>
  );
}

const ends: readonly (readonly [upToMs: number, word: string])[] = [
  [1e2, '0.1 s'],
  [1e3, '1 s'],
  [1e4, '10 s'],
  [6e4, '1 min'],
  [6e5, '10 min'],
  [3.6e6, '1 h'],
];

function leftWords(upToMs: number): string {
  if (upToMs === Infinity) return 'never expires';
  const end = ends.find(([ms]) => ms === upToMs);
  return end === undefined ? 'more than 1 h left' : `under ${end[1]} left`;
}
