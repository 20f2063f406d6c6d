/** How a trace is to be read. Everything may be left out: then it is found by looking. */

export const traceFormats = ['csv', 'oracle-general', 'twitter', 'access-log', 'plain'] as const;

/**
 * `csv`: columns time, key, size, op; `oracle-general`: libCacheSim's binary records; `twitter`:
 * the columns of Twitter's public cache traces; `access-log`: a web server's common or combined
 * log format; `plain`: one key a line.
 */
export type TraceFormat = (typeof traceFormats)[number];

/** Names from the header, or places from 1; null: there is no such column. */
export interface TraceColumns {
  readonly time?: string | number | null;
  readonly key?: string | number;
  readonly size?: string | number | null;
  readonly op?: string | number | null;
}

export interface TraceLimits {
  /** Distinct keys; each takes 15 to 19 bytes. */
  readonly keys: number;
  /** Records; the reading ends there without a fault. */
  readonly records: number;
  /** Bytes of one line. */
  readonly lineBytes: number;
  /** Bad records that are passed over, whatever their share. */
  readonly badRecords: number;
  /** Share of the records that may be bad once there are more than `badRecords`. */
  readonly badShare: number;
  /** Bytes of a packed file once it is unpacked. */
  readonly inflatedBytes: number;
  /** How many times as long as the packed file its content may be; heeded from 16 MB on. */
  readonly inflation: number;
}

export const traceLimits: TraceLimits = {
  keys: 20_000_000,
  records: Infinity,
  lineBytes: 65_536,
  badRecords: 100,
  badShare: 0.01,
  inflatedBytes: 64e9,
  inflation: 200,
};

export interface TraceOptions {
  /** Name of the file; its endings help to tell the format. */
  readonly name?: string;
  /** Bytes of the file, for `progress`. */
  readonly bytes?: number;
  readonly format?: TraceFormat;
  readonly columns?: TraceColumns;
  /** Of CSV: whether the first line has names; left out: it has when it names a known column. */
  readonly header?: boolean;
  readonly delimiter?: ',' | ';' | '\t' | ' ';
  /** What one unit of the time column is; seconds unless given. */
  readonly timeUnit?: 's' | 'ms' | 'us' | 'ns';
  readonly limits?: Partial<TraceLimits>;
}
