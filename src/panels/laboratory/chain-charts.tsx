/**
 * From the size of a cache to money, as small pictures over the same sizes: hit ratio, load of the
 * store, p99, cost. They share one crosshair. Every point is a run of the whole system.
 */

import { useSignal, type Signal } from '@preact/signals';
import type { JSX } from 'preact';
import type { ChainResult } from '../../protocol/laboratory.ts';
import { linearAxis, logAxis, nearest, pathThrough, type Axis } from './axis.ts';
import { useBox, type Box } from './box.ts';
import { chainMeasures, type ChainMeasure } from './chain-words.ts';
import { sizeMark, sizeText } from './curve-words.ts';

interface ChainChartsProps {
  readonly result: ChainResult;
  /** A size to try, as it would stand in the file. */
  readonly onChoose: (place: number) => void;
}

/** Place among the points. */
type Pointed = Signal<number | null>;

export function ChainCharts({ result, onChoose }: ChainChartsProps): JSX.Element {
  const pointed = useSignal<number | null>(null);
  const measures = chainMeasures(result);
  const last = result.points.length - 1;
  return (
    <div
      class="chain"
      tabIndex={0}
      role="group"
      data-own-arrows
      aria-label="What a size leads to: left and right for the size, Enter to try it"
      onPointerLeave={() => (pointed.value = null)}
      onKeyDown={(event) => {
        const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
        if (event.key === 'Enter' && pointed.value !== null) {
          event.preventDefault();
          event.stopPropagation();
          onChoose(pointed.value);
        }
        if (step === undefined) return;
        event.preventDefault();
        event.stopPropagation();
        const from = pointed.value ?? presentPlace(result);
        pointed.value = Math.min(last, Math.max(0, from + step));
      }}
    >
      {measures.map((measure, place) => (
        <Small
          key={measure.title}
          {...{ result, measure, pointed, onChoose }}
          hasArrow={place < measures.length - 1}
        />
      ))}
    </div>
  );
}

interface SmallProps extends ChainChartsProps {
  readonly measure: ChainMeasure;
  readonly pointed: Pointed;
  readonly hasArrow: boolean;
}

function Small({ result, measure, pointed, onChoose, hasArrow }: SmallProps): JSX.Element {
  const { host, box } = useBox<HTMLDivElement>();
  const shown = pointed.value ?? presentPlace(result);
  const point = result.points[shown];
  const axes = box === null ? null : axesOf(result, measure, box);
  const under = (event: MouseEvent) => {
    if (axes === null) return null;
    const frame = (event.currentTarget as HTMLElement).getBoundingClientRect();
    const sizes = result.points.map(({ size }) => size);
    return nearest(sizes, axes.x, event.clientX - frame.x);
  };
  const value = point === undefined ? NaN : measure.value(point);
  return (
    <figure class="chain-chart" aria-label={measure.title}>
      <figcaption>
        <b>{measure.title}</b>
        {hasArrow && (
          <span class="chain-arrow" aria-hidden="true">
            →
          </span>
        )}
        <span class="chain-value">{measure.write(value)}</span>
        <span class="quiet">
          {point === undefined ? '' : `at ${sizeText(point.size, result.unit)}`}
        </span>
      </figcaption>
      {measure.isKnown ? (
        <div
          class="chain-host"
          ref={host}
          onPointerMove={(event) => (pointed.value = under(event))}
          onClick={(event) => {
            const place = under(event);
            if (place !== null) onChoose(place);
          }}
        >
          {axes !== null && box !== null && (
            <Drawing {...{ result, measure, axes, box }} pointed={pointed.value} />
          )}
        </div>
      ) : (
        <p class="quiet chain-unknown">{measure.unknown}</p>
      )}
    </figure>
  );
}

const left = 46;

interface Axes {
  readonly x: Axis;
  readonly y: Axis;
  readonly right: number;
  readonly bottom: number;
}

function axesOf({ points, present }: ChainResult, measure: ChainMeasure, box: Box): Axes {
  const sizes = [...points.map(({ size }) => size), present];
  const values = points.map(measure.value).filter((value) => Number.isFinite(value));
  const right = box.width - 12;
  const bottom = box.height - 22;
  const low = Math.min(...sizes);
  const high = Math.max(...sizes, low * 1.01);
  const most = measure.most ?? (Math.max(...values, 0) * 1.08 || 1);
  return {
    x: logAxis({ low, high, start: left, end: right }, 46),
    y: linearAxis({ low: 0, high: most, start: bottom, end: 8 }, 26),
    right,
    bottom,
  };
}

interface DrawingProps {
  readonly result: ChainResult;
  readonly measure: ChainMeasure;
  readonly axes: Axes;
  readonly box: Box;
  readonly pointed: number | null;
}

function Drawing({ result, measure, axes, box, pointed }: DrawingProps): JSX.Element {
  const { x, y, right, bottom } = axes;
  const places = result.points.map((point): [number, number] => [
    x.at(point.size),
    y.at(measure.value(point)),
  ]);
  const known = places.filter(([, height]) => Number.isFinite(height));
  const meant = pointed === null ? undefined : places[pointed];
  const isLate = x.at(result.present) > (left + right) / 2;
  return (
    <svg width={box.width} height={box.height} aria-hidden="true">
      <g class="lab-axis">
        {y.marks.map((mark) => (
          <g key={mark}>
            <path d={`M${left} ${y.at(mark)}H${right}`} />
            <text x={left - 6} y={y.at(mark) + 4} text-anchor="end">
              {measure.mark(mark)}
            </text>
          </g>
        ))}
        {x.marks.map((mark) => (
          <text
            key={mark}
            x={x.at(mark)}
            y={bottom + 16}
            text-anchor={x.at(mark) > right - 14 ? 'end' : 'middle'}
          >
            {sizeMark(mark, result.unit)}
          </text>
        ))}
      </g>
      <g class="curve-present" data-size={result.present}>
        <path d={`M${x.at(result.present)} 4V${bottom}`} />
        <text
          x={x.at(result.present) + (isLate ? -5 : 5)}
          y={bottom - 6}
          text-anchor={isLate ? 'end' : 'start'}
        >
          now
        </text>
      </g>
      <path class="chain-line" d={pathThrough(places)} />
      {known.map(([across, height]) => (
        <circle key={across} class="chain-point" cx={across} cy={height} r="3" />
      ))}
      {meant !== undefined && (
        <g class="lab-crosshair">
          <path d={`M${meant[0]} 4V${bottom}`} />
          {Number.isFinite(meant[1]) && <circle cx={meant[0]} cy={meant[1]} r="4.5" />}
        </g>
      )}
    </svg>
  );
}

/** The point that is nearest to the size in the scenario. */
export function presentPlace({ points, present }: ChainResult): number {
  const distance = (place: number) => Math.abs(Math.log(points[place]!.size / present));
  return points.reduce((best, _, place) => (distance(place) < distance(best) ? place : best), 0);
}
