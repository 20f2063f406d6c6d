/** The bars of one row of a waterfall. Each kind of span has a shape, not only a colour. */

import type { JSX } from 'preact';
import type { SpanKind } from '../protocol/trace.ts';
import type { Piece, WaterfallRow } from './waterfall-rows.ts';

export const laneHeight = 18;
const barHeight = 12;

export const kindWords: Readonly<Record<SpanKind, string>> = {
  queue: 'waits in line',
  service: 'is worked on',
  network: 'on the network',
  backoff: 'pauses before a retry',
  wait: 'waits',
  call: 'call',
};

interface BarsProps {
  readonly row: WaterfallRow;
  /** Place of a time on the track, px. */
  readonly x: (seconds: number) => number;
  readonly width: number;
  /** End of the request; what is later was done for nobody. */
  readonly requestEnd: number | null;
  readonly deadline: number | null;
}

export function Bars({ row, x, width, requestEnd, deadline }: BarsProps): JSX.Element {
  const height = row.lanes * laneHeight;
  const isZombie = requestEnd !== null && row.start >= requestEnd;
  return (
    <svg
      class={isZombie ? 'bars zombie' : 'bars'}
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      aria-hidden="true"
    >
      <line class="bar-call" x1={x(row.start)} x2={x(row.end)} y1={height / 2} y2={height / 2} />
      {row.pieces.map((piece) => (
        <PieceBar key={piece.span} piece={piece} x={x} />
      ))}
      {requestEnd !== null && row.end > requestEnd && (
        <rect
          class="bar-after"
          x={x(Math.max(requestEnd, row.start))}
          y="0"
          width={Math.max(0, x(row.end) - x(Math.max(requestEnd, row.start)))}
          height={height}
        />
      )}
      {row.critical.map(({ start, end }) => (
        <rect
          key={start}
          class="bar-critical"
          x={x(start) - 1}
          y={1.5}
          width={Math.max(2, x(end) - x(start) + 2)}
          height={laneHeight - 3}
          rx="2"
        />
      ))}
      {failed(row) && <Cross at={x(row.end)} height={height} />}
      {deadline !== null && <Upright className="bar-deadline" at={x(deadline)} height={height} />}
      {requestEnd !== null && <Upright className="bar-end" at={x(requestEnd)} height={height} />}
    </svg>
  );
}

function PieceBar({
  piece,
  x,
}: {
  readonly piece: Piece;
  readonly x: (seconds: number) => number;
}): JSX.Element {
  const left = x(piece.start);
  const width = Math.max(1, x(piece.end) - left);
  const top = piece.lane * laneHeight + (laneHeight - barHeight) / 2;
  const middle = top + barHeight / 2;
  switch (piece.kind) {
    case 'queue':
      return <rect class="bar-queue" x={left} y={top} width={width} height={barHeight} />;
    case 'service':
      return (
        <rect class="bar-service" x={left} y={top} width={width} height={barHeight} rx="1.5" />
      );
    case 'network':
      return <line class="bar-network" x1={left} x2={left + width} y1={middle} y2={middle} />;
    case 'backoff':
      return <line class="bar-backoff" x1={left} x2={left + width} y1={middle} y2={middle} />;
    default:
      return <rect class="bar-wait" x={left} y={top + 3} width={width} height={barHeight - 6} />;
  }
}

function Cross({ at, height }: { readonly at: number; readonly height: number }): JSX.Element {
  const [left, top] = [Math.max(1, at - 8), height / 2 - 4];
  return <path class="bar-cross" d={`M${left} ${top}l8 8m0 -8l-8 8`} />;
}

function Upright(props: {
  readonly className: string;
  readonly at: number;
  readonly height: number;
}) {
  return <line class={props.className} x1={props.at} x2={props.at} y1="0" y2={props.height} />;
}

function failed({ outcome }: WaterfallRow): boolean {
  return outcome !== null && outcome !== 'ok';
}

/** The hatch of waiting lines, once for all rows. */
export function Hatch(): JSX.Element {
  return (
    <svg class="hatch" width="0" height="0" aria-hidden="true">
      <defs>
        <pattern
          id="waterfall-hatch"
          width="5"
          height="5"
          patternUnits="userSpaceOnUse"
          patternTransform="rotate(45)"
        >
          <rect class="hatch-ground" width="5" height="5" />
          <line class="hatch-line" x1="0" x2="0" y1="0" y2="5" />
        </pattern>
      </defs>
    </svg>
  );
}

/** What the shapes mean. */
export function KindLegend(): JSX.Element {
  const kinds: readonly SpanKind[] = ['queue', 'service', 'network', 'backoff', 'wait'];
  return (
    <ul class="waterfall-legend" aria-label="Shapes">
      {kinds.map((kind) => (
        <li key={kind}>
          <svg width="22" height={laneHeight} aria-hidden="true">
            <PieceBar piece={{ span: 0, kind, start: 1, end: 21, lane: 0 }} x={(place) => place} />
          </svg>
          {kindWords[kind]}
        </li>
      ))}
      <li>
        <svg width="22" height={laneHeight} aria-hidden="true">
          <rect class="bar-critical" x="1" y="1.5" width="20" height={laneHeight - 3} rx="2" />
        </svg>
        on the critical path
      </li>
    </ul>
  );
}
