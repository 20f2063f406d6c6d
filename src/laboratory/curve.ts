/** Miss-ratio curves: what a policy would miss at every size. */

export interface CurvePoint {
  /** Capacity, in entries or bytes as the report says. */
  readonly size: number;
  readonly misses: number;
  readonly missRatio: number;
  /**
   * Half of the 95 % interval of `missRatio` that sampling of keys causes; 0 when every look-up was
   * played.
   */
  readonly error: number;
}

export interface Curve {
  /** Name of a policy, or `belady`, `belady-bypass`, `che-lru`. */
  readonly name: string;
  /** `policy`: played; `bound`: the best that can be; `estimate`: from a formula. */
  readonly kind: 'policy' | 'bound' | 'estimate';
  readonly points: readonly CurvePoint[];
}

export interface CurveReport {
  readonly unit: 'entries' | 'bytes';
  readonly requests: number;
  /** Distinct keys. */
  readonly keys: number;
  /** Bytes of all distinct keys, each at its last size; `keys` when sizes are not known. */
  readonly bytes: number;
  /** Misses that no cache could save: first look-ups of their keys. */
  readonly cold: number;
  /** Share of the keys that were played, 0–1; 1: all. */
  readonly sampled: number;
  readonly curves: readonly Curve[];
  readonly workingSet: readonly WorkingSetPoint[];
  /** Present size of the cache that was tapped, in `unit`; null for a trace. */
  readonly present: number | null;
}

/** Source: P. Denning, The Working Set Model for Program Behavior, 1968. */
export interface WorkingSetPoint {
  /** Look-ups in the window. */
  readonly window: number;
  /** Mean of the distinct keys in a window of that many look-ups. */
  readonly keys: number;
}
