/**
 * Miss-ratio curves: size across, logarithmic, and share of look-ups that miss upwards. Left and
 * right move the crosshair, up and down go from policy to policy, Enter chooses; so does a click.
 */

import { useSignal, type Signal } from '@preact/signals';
import type { JSX } from 'preact';
import type { Palette } from '../../base/palette.ts';
import type { CurveResult } from '../../protocol/laboratory.ts';
import { nearest } from './axis.ts';
import { useBox } from './box.ts';
import {
  drawCurves,
  runRatio,
  swatchRoom,
  type CurveDrawing,
  type CurveLine,
} from './curve-lines.ts';
import {
  curveName,
  curveStyle,
  pointNear,
  ratioText,
  ratioWithError,
  restingSize,
  shortCurveName,
  sizeMark,
  sizeText,
} from './curve-words.ts';
import type { Choice } from './laboratory.ts';

interface CurveChartProps {
  readonly result: CurveResult;
  readonly palette: Palette;
  readonly choice: Signal<Choice | null>;
}

/** A size under the crosshair, and the line that is meant there. */
interface Pointed {
  readonly size: number;
  readonly line: number;
  /** By keys, so that it is also said. */
  readonly isSpoken: boolean;
}

export function CurveChart({ result, palette, choice }: CurveChartProps): JSX.Element {
  const { host, box } = useBox<HTMLDivElement>();
  const pointed = useSignal<Pointed | null>(null);
  const { report, run } = result;
  const drawing = box === null ? null : drawCurves(report, run, box);
  const choose = (at: Pointed | null) => {
    const curve = at === null ? undefined : drawing?.lines[at.line]?.curve;
    const point = curve === undefined ? null : pointNear(curve, at!.size);
    if (curve?.kind === 'policy' && point !== null) {
      choice.value = { policy: curve.name, size: point.size };
    }
  };
  return (
    <>
      <Readout {...{ result, pointed, drawing, palette }} />
      <p class="visually-hidden" role="status">
        {drawing !== null && pointed.value?.isSpoken === true
          ? spokenPoint(drawing, pointed.value, report.unit)
          : ''}
      </p>
      <div
        class="curve-host"
        ref={host}
        tabIndex={0}
        role="group"
        data-own-arrows
        aria-label={
          'Miss-ratio curves: left and right for the size, up and down for the policy, ' +
          'Enter to try it'
        }
        onPointerMove={(event) => {
          if (drawing !== null) pointed.value = under(drawing, event);
        }}
        onPointerLeave={() => (pointed.value = null)}
        onClick={(event) => {
          if (drawing !== null) choose(under(drawing, event));
        }}
        onKeyDown={(event) => {
          if (drawing === null) return;
          if (event.key === 'Enter') {
            event.preventDefault();
            event.stopPropagation();
            choose(pointed.value);
          } else move(event, drawing, pointed, result);
        }}
      >
        {drawing !== null && box !== null && (
          <svg width={box.width} height={box.height} aria-hidden="true">
            <Axes drawing={drawing} unit={report.unit} />
            <Present drawing={drawing} run={run} unit={report.unit} present={report.present} />
            {drawing.lines.map((line, place) => (
              <Line
                key={line.curve.name}
                line={line}
                palette={palette}
                place={result.policies.indexOf(line.curve.name)}
                isOwn={line.curve.name === run?.policy}
                isMeant={pointed.value?.line === place}
              />
            ))}
            {drawing.isNamed && <Names {...{ drawing, result, palette }} pointed={pointed.value} />}
            <RunMark drawing={drawing} />
            <Crosshair drawing={drawing} pointed={pointed.value} />
            <Chosen drawing={drawing} choice={choice.value} />
          </svg>
        )}
      </div>
    </>
  );
}

function spokenPoint(
  { lines }: CurveDrawing,
  { size, line }: Pointed,
  unit: CurveResult['report']['unit'],
): string {
  const curve = lines[line]?.curve;
  const point = curve === undefined ? null : pointNear(curve, size);
  if (curve === undefined || point === null) return '';
  return `${curveName(curve)} at ${sizeText(size, unit)}: ${ratioWithError(point)}`;
}

/** The nearest size and, of the lines there, the nearest. */
function under(drawing: CurveDrawing, event: MouseEvent): Pointed {
  const frame = (event.currentTarget as HTMLElement).getBoundingClientRect();
  const size = drawing.sizes[nearest(drawing.sizes, drawing.x, event.clientX - frame.x)] ?? 1;
  const height = event.clientY - frame.y;
  let line = -1;
  let least = Infinity;
  drawing.lines.forEach(({ curve }, place) => {
    const point = pointNear(curve, size);
    const distance = point === null ? Infinity : Math.abs(drawing.y.at(point.missRatio) - height);
    if (distance < least) [line, least] = [place, distance];
  });
  return { size, line, isSpoken: false };
}

