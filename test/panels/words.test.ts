import { describe, expect, test } from 'vitest';
import { NODE_STRIDE, NodeColumn } from '../../src/protocol/frame.ts';
import { readNode } from '../../src/protocol/node-reading.ts';
import { neighbour } from '../../src/panels/neighbour.ts';
import {
  firstSentence,
  ghostWords,
  nodeSentence,
  takeApart,
  titleOf,
  untilWords,
  verdictHeadline,
  verdictSentence,
  verdictStory,
} from '../../src/panels/words.ts';
import { description } from '../browser/mock-system.ts';
import { viewOf } from '../../src/worker/view.ts';

const view = viewOf(description, 1);

describe('words', () => {
  test('a node is told in a sentence', () => {
    const node = view.nodes.find(({ path }) => path === 'redis/node-1')!;
    const rows = new Float32Array(view.nodes.length * NODE_STRIDE);
    rows[node.id * NODE_STRIDE + NodeColumn.hitRatio] = 0.921;
    rows[node.id * NODE_STRIDE + NodeColumn.queue] = 3;
    const words = nodeSentence(view.boxes[node.box]!, node, readNode(rows, node.id));
    expect(words).toContain('redis node-1, cache, up, 92 % hits');
    expect(words).toContain('queue 3 of 50');
  });

  test('a node that is down says no more than that', () => {
    const node = view.nodes[2]!;
    const rows = new Float32Array(view.nodes.length * NODE_STRIDE);
    rows[node.id * NODE_STRIDE + NodeColumn.state] = 3;
    const words = nodeSentence(view.boxes[node.box]!, node, readNode(rows, node.id));
    expect(words).toBe('api node-1, service, down');
  });

  test('a verdict is a sentence with what was measured and what was wanted', () => {
    const verdict = {
      text: 'p99 of view-photo < 120ms',
      verdict: 'FAIL',
      measured: '412 ms',
      cause: null,
    };
    expect(verdictSentence(verdict as never)).toBe(
      'missed: p99 of view-photo 412 ms, wanted < 120ms',
    );
    expect(takeApart('availability >= 99.95%').wanted).toBe('≥ 99.95%');
    expect(takeApart('something else')).toEqual({ subject: 'something else', wanted: '' });
  });

  test('the headline changes with verdicts, not with numbers', () => {
    const verdict = (kind: 'PASS' | 'FAIL' | 'NOT ENOUGH EVIDENCE') => ({
      text: 'a < 1',
      verdict: kind,
      measured: String(Math.random()),
      cause: null,
    });
    expect(verdictHeadline([])).toContain('nothing');
    expect(verdictHeadline([verdict('FAIL'), verdict('PASS')])).toBe('1 of 2 missed');
    expect(verdictHeadline([verdict('NOT ENOUGH EVIDENCE')])).toBe('No verdict yet');
    expect(verdictHeadline([verdict('PASS'), verdict('NOT ENOUGH EVIDENCE')])).toContain('1 open');
    expect(verdictHeadline([verdict('PASS'), verdict('PASS')])).toBe('All 2 met');
  });

  test('the story tells the worst verdict with its cause', () => {
    const missed = {
      text: 'p99 of view-photo < 120ms',
      verdict: 'FAIL' as const,
      measured: '412 ms (390 ms to 430 ms)',
      cause: '83 % of it queueing at photos-db/shard-2, after the crash at 2:00',
    };
    const met = { text: 'lost writes = 0', verdict: 'PASS' as const, measured: '0', cause: null };
    expect(verdictStory([met, missed])).toBe(
      'p99 of view-photo 412 ms, wanted < 120ms; 83 % of it queueing at photos-db/shard-2, ' +
        'after the crash at 2:00',
    );
    expect(verdictStory([{ ...missed, cause: null }, missed])).toContain('queueing');
    expect(verdictStory([met])).toContain('holds');
    expect(verdictStory([met, { ...met, verdict: 'NOT ENOUGH EVIDENCE' }])).toContain('1 is still');
    expect(verdictStory([])).toBe('');
  });

  test('the verdict of the old future is told beside the present one', () => {
    const before = {
      text: 'p99 of view < 120ms',
      verdict: 'PASS' as const,
      measured: '98 ms (97 ms to 99 ms)',
      cause: null,
    };
    expect(ghostWords('before your act', before)).toBe('before your act: 98 ms, met');
    expect(ghostWords('', undefined)).toBeNull();
  });

  test('what the run runs on to is told in words', () => {
    expect(untilWords({ kind: 'time', seconds: 90 })).toBe('1:30');
    expect(untilWords({ kind: 'happening', of: null })).toBe('something happens');
    expect(untilWords({ kind: 'happening', of: 'promotion' })).toBe('the next promotion');
    expect(untilWords({ kind: 'p99', operation: 'view', aboveMs: 80 })).toContain(
      'view is above 80',
    );
    expect(untilWords({ kind: 'queue', component: null, above: 50 })).toContain('any component');
    expect(untilWords({ kind: 'failure' })).toContain('failed');
  });

  test('names of files become titles, and long texts their first sentence', () => {
    expect(titleOf('primary-dies')).toBe('Primary dies');
    expect(firstSentence('At 2.5 s it dies. Then more.')).toBe('At 2.5 s it dies.');
    expect(firstSentence('No stop')).toBe('No stop');
  });
});

describe('the arrow keys', () => {
  test('begin somewhere and find the nearest node in their direction', () => {
    expect(neighbour(view, null, 'right')).toBe(view.nodes[0]!.path);
    expect(neighbour(view, 'app', 'right')).toBe('edge/node-1');
    expect(neighbour(view, 'photos-db/shard-1/node-1', 'down')).toBe('photos-db/shard-1/node-2');
    expect(neighbour(view, 'photos-db/shard-1/node-1', 'right')).toBe('photos-db/shard-2/node-1');
  });

  test('stay where they are at the edge of the system', () => {
    expect(neighbour(view, 'app', 'left')).toBe('app');
  });
});
