/** Writing where a box stands into a scenario's text; every other letter of it stays. */

/** The text with another place for a component, under `positions`. */
export function withPosition(text: string, name: string, x: number, y: number): string {
  const place = `[${x}, ${y}]`;
  const lines = text.split('\n');
  const head = lines.findIndex((line) => /^positions\s*:/.test(line));
  if (head < 0) {
    const foot = text === '' || text.endsWith('\n') ? '' : '\n';
    return `${text}${foot}\npositions:\n  ${name}: ${place}\n`;
  }
  if (lines[head]!.includes('{')) return inFlow(lines, head, name, place);
  let end = head + 1;
  while (end < lines.length && /^(\s|$)/.test(lines[end]!)) end += 1;
  while (end > head + 1 && lines[end - 1]!.trim() === '') end -= 1;
  const own = lines.findIndex(
    (line, at) => at > head && at < end && entry(name).test(line.trimStart()),
  );
  if (own >= 0) lines[own] = lines[own]!.replace(/\[[^\]]*\]/, place);
  else {
    const indent = /^\s+/.exec(lines[head + 1] ?? '')?.[0] ?? '  ';
    lines.splice(end, 0, `${indent}${name}: ${place}`);
  }
  return lines.join('\n');
}

/** `positions: { api: [10, 20] }`, which may go on over several lines. */
function inFlow(lines: readonly string[], head: number, name: string, place: string): string {
  const before = lines
    .slice(0, head)
    .map((line) => `${line}\n`)
    .join('');
  const after = lines.slice(head).join('\n');
  const close = after.indexOf('}');
  const [block, rest] = [after.slice(0, close), after.slice(close)];
  const own = new RegExp(`([{,\\s])${escaped(name)}\\s*:\\s*\\[[^\\]]*\\]`);
  if (own.test(block)) return before + block.replace(own, `$1${name}: ${place}`) + rest;
  const comma = /\{\s*$/.test(block) ? ' ' : ', ';
  return `${before}${block.trimEnd()}${comma}${name}: ${place} ${rest}`;
}

function entry(name: string): RegExp {
  return new RegExp(`^${escaped(name)}\\s*:`);
}

function escaped(name: string): string {
  return name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
