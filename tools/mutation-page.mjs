// What docs/MUTATION.md says, from the reports of Stryker. It holds no date and no line numbers, so
// that it changes only when the program or its tests do.
import { equivalents } from './mutation-equivalents.mjs';

/** @typedef {{line: number, column: number}} Place */
/** @typedef {{start: Place, end: Place}} Span */
/** @typedef {{status: string, replacement: string, location: Span}} Mutant */
/** @typedef {{files: Record<string, {source: string, mutants: Mutant[]}>}} Report */
/** @typedef {import('./mutation-parts.mjs').Part} Part */
/** @typedef {{part: Part, report: Report | null}} Measured */
/** @typedef {{file: string, line: string, was: string, replacement: string}} Survivor */

const introduction = `# Mutation testing

\`npm run mutation\` changes the program in one small way after the other (\`<\` to \`<=\`, a
condition to \`true\`, a block to nothing) and runs the tests that are close to it. A change that
some test notices is killed; one that makes the program run for ever counts as noticed too. The
parts and their tests are listed in \`tools/mutation-parts.mjs\`. Left out are code that runs once
on loading and, where texts are not behaviour, changes of texts.`;

/**
 * @param {readonly Measured[]} measured
 * @returns {string}
 */
export function mutationPage(measured) {
  const rows = measured.map(({ part, report }) => row(part.name, report));
  const survivors = measured.flatMap(({ report }) => (report === null ? [] : survivorsOf(report)));
  const same = survivors.filter((survivor) => reasonFor(survivor) !== undefined);
  const open = survivors.filter((survivor) => reasonFor(survivor) === undefined);
  return [
    introduction,
    [
      '| part | changes | killed | without end | survived | never run | score |',
      '| --- | ---: | ---: | ---: | ---: | ---: | ---: |',
      ...rows,
    ].join('\n'),
    '## Survivors that change nothing',
    same.map((survivor) => `- ${described(survivor)}: ${reasonFor(survivor)}`).join('\n') ||
      'None is known.',
    '## Survivors that a test could find',
    open.map((survivor) => `- ${described(survivor)}`).join('\n') || 'None.',
  ].join('\n\n');
}

/**
 * @param {string} name
 * @param {Report | null} report
 */
function row(name, report) {
  if (report === null) return `| ${name} | not measured | | | | | |`;
  const mutants = Object.values(report.files).flatMap((file) => file.mutants);
  const count = (/** @type {string} */ status) =>
    mutants.filter((mutant) => mutant.status === status).length;
  const [killed, timeout] = [count('Killed'), count('Timeout')];
  const [survived, uncovered] = [count('Survived'), count('NoCoverage')];
  const all = killed + timeout + survived + uncovered;
  const score = (((killed + timeout) / all) * 100).toFixed(1);
  return `| ${[name, all, killed, timeout, survived, uncovered, `${score} %`].join(' | ')} |`;
}

/**
 * @param {Report} report
 * @returns {Survivor[]}
 */
function survivorsOf({ files }) {
  return Object.entries(files).flatMap(([file, { mutants, source }]) => {
    const lines = source.split('\n');
    return mutants
      .filter(({ status }) => status === 'Survived' || status === 'NoCoverage')
      .map(({ location: { start, end }, replacement }) => {
        const line = lines[start.line - 1] ?? '';
        const upTo = end.line === start.line ? end.column - 1 : line.length;
        return { file, line: line.trim(), was: line.slice(start.column - 1, upTo), replacement };
      });
  });
}

/** @param {Survivor} survivor */
function reasonFor({ file, line, replacement }) {
  return equivalents.find(
    (one) => one.file === file && line.startsWith(one.line) && one.replacement === replacement,
  )?.reason;
}

/** @param {Survivor} survivor */
function described({ file, line, was, replacement }) {
  const [code, from, to] = [line, was, replacement.replace(/\s+/g, ' ')].map(
    (text) => `\`\` ${text.length > 60 ? `${text.slice(0, 57)}…` : text} \`\``,
  );
  return `${file.replace(/^src\//, '')}, ${code}: ${from} to ${to}`;
}
