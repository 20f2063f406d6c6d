/** What passes over an edge, as a frame tells it, and the words for it. */

import { shortCount, shortNumber, shortShare } from '../base/measured.ts';
import { EDGE_STRIDE, EdgeColumn } from '../protocol/frame.ts';

export interface Traffic {
  readonly rate: number;
  readonly failed: number;
  readonly retry: number;
  /** Share of its ways that a partition cuts. */
  readonly cut: number;
  /** Share of transmissions that are lost. */
  readonly loss: number;
  /** Most calls under way for one and the same key. */
  readonly sameKey: number;
}

/** Rates below this are not worth a word, per second. */
const mentionedMin = 0.5;
/** So many calls at once for one key are a stampede. */
const stampedeMin = 20;
export function isFailing({ failed }: Traffic): boolean {
  return failed >= mentionedMin;
}

export function readTraffic(rows: Float32Array | null, edge: number): Traffic {
  const at = edge * EDGE_STRIDE;
  return {
    rate: rows?.[at + EdgeColumn.rate] ?? 0,
    failed: rows?.[at + EdgeColumn.failedRate] ?? 0,
    retry: rows?.[at + EdgeColumn.retryRate] ?? 0,
    cut: rows?.[at + EdgeColumn.cut] ?? 0,
    loss: rows?.[at + EdgeColumn.loss] ?? 0,
    sameKey: rows?.[at + EdgeColumn.sameKey] ?? 0,
  };
}

export function isStampede({ sameKey }: Traffic): boolean {
  return sameKey >= stampedeMin;
}

export function trafficLines(traffic: Traffic): string[] {
  const { rate, failed, retry, cut, loss, sameKey } = traffic;
  const lines: string[] = [];
  if (rate >= mentionedMin) lines.push(`${shortNumber(rate)}/s`);
  if (failed >= mentionedMin) lines.push(`✕ ${shortNumber(failed)}/s`);
  if (retry >= mentionedMin) lines.push(`▲ ${shortNumber(retry)}/s`);
  if (cut > 0) lines.push(cut === 1 ? 'cut' : `${shortShare(cut)} cut`);
  if (loss > 0) lines.push(`loses ${shortShare(loss)}`);
  if (isStampede(traffic)) lines.push(`${shortCount(sameKey)} loads`, 'of one key');
  return lines;
}
