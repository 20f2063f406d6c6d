/** The other run of a comparison, as the charts need it: dashed lines beside those of the page. */

import type { ScenarioView } from '../protocol/scenario-view.ts';
import type { History } from './history.ts';

export interface Rival {
  readonly history: History;
  readonly view: ScenarioView;
}

/** Its rows, with the columns in the order of another view. */
export interface RivalRows {
  /** It shares no past with the run on the page. */
  readonly forkedAt: number;
  readonly times: readonly number[];
  /** Values of a series by its place in the other view; none where this run has no such series. */
  series(index: number): readonly number[];
}

/** Null without a rival. */
export function rivalRows(rival: Rival | null, view: ScenarioView): RivalRows | null {
  if (rival === null) return null;
  const { history } = rival;
  const places = view.series.map(({ id }) => rival.view.series.findIndex((one) => one.id === id));
  return {
    forkedAt: -Infinity,
    times: history.times,
    series: (index) => history.series(places[index] ?? -1),
  };
}
