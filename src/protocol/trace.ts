/** One request taken apart, and what the slow ones have in common. */

export type {
  Attribution,
  CauseView,
  CriticalPiece,
  Fates,
  RequestNote,
  RequestsAsked,
  RequestTrace,
  SpanKind,
  SpanView,
  WhyAsked,
} from '../experiment/trace-types.ts';
