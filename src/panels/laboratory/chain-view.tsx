/** The chain from a size to money, with what starts and ends its computation. */

import type { JSX } from 'preact';
import type { ChainResult } from '../../protocol/laboratory.ts';
import type { Actions } from '../actions.ts';
import type { PageState } from '../page-state.ts';
import { ChainCharts } from './chain-charts.tsx';
import { chainCsv, chainMeasures, chainRows, chainSentence } from './chain-words.ts';
import { sizeText } from './curve-words.ts';
import { ResultTable } from './result-table.tsx';
import { TryIt } from './try-it.tsx';
import { WorkNote } from './work-note.tsx';

interface ChainViewProps {
  readonly state: PageState;
  readonly actions: Actions;
}

export function ChainView({ state, actions }: ChainViewProps): JSX.Element {
  const { laboratory } = actions;
  const work = laboratory.chain.value;
  const subject = laboratory.subject.value;
  const cache = subject?.kind === 'cache' ? subject.name : '';
  const isStale = work.state === 'done' && work.text !== state.text.value;
  return (
    <div class="lab-main">
      <WorkNote
        work={work}
        offer={
          `The whole system is played from its start to its end beside the page, once for each ` +
          `of several sizes of ${cache}.`
        }
        startWord="Play every size"
        canStart
        onStart={() => laboratory.computeChain()}
        onCancel={() => laboratory.cancel()}
      />
      {isStale && (
        <p class="lab-again quiet">
          The scenario has been changed since.{' '}
          <button type="button" class="button" onClick={() => laboratory.computeChain()}>
            Play again
          </button>
        </p>
      )}
      {work.state === 'done' && <Chain {...{ actions, cache }} result={work.result} />}
    </div>
  );
}

function Chain(props: {
  readonly actions: Actions;
  readonly cache: string;
  readonly result: ChainResult;
}): JSX.Element {
  const { actions, cache, result } = props;
  const { laboratory } = actions;
  const chosen = laboratory.choice.value;
  const point = result.points.find(({ size }) => size === chosen?.size);
  const title = `From the size of ${cache} to money`;
  const [ratio, load, p99] = chainMeasures(result);
  return (
    <>
      <div class="lab-caption">
        <b>{title}</b>
        <span class="chart-sentence">{chainSentence(result)}</span>
        <ResultTable
          title={title}
          heads={['size', ...chainMeasures(result).map((measure) => measure.title)]}
          rows={chainRows(result)}
          csv={() => chainCsv(result)}
        />
      </div>
      <ChainCharts
        result={result}
        onChoose={(place) => {
          const { size } = result.points[place]!;
          laboratory.choice.value = { policy: '', size };
        }}
      />
      {point !== undefined && (
        <TryIt
          {...{ laboratory, actions, cache }}
          words={`${cache} with ${sizeText(point.size, result.unit)}`}
          promise={
            `${ratio!.write(point.hitRatio)} hits, ${load!.write(point.storeLoad)} at ` +
            `${result.store ?? 'the store'}, p99 ${p99!.write(point.p99Ms)}`
          }
          policy={null}
          size={point.capacity}
        />
      )}
    </>
  );
}