function move(
  event: KeyboardEvent,
  { sizes, lines }: CurveDrawing,
  pointed: Signal<Pointed | null>,
  { report: { present }, run }: CurveResult,
): void {
  const across = { ArrowLeft: -1, ArrowRight: 1 }[event.key] ?? 0;
  const along = { ArrowUp: -1, ArrowDown: 1 }[event.key] ?? 0;
  if ((across === 0 && along === 0) || sizes.length === 0) return;
  event.preventDefault();
  event.stopPropagation();
  const middle = present ?? sizes[Math.floor(sizes.length / 2)]!;
  const own = lines.findIndex(({ curve }) => curve.name === run?.policy);
  const first = lines.findIndex(({ curve }) => curve.kind === 'policy');
  const from = pointed.value ?? { size: middle, line: own < 0 ? first : own };
  const distance = (size: number) => Math.abs(Math.log(size / from.size));
  const at = sizes.reduce(
    (best, size, i) => (distance(size) < distance(sizes[best]!) ? i : best),
    0,
  );
  const size = sizes[Math.min(sizes.length - 1, Math.max(0, at + across))]!;
  const line = (from.line + along + lines.length) % lines.length;
  pointed.value = { size, line, isSpoken: true };
}

function Axes(props: {
  readonly drawing: CurveDrawing;
  readonly unit: CurveResult['report']['unit'];
}): JSX.Element {
  const { x, y, plot, isNamed } = props.drawing;
  return (
    <g class="lab-axis">
      {y.marks.map((mark) => (
        <g key={mark}>
          <path d={`M${plot.left} ${y.at(mark)}H${plot.right}`} />
          <text x={plot.left - 7} y={y.at(mark) + 4} text-anchor="end">
            {Number((mark * 100).toPrecision(6))} %
          </text>
        </g>
      ))}
      {x.marks.map((mark) => (
        <g key={mark}>
          <path d={`M${x.at(mark)} ${plot.bottom}v4`} />
          <text x={x.at(mark)} y={plot.bottom + 16} text-anchor="middle">
            {sizeMark(mark, props.unit)}
          </text>
        </g>
      ))}
      {isNamed ? (
        <text x={plot.right + swatchRoom - 24} y={plot.bottom + 16}>
          → size, {props.unit}
        </text>
      ) : (
        <text x={plot.right} y={plot.bottom + 32} text-anchor="end">
          size, {props.unit} →
        </text>
      )}
      <text x={4} y={11}>
        ↑ share of look-ups that miss; lower is better
      </text>
    </g>
  );
}

function Line(props: {
  readonly line: CurveLine;
  readonly palette: Palette;
  readonly place: number;
  readonly isOwn: boolean;
  readonly isMeant: boolean;
}): JSX.Element {
  const { line, place, isOwn, isMeant, palette } = props;
  const { color, dash, width } = curveStyle(line.curve, place, palette);
  return (
    <g class="curve" data-curve={line.curve.name} data-meant={isMeant}>
      {line.band !== '' && <path d={line.band} fill={color} opacity="0.16" />}
      <path
        d={line.path}
        fill="none"
        stroke={color}
        stroke-width={width + (isOwn ? 1 : 0) + (isMeant ? 0.75 : 0)}
        stroke-dasharray={dash}
        stroke-linejoin="round"
      />
    </g>
  );
}

/** Beside the plot, in the order of the lines: looks, name, and ratio at the size that is meant. */
function Names(props: {
  readonly drawing: CurveDrawing;
  readonly result: CurveResult;
  readonly palette: Palette;
  readonly pointed: Pointed | null;
}): JSX.Element {
  const { drawing, result, palette, pointed } = props;
  const size = pointed?.size ?? restingSize(result.report);
  return (
    <g>
      {drawing.lines.map(({ curve, label }, place) => {
        const style = curveStyle(curve, result.policies.indexOf(curve.name), palette);
        const point = pointNear(curve, size);
        const isOwn = curve.name === result.run?.policy || pointed?.line === place;
        return (
          <g key={curve.name} class={isOwn ? 'curve-label own' : 'curve-label'}>
            <path
              d={`M${label.x - 24} ${label.y}h18`}
              stroke={style.color}
              stroke-width={style.width + 0.5}
              stroke-dasharray={style.dash}
            />
            <text x={label.x} y={label.y + 4}>
              {label.text}
            </text>
            <text x={drawing.namesEnd} y={label.y + 4} text-anchor="end">
              {point === null ? '–' : ratioWithError(point)}
            </text>
          </g>
        );
      })}
    </g>
  );
}

