/** A small picture of one line on two logarithmic axes. */

import type { JSX } from 'preact';
import { shortNumber } from '../../base/measured.ts';
import { logAxis, pathThrough } from './axis.ts';
import { useBox } from './box.ts';

interface LogPlotProps {
  readonly title: string;
  /** Says what is seen. */
  readonly sentence: string;
  readonly across: string;
  readonly upwards: string;
  /** Both above 0. */
  readonly points: readonly (readonly [x: number, y: number])[];
}

export function LogPlot(props: LogPlotProps): JSX.Element | null {
  const { host, box } = useBox<HTMLDivElement>();
  const points = props.points.filter(([x, y]) => x > 0 && y > 0);
  if (points.length < 2) return null;
  const ends = (place: 0 | 1) => {
    const values = points.map((point) => point[place]);
    const low = Math.min(...values);
    return { low, high: Math.max(...values, low * 1.5) };
  };
  const x = box && logAxis({ ...ends(0), start: 40, end: box.width - 10 }, 40);
  const y = box && logAxis({ ...ends(1), start: box.height - 34, end: 10 }, 18);
  return (
    <figure class="log-plot">
      <figcaption>
        <b>{props.title}</b>
        <span class="chart-sentence">{props.sentence}</span>
      </figcaption>
      <div ref={host} class="log-plot-host">
        {box !== null && x !== null && y !== null && (
          <svg width={box.width} height={box.height} aria-hidden="true">
            <g class="lab-axis">
              {y.marks.map((mark) => (
                <g key={mark}>
                  <path d={`M40 ${y.at(mark)}H${box.width - 10}`} />
                  <text x={34} y={y.at(mark) + 4} text-anchor="end">
                    {shortMark(mark)}
                  </text>
                </g>
              ))}
              {x.marks.map((mark) => (
                <text
                  key={mark}
                  x={x.at(mark)}
                  y={box.height - 20}
                  text-anchor={x.at(mark) > box.width - 26 ? 'end' : 'middle'}
                >
                  {shortMark(mark)}
                </text>
              ))}
              <text x={40} y={box.height - 4}>
                ↑ {props.upwards}
              </text>
              <text x={box.width - 10} y={box.height - 4} text-anchor="end">
                {props.across} →
              </text>
            </g>
            <path
              class="log-plot-line"
              d={pathThrough(points.map(([across, up]) => [x.at(across), y.at(up)]))}
            />
          </svg>
        )}
      </div>
    </figure>
  );
}

function shortMark(value: number): string {
  return value < 1000 ? String(value) : shortNumber(value).replace('.0', '');
}
