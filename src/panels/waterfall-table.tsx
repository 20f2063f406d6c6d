/** The spans of a request as a table, for those whom bars tell nothing. */

import type { JSX } from 'preact';
import { shortMilliseconds } from '../base/measured.ts';
import type { RequestTrace } from '../protocol/trace.ts';
import { kindWords } from './waterfall-bars.tsx';

export function SpanTable({ trace }: { readonly trace: RequestTrace }): JSX.Element {
  const critical = new Map<number, number>();
  for (const { span, start, end } of trace.criticalPath) {
    critical.set(span, (critical.get(span) ?? 0) + end - start);
  }
  return (
    <div class="table-frame" tabIndex={0} role="region" aria-label="Spans of the request">
      <table>
        <thead>
          <tr>
            {['what', 'where', 'kind', 'attempt', 'from', 'takes', 'outcome', 'critical'].map(
              (word) => (
                <th scope="col" key={word}>
                  {word}
                </th>
              ),
            )}
          </tr>
        </thead>
        <tbody>
          {trace.spans.map((span, place) => (
            <tr key={place}>
              <th scope="row">{span.label}</th>
              <td>{span.where}</td>
              <td>{kindWords[span.kind]}</td>
              <td>{span.attempt}</td>
              <td>{ms(span.start - trace.start)}</td>
              <td>{span.end === null ? 'not over' : ms(span.end - span.start)}</td>
              <td>{span.outcome ?? ''}</td>
              <td>{critical.has(place) ? ms(critical.get(place)!) : ''}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function ms(seconds: number): string {
  return shortMilliseconds(seconds * 1000);
}