function Present(props: {
  readonly drawing: CurveDrawing;
  readonly run: CurveResult['run'];
  readonly unit: CurveResult['report']['unit'];
  readonly present: number | null;
}): JSX.Element | null {
  const { presentX, plot } = props.drawing;
  if (presentX === null || props.present === null) return null;
  const isLate = presentX > (plot.left + plot.right) / 2;
  return (
    <g class="curve-present" data-size={props.present}>
      <path d={`M${presentX} ${plot.top - 6}V${plot.bottom}`} />
      <text
        x={presentX + (isLate ? -6 : 6)}
        y={plot.top + 2}
        text-anchor={isLate ? 'end' : 'start'}
      >
        now: {sizeText(props.present, props.unit)}
      </text>
    </g>
  );
}

/** How the cache did in the run itself. */
function RunMark({ drawing: { runPoint } }: { readonly drawing: CurveDrawing }) {
  if (runPoint === null) return null;
  const { x, y } = runPoint;
  return <path class="curve-run" d={`M${x} ${y - 6}l6 6l-6 6l-6 -6z`} />;
}

function Crosshair(props: { readonly drawing: CurveDrawing; readonly pointed: Pointed | null }) {
  const { drawing, pointed } = props;
  if (pointed === null) return null;
  const { x, y, plot, lines } = drawing;
  const place = x.at(pointed.size);
  const curve = lines[pointed.line]?.curve;
  const point = curve === undefined ? null : pointNear(curve, pointed.size);
  return (
    <g class="lab-crosshair">
      <path d={`M${place} ${plot.top}V${plot.bottom}`} />
      {point !== null && <circle cx={x.at(point.size)} cy={y.at(point.missRatio)} r="4" />}
    </g>
  );
}

function Chosen(props: { readonly drawing: CurveDrawing; readonly choice: Choice | null }) {
  const { drawing, choice } = props;
  const line = drawing.lines.find(({ curve }) => curve.name === choice?.policy);
  const point = line === undefined ? null : pointNear(line.curve, choice!.size);
  if (point === null) return null;
  return (
    <circle
      class="curve-chosen"
      cx={drawing.x.at(point.size)}
      cy={drawing.y.at(point.missRatio)}
      r="7"
    />
  );
}

/** What every curve has under the crosshair, else at the present size, unless it stands beside. */
function Readout(props: {
  readonly result: CurveResult;
  readonly pointed: Signal<Pointed | null>;
  readonly drawing: CurveDrawing | null;
  readonly palette: Palette;
}): JSX.Element {
  const { result, pointed, drawing, palette } = props;
  const { report, run } = result;
  const lines = drawing === null || drawing.isNamed ? [] : drawing.lines;
  const size = pointed.value?.size ?? restingSize(report);
  const ratio = runRatio(run);
  return (
    <ul class="readout curve-readout">
      <li>
        <span class="readout-subject">at {sizeText(size, report.unit)}</span>
        {ratio !== null && (
          <span class="readout-item">
            <svg width="12" height="12" viewBox="-6 -6 12 12" aria-hidden="true">
              <path class="curve-run" d="M0 -5l5 5l-5 5l-5 -5z" />
            </svg>
            <span class="readout-label">
              the run itself ({run!.policy}, {sizeText(report.present ?? size, report.unit)})
            </span>
            <span class="readout-value">{ratioText(ratio)}</span>
          </span>
        )}
        {lines.map(({ curve }, place) => {
          const point = pointNear(curve, size);
          const style = curveStyle(curve, result.policies.indexOf(curve.name), palette);
          return (
            <span class="readout-item" key={curve.name} data-meant={pointed.value?.line === place}>
              <svg width="18" height="8" viewBox="0 0 18 8" aria-hidden="true">
                <path
                  d="M0 4h18"
                  stroke={style.color}
                  stroke-width={style.width + 0.5}
                  stroke-dasharray={style.dash}
                />
              </svg>
              <span class="readout-label">{shortCurveName(curve)}</span>
              <span class="readout-value">{point === null ? '–' : ratioWithError(point)}</span>
            </span>
          );
        })}
      </li>
    </ul>
  );
}
