/**
 * What the page is told once about a loaded scenario: the boxes, their instances, the edges with
 * their laid-out positions, and the meaning of every column that frames will carry. Plain data.
 */

export interface ScenarioView {
  /** The first run of this scenario, see `Frame.run`. */
  readonly run: number;
  readonly name: string;
  readonly about: string;
  readonly seed: string;
  readonly durationSeconds: number;
  readonly warmUpSeconds: number;
  /** Width of one row of the series, s. */
  readonly windowSeconds: number;
  readonly boxes: readonly BoxView[];
  /** Every instance of every box, in the order of the rows of `Frame.nodes`. */
  readonly nodes: readonly NodeView[];
  readonly edges: readonly EdgeView[];
  /** The same boxes and edges for a stage that is taller than wide. */
  readonly tall: Arrangement;
  /** Columns of a row of `Frame.windows`, after the first, which is the window's end in s. */
  readonly series: readonly SeriesView[];
  readonly requirements: readonly RequirementView[];
  readonly faults: readonly FaultView[];
  readonly estimates: readonly { readonly name: string; readonly text: string }[];
  readonly warnings: readonly DiagnosticView[];
}

export type BoxKind = 'clients' | 'load-balancer' | 'service' | 'cache' | 'cdn' | 'database';

export interface BoxView {
  readonly id: number;
  readonly name: string;
  /** Registered kind; `clients` for a population. */
  readonly kind: string;
  readonly glyph: 'clients' | 'balancer' | 'service' | 'cache' | 'cdn' | 'database';
  /** One line such as "8 instances, 32 workers each". */
  readonly caption: string;
  /** Centre, in the layout's own units (1 unit = 1 px at zoom 1). */
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** Rows of `nodes` that belong to it. */
  readonly firstNode: number;
  readonly nodeCount: number;
  /** 1-based line of the component in the file, or null. */
  readonly line: number | null;
}

export interface NodeView {
  readonly id: number;
  readonly box: number;
  /** Path such as `photos-db/shard-2/node-1`. */
  readonly path: string;
  /** Short label such as `2` or `shard-2`. */
  readonly label: string;
  readonly zone: string;
  /** Shard number from 0, or -1. */
  readonly shard: number;
  /** Infinity when not limited. */
  readonly workers: number;
  readonly queueCapacity: number;
}

export interface EdgeView {
  readonly id: number;
  readonly from: number;
  readonly to: number;
  /** Replication is drawn dashed, from a primary to its replicas inside one box. */
  readonly kind: 'call' | 'replication';
  /** Polyline of the layout, x0, y0, x1, y1 … */
  readonly points: readonly number[];
}

/** Places for `boxes` and points for `edges`, in their orders. */
export interface Arrangement {
  readonly boxes: readonly Place[];
  readonly edges: readonly (readonly number[])[];
}

/** Centre and size in layout units. */
export interface Place {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface SeriesView {
  readonly id: string;
  /**
   * `shard`: one row for each part among which a component divides its keys; `reason`: look-ups of
   * a cache by how they ended.
   */
  readonly chart: 'latency' | 'throughput' | 'hit-ratio' | 'queue' | 'shard' | 'lag' | 'reason';
  readonly label: string;
  readonly unit: 'ms' | '/s' | '%' | 'requests';
}

export interface RequirementView {
  readonly text: string;
  /** For a latency requirement: its bound in ms, drawn as the target line; else null. */
  readonly targetMs: number | null;
}

export interface FaultView {
  readonly atSeconds: number;
  readonly text: string;
}

export interface DiagnosticView {
  readonly severity: 'error' | 'warning';
  readonly code: string;
  readonly line: number;
  readonly column: number;
  readonly message: string;
  readonly hint: string | null;
  /** The offending line of the file. */
  readonly excerpt: string;
}
